import type { Slab } from "./memory.ts";

/** The listed rows, in the listed order. */
export function gathered(
  { data, rows, columns }: Slab,
  which: Int32Array,
): Slab {
  const out = new Float64Array(which.length * columns);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < which.length; i++)
      out[j * which.length + i] = data[j * rows + which[i]!]!;
  }
  return { data: out, rows: which.length, columns };
}

/**
 * Matrices side by side. Column after column in memory, that is one
 * after the other.
 */
export function joined(parts: readonly Slab[]): Slab {
  const { rows } = parts[0]!;
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const data = new Float64Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { data, rows, columns };
}
