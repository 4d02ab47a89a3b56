import { createRandom } from "@mixtura/core/authoring";

/** One seed for all pictures: the same data gives the same picture. */
const SEED = 1;

/**
 * At most `most` rows spread evenly over all: one from each of equally long stretches, at a place drawn from a fixed seed.
 *
 * Every n-th row would do for rows in random order only; where rows come in turns, it would pick the same group each time.
 */
export function pickedRows(rows: number, most: number): Int32Array {
  if (rows <= most) return Int32Array.from({ length: rows }, (_, row) => row);
  const random = createRandom(SEED);
  const stretch = rows / most;
  return Int32Array.from({ length: most }, (_, index) => Math.min(rows - 1, Math.floor((index + random.uniform()) * stretch)));
}
