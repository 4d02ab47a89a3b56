import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { Pace, Random } from "@mixtura/core/authoring";

/** Rounding must not cost a rank: 0.29 × 100 is 28.999999999999996 in doubles. */
const SLACK = 1 + 1e-12;

/**
 * The rank of the calibration score that is the threshold, ⌊α(n+1)⌋: rows that score less are false alarms with probability rank / (n+1), by
 * symmetry alone. 0 where there are too few scores.
 */
export function calibrationRank(rate: number, rows: number): number {
  return Math.min(rows, Math.floor(rate * (rows + 1) * SLACK));
}

/**
 * The fewest calibration rows that can keep a rate of false alarms: those of rank 1, ⌈1/rate⌉ − 1.
 *
 * @param rate a number > 0 and < 1
 * @throws MixturaError `invalid-option`
 * @example
 * ```ts run
 * calibrationRowsNeeded(0.01) // => 99
 * calibrationRowsNeeded(0) // throws invalid-option
 * ```
 */
export function calibrationRowsNeeded(rate: number): number {
  if (typeof rate !== "number" || !(rate > 0 && rate < 1))
    throw new MixturaError("invalid-option", `calibrationRowsNeeded: "rate" must be a number > 0 and < 1, found ${show(rate)}.`, {
      option: "rate",
      found: rate,
    });
  return rowsOfRankOne(rate);
}

function rowsOfRankOne(rate: number): number {
  // Beyond 2⁵² rows one more is none: the double is all there is to say.
  if (!(1 / rate < 2 ** 52)) return 1 / rate < Infinity ? Math.ceil(1 / rate) : Number.MAX_VALUE;
  let rows = Math.max(1, Math.ceil(1 / rate) - 2);
  while (calibrationRank(rate, rows) < 1) rows++;
  return rows;
}

/**
 * @param scores of clean rows that the fit did not see, in ascending order
 * @returns (1 + #{scores ≤ s}) / (n + 1): a clean row gets p or less with probability p at most
 */
export function conformalPValue(scores: Float64Array, score: number): number {
  if (Number.isNaN(score)) return NaN; // a row without a score
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  return (1 + low) / (scores.length + 1);
}

/**
 * @param held calibration rows at hand
 * @param total rows of which they are the held-out part, where they are
 * @throws MixturaError `too-few-rows`, with the number of calibration rows that the rate needs
 */
export function checkCalibrationRows(
  rate: number,
  held: number,
  caller: string,
  split?: { readonly total: number; readonly fraction: number },
): void {
  const needed = rowsOfRankOne(rate);
  if (held >= needed) return;
  const least = held === 0 ? "any rate below 1" : `{ fpr: ${leastRate(held)} } or more`;
  const ways =
    split === undefined ? `Give ${needed} clean rows` : `Give ${rowsToHold(needed, split.fraction)} rows in all, raise calibrationFraction`;
  const found =
    split === undefined ? `found ${held}` : `found ${held}, the held-out part of ${split.total} (calibrationFraction ${split.fraction})`;
  throw new MixturaError(
    "too-few-rows",
    `${caller}: a false alarm rate of ${rate} needs ${needed} calibration rows, ${found}. ${ways}, or ask for ${least}.`,
    { rows: held, needed },
  );
}

/** The least rate that this many rows can keep, to three digits, rounded up. */
function leastRate(held: number): number {
  const rate = 1 / (held + 1);
  const unit = 10 ** (Math.floor(Math.log10(rate)) - 2);
  return Number((Math.ceil((rate / unit) * (1 - 1e-12)) * unit).toPrecision(3));
}

/** The fewest rows of which a fraction holds `count`. */
function rowsToHold(needed: number, fraction: number): number {
  let total = Math.ceil(needed / fraction);
  while (heldRows(total, fraction) < needed) total++;
  return total;
}

/** How many of `total` rows are held out; at least one is left to fit. */
export function heldRows(total: number, fraction: number): number {
  return Math.min(Math.floor(total * fraction * SLACK), total - 1);
}

/** Rows between two looks at the clock. */
const STRIDE = 8192;

/**
 * Draws which copies of the rows are held out, every set of `held` copies being equally likely.
 *
 * @param weights how many copies of each row there are, whole numbers; absent for one each
 * @returns how many copies of each row are held out
 * @see Knuth, The Art of Computer Programming, vol. 2, §3.4.2, algorithm S
 */
export async function drawHeldOut(
  rows: number,
  weights: Float64Array | undefined,
  total: number,
  held: number,
  random: Random,
  pace: Pace,
): Promise<Float64Array> {
  const out = new Float64Array(rows);
  let left = total;
  let wanted = held;
  let steps = 0;
  for (let row = 0; row < rows; row++) {
    for (let copies = weights?.[row] ?? 1; copies > 0; copies--) {
      if (random.uniform() * left < wanted) {
        out[row]!++;
        wanted--;
      }
      left--;
      if (++steps % STRIDE === 0 && pace.due()) await pace.turn();
    }
  }
  return out;
}
