import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Values computed by mpmath and SciPy; see test/reference/density/generate.py. */
interface DensityReference {
  readonly normal: {
    readonly cdf: readonly (readonly [z: number, value: number])[];
    readonly intervals: readonly (readonly [a: number, b: number, value: number])[];
  };
  /** Null stands for no bound. */
  readonly bivariate: readonly (readonly [
    a: number | null,
    b: number | null,
    c: number | null,
    d: number | null,
    r: number,
    value: number,
  ])[];
  readonly general: readonly {
    readonly mean: readonly number[];
    readonly covariance: readonly (readonly number[])[];
    readonly lower: readonly (number | null)[];
    readonly upper: readonly number[];
    readonly probability: number;
    /** Standard deviation of four runs. */
    readonly spread: number;
  }[];
  readonly mixture: {
    readonly entropy: number;
    readonly divergence: number;
    readonly quantiles: readonly (readonly [p: number, x: number])[];
  };
}

export const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "reference", "density", "density.json"), "utf8"),
) as DensityReference;

/** |found − right| ÷ |right|. */
export function relativeError(found: number, right: number): number {
  return found === right ? 0 : Math.abs(found - right) / Math.abs(right);
}
