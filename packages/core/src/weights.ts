import { MixturaError, show } from "./errors.ts";

/** Products of smaller weights with squares of deviations are near the smallest doubles, which have no digits left. */
const LEAST_TOTAL = 2 ** -960;

/**
 * Sample weights as a checked array of doubles. Weights are frequencies: weight 3 equals repeating the row three times.
 *
 * @param sampleWeight one finite number ≥ 0 per row, not all zero and with a sum that is neither beyond the largest double nor below 2⁻⁹⁶⁰; absent means every row counts once
 * @returns `undefined` when absent; the same `Float64Array` when one was given, else a copy
 * @throws MixturaError `invalid-weight`
 * @example
 * ```ts run
 * checkSampleWeight([1, 0, 2], 3, "example")
 * // => Float64Array.of(1, 0, 2)
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
  checkTotalWeight(total, caller);
  return weights;
}

/**
 * Checks what weights sum to, for those who add them up block by block.
 *
 * @param total Σ w
 * @param most what those who multiply with it can take; by default the largest double
 * @throws MixturaError `invalid-weight` for 0, above `most`, and below 2⁻⁹⁶⁰, where products with weights lose their digits
 * @example
 * ```ts run
 * checkTotalWeight(3, "example")
 * checkTotalWeight(Infinity, "example") // throws invalid-weight
 * ```
 */
export function checkTotalWeight(total: number, caller: string, most: number = Number.MAX_VALUE): void {
  if (total >= LEAST_TOTAL && total <= most) return;
  const way = total === 0 ? "Give at least one row a positive weight" : `${total < 1 ? "Multiply" : "Divide"} them all by the same number`;
  throw new MixturaError("invalid-weight", `${caller}: the sample weights sum to ${total}. ${way}.`, { found: total });
}
