import { MixturaError, show } from "./errors.ts";

/**
 * Sample weights as a checked array of doubles. Weights are frequencies: weight 3 equals repeating the row three times.
 *
 * @param sampleWeight one finite number ≥ 0 per row, not all zero; absent means every row counts once
 * @returns `undefined` when absent; the same `Float64Array` when one was given, else a copy
 * @throws MixturaError `invalid-weight`
 * @example
 * ```ts run
 * checkSampleWeight([1, 0, 2], 3, "example") // => Float64Array.of(1, 0, 2)
 * checkSampleWeight([1, -1], 2, "example") // throws invalid-weight
 * ```
 */
export function checkSampleWeight(sampleWeight: ArrayLike<number> | undefined, rows: number, caller: string): Float64Array | undefined {
  if (sampleWeight === undefined) return undefined;
  const isList = typeof sampleWeight === "object" && sampleWeight !== null && typeof sampleWeight.length === "number";
  if (!isList || sampleWeight.length !== rows) {
    const found = isList ? `${sampleWeight.length} weights` : show(sampleWeight);
    throw new MixturaError("invalid-weight", `${caller}: sampleWeight needs one number per row (${rows}), found ${found}.`, { found });
  }
  const weights =
    sampleWeight instanceof Float64Array
      ? sampleWeight
      : Float64Array.from(sampleWeight, (weight: unknown) => (typeof weight === "number" ? weight : NaN));
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights[row]!;
    if (!(weight >= 0 && weight < Infinity)) {
      const found: unknown = sampleWeight[row];
      throw new MixturaError("invalid-weight", `${caller}: sampleWeight of row ${row} is ${show(found)}. Weights are finite numbers ≥ 0.`, {
        row,
        found,
      });
    }
    total += weight;
  }
  if (total === 0) {
    throw new MixturaError(
      "invalid-weight",
      `${caller}: all ${rows} sample weights are 0, so no row counts. Give at least one row a positive weight.`,
      { found: 0 },
    );
  }
  return weights;
}
