import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";

/** One label per row; which values name the groups does not matter. */
export type Labels = ArrayLike<number> | ArrayLike<string> | ArrayLike<boolean>;

/** Labels as group numbers 0 … count−1, in order of appearance. */
export interface Groups {
  readonly of: Int32Array;
  /** Rows per group. */
  readonly sizes: readonly number[];
}

/** The types of a label; all labels of a list are of one of them. */
const types = ["number", "string", "boolean"];

/**
 * Checks that a list holds labels and nothing else: only then are equal labels the same group.
 *
 * @throws MixturaError `invalid-labels` for what is no list and for items that are no numbers, texts or booleans, or not all of one type;
 *   `not-finite` for a label that is NaN
 */
export function checkLabels(labels: unknown, caller: string): asserts labels is Labels {
  if (!isList(labels)) {
    throw new MixturaError(
      "invalid-labels",
      `${caller}: labels are a list of one number, text or boolean per row, found ${show(labels)}.`,
      {
        found: labels,
      },
    );
  }
  const first = typeof labels[0];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    const type = typeof label;
    if (!types.includes(type)) throw badLabel(label, row, "Labels are numbers, texts or booleans, one per row", caller);
    if (type !== first) throw badLabel(label, row, `The labels before it are of the type ${first}; bring all to one type`, caller);
    if (Number.isNaN(label)) {
      throw new MixturaError("not-finite", `${caller}: the label of row ${row} is NaN.`, { row, column: 0, found: label });
    }
  }
}

/** A text has a length, too, and is no list of labels. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && Number.isSafeInteger((value as { length?: unknown }).length);
}

function badLabel(found: unknown, row: number, remedy: string, caller: string): MixturaError<"invalid-labels"> {
  return new MixturaError("invalid-labels", `${caller}: the label of row ${row} is ${show(found)}. ${remedy}.`, { row, found });
}

/** Numbers the groups. @throws MixturaError `invalid-shape` for no rows, and as {@link checkLabels} */
export function groupsOf(labels: Labels, caller: string): Groups {
  checkLabels(labels, caller);
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
 * @throws MixturaError `invalid-shape` for no rows or unequal lengths, `invalid-labels`, `not-finite`
 */
export function contingencyOf(labelsTrue: Labels, labelsPredicted: Labels, caller: string): Contingency {
  const truth = groupsOf(labelsTrue, caller);
  checkLabels(labelsPredicted, caller);
  requireLength(labelsPredicted, labelsTrue.length, "predicted labels", caller);
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

/** @throws MixturaError `invalid-shape` for what is no list, and when there are more or fewer than one per row */
export function requireLength(list: unknown, rows: number, what: string, caller: string): asserts list is ArrayLike<unknown> {
  if (isList(list) && list.length === rows) return;
  const found = isList(list) ? `${list.length}` : show(list);
  throw new MixturaError("invalid-shape", `${caller}: ${rows} rows need ${rows} ${what}, found ${found}.`, {
    expected: `${rows} ${what}`,
    found,
  });
}
