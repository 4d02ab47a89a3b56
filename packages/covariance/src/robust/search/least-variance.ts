/** The stretch of sorted values with the least variance. */
export interface Stretch {
  readonly start: number;
  readonly mean: number;
  /** Divided by the number of values less one. */
  readonly variance: number;
}

/**
 * The minimum covariance determinant of one feature, exactly: of all stretches of h neighbouring values the one of least variance, the first of
 * equals.
 *
 * Sums over a stretch are put together from the sums that end and begin at a multiple of h, so that nothing is ever subtracted and no far value
 * costs the others digits.
 *
 * @param sorted ascending
 * @param count h, at least 1
 * @remarks O(n) time and memory.
 */
export function leastVariance(sorted: Float64Array, count: number): Stretch {
  const n = sorted.length;
  const means = new Float64Array(n);
  const squares = new Float64Array(n);
  let best: Stretch = { start: 0, mean: 0, variance: Infinity };
  for (let block = 0; block < n; block += count) {
    const end = Math.min(block + count, n);
    // From here back to each value of the block before; that block's own sums run backwards.
    if (block > 0) backwards(block - count, block);
    let mean = 0;
    let square = 0;
    for (let i = block; i < end; i++) {
      const taken = i - block + 1;
      const change = sorted[i]! - mean;
      mean += change / taken;
      square += change * (sorted[i]! - mean);
      const start = i + 1 - count;
      if (start < 0) continue;
      const rest = count - taken;
      if (rest === 0) consider(start, mean, square);
      else {
        const gap = mean - means[start]!;
        consider(start, means[start]! + (gap * taken) / count, squares[start]! + square + (gap * gap * rest * taken) / count);
      }
    }
  }
  return best;

  function backwards(start: number, end: number): void {
    let mean = 0;
    let square = 0;
    for (let i = end - 1; i >= start; i--) {
      const change = sorted[i]! - mean;
      mean += change / (end - i);
      square += change * (sorted[i]! - mean);
      means[i] = mean;
      squares[i] = square;
    }
  }

  function consider(start: number, mean: number, square: number): void {
    const variance = square / Math.max(1, count - 1);
    if (variance < best.variance * (1 - EQUAL)) best = { start, mean, variance };
  }
}

/** Variances within rounding of each other are equal. */
const EQUAL = 1e-12;
