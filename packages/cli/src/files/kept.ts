import type { Matrix } from "@mixtura/core";
import type { TableFormat } from "@mixtura/io";
import type { KeptColumn } from "@mixtura/io/internal";

/**
 * Columns of the input that are handed on. They are text; but JSON tells numbers from text, so that there the columns that were read as features are
 * written as the numbers they were read as: what comes out can be read again.
 */
export function keptColumns(
  X: Matrix,
  kept: readonly KeptColumn[],
  format: TableFormat,
): (readonly [name: string, cells: ArrayLike<string | number>])[] {
  return kept.map(({ name, cells }) => [name, (format === "csv" ? undefined : numbersOf(X, name)) ?? cells]);
}

/** A feature's numbers, where a kept column is one. */
function numbersOf({ data, rows, columns, featureNames }: Matrix, name: string): Float64Array | undefined {
  const feature = featureNames?.indexOf(name) ?? -1;
  return feature === -1 ? undefined : Float64Array.from({ length: rows }, (_, row) => data[row * columns + feature]!);
}
