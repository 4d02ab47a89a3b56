/**
 * Rows of a subset, h, for a share between one half and all: the largest that still breaks down at one half for 0.5, all rows for 1, and linear
 * in between.
 *
 * @param features p; 0 for regularised covariances, which need no p further rows
 */
export function supportCount(rows: number, features: number, share: number): number {
  const least = Math.min(rows, Math.floor((rows + features + 1) / 2));
  return Math.min(rows, Math.max(1, Math.floor(2 * least - rows + 2 * (rows - least) * share + ROUNDING)));
}

/** A product that should be whole is not to end below. */
const ROUNDING = 1e-9;

/** The share that a number of rows stands for, the inverse of {@link supportCount}; between one half and 1. */
export function supportShare(count: number, rows: number, features: number): number {
  const least = Math.min(rows, Math.floor((rows + features + 1) / 2));
  if (least === rows) return count >= rows ? 1 : 0.5;
  return Math.min(1, Math.max(0.5, (count - 2 * least + rows) / (2 * (rows - least))));
}
