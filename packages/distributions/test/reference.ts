import { readFileSync } from "node:fs";
import { join } from "node:path";

type Tuple<N extends readonly string[]> = { readonly [K in keyof N]: number };

/** Values computed by mpmath; see test/reference/generate.py. */
interface Reference {
  readonly normal: {
    readonly cdf: readonly Tuple<["z", "value"]>[];
    readonly quantile: readonly Tuple<["p", "value"]>[];
    readonly intervals: readonly Tuple<["a", "b", "value"]>[];
  };
  readonly logGamma: readonly Tuple<["x", "value"]>[];
  readonly digamma: readonly Tuple<["x", "value"]>[];
  readonly logBeta: readonly Tuple<["a", "b", "value"]>[];
  readonly chiSquare: readonly Tuple<["value", "freedom", "below", "above"]>[];
  readonly beta: readonly Tuple<["x", "a", "b", "below", "above"]>[];
  readonly f: readonly Tuple<["value", "numerator", "denominator", "below", "above"]>[];
  readonly student: readonly Tuple<["value", "freedom", "below", "above"]>[];
}

export const reference = JSON.parse(readFileSync(join(import.meta.dirname, "reference", "distributions.json"), "utf8")) as Reference;

/** |found − right| ÷ |right|. */
export function relativeError(found: number, right: number): number {
  return found === right ? 0 : Math.abs(found - right) / Math.abs(right);
}
