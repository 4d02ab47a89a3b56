import type { Matrix } from "@mixtura/core";

/**
 * Every so-manieth row: `count` rows evenly spaced among all. In canonical order that is a fair sample that no order of the input changes.
 *
 * @param part which of `parts` interleaved samples, each of `count` rows and without rows in common
 */
export function spacedRows({ data, rows, columns }: Matrix, count: number, part = 0, parts = 1): Matrix {
  const out = new Float64Array(count * columns);
  for (let i = 0; i < count; i++) {
    const row = Math.floor(((i * parts + part) * rows) / (count * parts));
    out.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return { data: out, rows: count, columns };
}
