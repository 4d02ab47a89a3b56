import type { Slab } from "./memory.ts";

/**
 * One number for each column (axis 0, a single row) or each row (axis
 * 1, a single column).
 */
export function reduced(
  { data, rows, columns }: Slab,
  axis: 0 | 1,
  of: (line: Float64Array) => number,
): Slab {
  if (axis === 0) {
    const values = Float64Array.from({ length: columns }, (_, j) =>
      of(data.subarray(j * rows, (j + 1) * rows)),
    );
    return { data: values, rows: 1, columns };
  }
  const line = new Float64Array(columns);
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) line[j] = data[j * rows + i]!;
    values[i] = of(line);
  }
  return { data: values, rows, columns: 1 };
}

/** The sum of a line. */
export function total(line: Float64Array): number {
  let sum = 0;
  for (const value of line) sum += value;
  return sum;
}

/** Its largest number. */
export function largest(line: Float64Array): number {
  let max = -Infinity;
  for (const value of line) if (value > max) max = value;
  return max;
}

/**
 * Where the largest number stands; the first of equals, also where all
 * are −∞.
 */
export function argmax(line: Float64Array): number {
  let best = 0;
  for (let at = 1; at < line.length; at++)
    if (line[at]! > line[best]!) best = at;
  return best;
}

/**
 * log Σ exp. Where the largest term is infinite there is nothing to
 * take out: ∞ − ∞ would be NaN.
 */
export function logSumExp(line: Float64Array): number {
  const max = largest(line);
  if (!Number.isFinite(max)) return max;
  let sum = 0;
  for (const value of line) sum += Math.exp(value - max);
  return max + Math.log(sum);
}
