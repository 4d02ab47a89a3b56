import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { decimalsFor, fixed } from "@mixtura/wording/internal";
import type { Explanation } from "./explanation.ts";

/** A spread that needs more of them is written with an exponent. */
const MOST_DECIMALS = 20;

/** A difference of 0.1 that rounding has made a little less is written like one of 0.1. */
const ROUNDED = 1 + 1e-9;

/** How a reason is worded. */
export interface ReasonOptions {
  /** Names in place of those that the rows had. */
  readonly featureNames?: readonly string[];
  /** The most features that are named. Default 3. */
  readonly features?: number;
  /** Whether what each feature adds is shown after what was expected and seen. Default true. */
  readonly contributions?: boolean;
}

/**
 * Why one row is unusual, in words: the features that add most to its value, what they should have been given all others, and what was seen. Of a row that
 * breaks what all training rows keep, just that: "gross should be 119.0, saw 149.0".
 *
 * @param row index of the row in the explanation
 * @throws MixturaError `invalid-option` for a row that is not there, `invalid-shape` for another number of names
 * @example
 * ```ts run
 * const covariances = [[[9, 0], [0, 1]]];
 * const mixture = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[41, 7]],
 *   covariances,
 *   featureNames: ["pressure", "level"],
 * });
 * const detector = await new MixtureDetector({
 *   mixture,
 *   threshold: { logDensity: -9 },
 * }).fit([{ pressure: 41, level: 7 }]);
 * const explanation = await detector.explain([
 *   { pressure: 97, level: 7.5 },
 * ]);
 * reason(explanation, 0, { features: 1 })
 * // => "pressure: expected 41.0 ± 3.0, saw 97.0 (348.4 of 348.7)"
 * ```
 */
export function reason(explanation: Explanation, row: number, options?: ReasonOptions): string {
  const { featureNames, features = 3, contributions: isShown = true } = options ?? {};
  const { value, contributions, expected, deviation, surprise } = explanation ?? {};
  const isWhole = [contributions, expected, deviation, surprise].every(
    (part) => part === undefined || (part?.data instanceof Float64Array && part.data.length === contributions.rows * contributions.columns),
  );
  if (!(value instanceof Float64Array && contributions !== undefined && isWhole && contributions.rows === value.length))
    throw new MixturaError("invalid-option", `reason: "explanation" must be what explain returned, found ${show(explanation)}.`, {
      option: "explanation",
      found: explanation,
    });
  const { columns: d, rows } = contributions;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new MixturaError(
      "invalid-option",
      `reason: "row" must be one of the ${rows} explained rows, 0 to ${rows - 1}, found ${show(row)}.`,
      {
        option: "row",
        found: row,
      },
    );
  const names = featureNames ?? contributions.featureNames;
  if (names !== undefined && names.length !== d)
    throw new MixturaError("invalid-shape", `reason: ${d} feature names expected, found ${names.length}.`, {
      expected: `${d} names`,
      found: `${names.length}`,
    });
  const broken = explanation.breaches?.[row] ?? [];
  if (broken.length > 0)
    return broken
      .slice(0, features)
      .map(({ feature, expected: right, found }) => {
        const decimals = Math.max(1, decimalsFor(Math.abs(found - right) * ROUNDED, MOST_DECIMALS));
        return `${names?.[feature] ?? `feature ${feature}`} should be ${fixed(right, decimals)}, saw ${fixed(found, decimals)}`;
      })
      .join("; ");
  const at = row * d;
  const order = Array.from({ length: d }, (_, j) => j).toSorted((a, b) => contributions.data[at + b]! - contributions.data[at + a]!);
  const total = value[row]!;
  return order
    .slice(0, features)
    .map((j) => {
      const contribution = `${part(contributions.data[at + j]!)} of ${part(total)}`;
      const name = names?.[j] ?? `feature ${j}`;
      if (expected === undefined || deviation === undefined || surprise === undefined) return `${name}: ${contribution}`;
      const [mean, spread] = [expected.data[at + j]!, deviation.data[at + j]!];
      const decimals = decimalsFor(spread, MOST_DECIMALS);
      const text = (x: number): string => fixed(x, decimals);
      const away = surprise.data[at + j]!;
      const seen = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, mean + away * spread));
      // Where the number of deviations stops at the largest double, the row lies beyond.
      const saw = away === Number.MAX_VALUE ? "saw more than" : away === -Number.MAX_VALUE ? "saw less than" : "saw";
      return `${name}: expected ${text(mean)} ± ${text(spread)}, ${saw} ${text(seen)}${isShown ? ` (${contribution})` : ""}`;
    })
    .join("; ");
}

/** What a feature adds, to one decimal: less says nothing of how unusual a row is. */
function part(value: number): string {
  return fixed(value, Math.abs(value) >= 1e6 ? -1 : 1);
}
