import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";

/** Rows that are called outliers together. */
export interface FDRSelection {
  /** Their indices, in ascending order. */
  readonly rows: Int32Array;
  /** The largest p-value among them; 0 where there are none. */
  readonly threshold: number;
}

/**
 * The rows to call outliers, of a whole batch, so that false alarms are expected to be at most a fraction of the *alarms*: Benjamini & Hochberg's
 * procedure. With conformal p-values, which depend on each other through the calibration rows, the bound still holds.
 *
 * The smallest p-value that n calibration rows can give is 1 / (n + 1), so R of m rows can be selected only if n + 1 ≥ m / (rate · R): one row in
 * a thousand at a rate of 0.1 needs 9999 calibration rows.
 *
 * @param pValues of one batch of rows, each in [0, 1]
 * @param rate the most of the alarms that may be expected to be false, between 0 and 1
 * @throws MixturaError `invalid-option` for a rate out of range, `not-finite` for a p-value that is no number from 0 to 1
 * @remarks O(m log m) time.
 * @see Benjamini & Hochberg, Controlling the false discovery rate, J. R. Stat. Soc. B 57 (1995); Bates, Candès, Lei, Romano & Sesia, Testing for
 *   outliers with conformal p-values, Ann. Stat. 51 (2023), theorem 2
 * @example
 * ```ts run
 * selectByFDR([0.001, 0.7, 0.03, 0.5], 0.1)
 * // => { rows: Int32Array.of(0, 2), threshold: 0.03 }
 * selectByFDR([0.4, 0.7], 0.1)
 * // => { rows: Int32Array.of(), threshold: 0 }
 * selectByFDR([0.4], 2) // throws invalid-option
 * ```
 */
export function selectByFDR(pValues: ArrayLike<number>, rate: number): FDRSelection {
  const caller = "selectByFDR";
  if (typeof rate !== "number" || !(rate > 0 && rate < 1))
    throw new MixturaError("invalid-option", `${caller}: "rate" must be a number > 0 and < 1, found ${show(rate)}.`, {
      option: "rate",
      found: rate,
    });
  if (typeof pValues !== "object" || !(pValues?.length >= 0)) throw wrongList(caller, pValues);
  const count = pValues.length;
  for (let row = 0; row < count; row++) {
    const p = pValues[row]!;
    if (typeof p !== "number" || !(p >= 0 && p <= 1))
      throw new MixturaError("not-finite", `${caller}: the p-value of row ${row} is ${show(p)}. P-values are numbers from 0 to 1.`, {
        row,
        column: 0,
        found: p,
      });
  }
  const sorted = Float64Array.from(pValues).sort();
  let chosen = count;
  while (chosen > 0 && sorted[chosen - 1]! * count > rate * chosen) chosen--;
  const threshold = chosen === 0 ? 0 : sorted[chosen - 1]!;
  const rows = Int32Array.from({ length: count }, (_, row) => row).filter((row) => chosen > 0 && pValues[row]! <= threshold);
  return Object.freeze({ rows, threshold });
}

function wrongList(caller: string, found: unknown): MixturaError {
  const message = `${caller}: "pValues" must be a list of numbers, found ${show(found)}.`;
  return new MixturaError("invalid-option", message, { option: "pValues", found });
}
