import { MixturaError } from "@mixtura/core";

/** One label per row; which values name the groups does not matter. */
export type Labels = ArrayLike<number> | ArrayLike<string> | ArrayLike<boolean>;

/** Labels as group numbers 0 … count−1, in order of appearance. */
export interface Groups {
  readonly of: Int32Array;
  /** Rows per group. */
  readonly sizes: readonly number[];
}

/** Numbers the groups. @throws MixturaError `invalid-shape` for no rows, `not-finite` for a label that is NaN */
export function groupsOf(labels: Labels, caller: string): Groups {
  if (labels.length === 0) {
    throw new MixturaError("invalid-shape", `${caller}: there are no labels. Pass one per row, for at least one row.`, {
      expected: "at least 1 label",
      found: "0",
    });
  }
  const numbers = new Map<unknown, number>();
  const sizes: number[] = [];
  const of = new Int32Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (Number.isNaN(label)) {
      throw new MixturaError("not-finite", `${caller}: the label of row ${row} is NaN.`, { row, column: 0, found: label });
    }
    const group = numbers.get(label) ?? sizes.push(0) - 1;
    numbers.set(label, group);
    sizes[group]! += 1;
    of[row] = group;
  }
  return { of, sizes };
}

/** How two partitions of the same rows overlap. */
export interface Contingency {
  readonly rows: number;
  /** Rows per group of either partition. */
  readonly trueSizes: readonly number[];
  readonly predictedSizes: readonly number[];
  /** Pairs of groups with rows in common, and how many; pairs without are left out. */
  readonly cells: readonly { readonly of: number; readonly in: number; readonly rows: number }[];
}

/**
 * Counts the rows that each two groups have in common, in O(n) time and O(n) memory at most.
 *
 * @throws MixturaError `invalid-shape` for no rows or unequal lengths, `not-finite`
 */
export function contingencyOf(labelsTrue: Labels, labelsPredicted: Labels, caller: string): Contingency {
  requireLength(labelsPredicted, labelsTrue.length, "predicted labels", caller);
  const truth = groupsOf(labelsTrue, caller);
  const predicted = groupsOf(labelsPredicted, caller);
  const columns = predicted.sizes.length;
  const counts = new Map<number, number>();
  for (let row = 0; row < truth.of.length; row++) {
    const cell = truth.of[row]! * columns + predicted.of[row]!;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const cells = [...counts].map(([cell, rows]) => ({ of: Math.floor(cell / columns), in: cell % columns, rows }));
  return { rows: truth.of.length, trueSizes: truth.sizes, predictedSizes: predicted.sizes, cells };
}

/** Whether both partitions are the same, up to the names of their groups. */
export function samePartition({ cells, trueSizes, predictedSizes }: Contingency): boolean {
  return cells.length === trueSizes.length && cells.length === predictedSizes.length;
}

/** @throws MixturaError `invalid-shape` when there are more or fewer than one per row */
export function requireLength(list: ArrayLike<unknown>, rows: number, what: string, caller: string): void {
  if (list.length === rows) return;
  throw new MixturaError("invalid-shape", `${caller}: ${rows} rows need ${rows} ${what}, found ${list.length}.`, {
    expected: `${rows} ${what}`,
    found: `${list.length}`,
  });
}
