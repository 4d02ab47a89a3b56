import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { UnmeasuredKind } from "./column-kinds.ts";
import { unmeasuredKindOf } from "./column-kinds.ts";
import { createColumnReader } from "./column-values.ts";

/** A column that a program leaves out before a fit, and why. */
export interface UnmeasuredColumn {
  readonly column: number;
  readonly kind: UnmeasuredKind;
}

/** What is said of a column of a kind: by itself, and of one or several in a sentence. */
const WORDS: Readonly<Record<UnmeasuredKind, readonly [reason: string, one: string, several: string]>> = {
  counter: ["it counts the rows", "which counts the rows", "which count the rows"],
  timestamp: ["it is a clock", "which is a clock", "which are clocks"],
  constant: ["it is constant", "which is constant", "which are constant"],
};

/** Why a column of a kind is left out: "it counts the rows". */
export function unmeasuredReason(kind: UnmeasuredKind): string {
  return WORDS[kind][0];
}

/** The same as a clause about columns: "which counts the rows". */
export function unmeasuredClause(kind: UnmeasuredKind, columns: number): string {
  return WORDS[kind][columns === 1 ? 1 : 2];
}

/** What is asked of {@link unmeasuredColumns}. */
export interface UnmeasuredChoice {
  /** The kinds that are looked for. */
  readonly kinds: readonly UnmeasuredKind[];
  /** A column without a name, where there is one: it counts where it climbs in whole numbers, since rows that were left out leave gaps. */
  readonly unnamed?: number;
}

/**
 * The columns that measure nothing, for a program to leave out before a fit. Being sorted says nothing, nor do different whole numbers. Where no column would be left,
 * none is named.
 *
 * @remarks A column of measurements is looked at for a few dozen rows. No memory.
 */
export function unmeasuredColumns(
  { data, rows, columns }: Matrix,
  sampleWeight: Float64Array | undefined,
  { kinds, unnamed }: UnmeasuredChoice,
): readonly UnmeasuredColumn[] {
  const found: UnmeasuredColumn[] = [];
  const weighted = sampleWeight === undefined ? rows : sampleWeight.reduce((count, weight) => count + Number(weight > 0), 0);
  for (let column = 0; column < columns; column++) {
    const reader = createColumnReader();
    reader.add(data, column, columns, rows, sampleWeight);
    const values = reader.finish();
    if (!values.rising) continue; // no constant, counter or clock falls
    const [least, greatest] = endsOf(data, column, columns, rows, sampleWeight);
    const index = column === unnamed && values.climbing && values.whole;
    const kind = index ? "counter" : unmeasuredKindOf({ values, least, greatest, rows: weighted });
    if (kind !== undefined && kinds.includes(kind)) found.push({ column, kind });
  }
  return found.length < columns ? found : [];
}

/** The first and the last value of positive weight. */
function endsOf(data: Float64Array, column: number, columns: number, rows: number, weights: Float64Array | undefined): [number, number] {
  let first = 0;
  let last = rows - 1;
  while (first < last && weights?.[first] === 0) first++;
  while (last > first && weights?.[last] === 0) last--;
  return [data[first * columns + column]!, data[last * columns + column]!];
}

/** A matrix without some of its columns, in the memory of the whole one, whose numbers are lost. */
export function withoutColumns({ data, rows, columns, featureNames }: Matrix, left: ReadonlySet<number>): Matrix {
  const kept = Array.from({ length: columns }, (_, column) => column).filter((column) => !left.has(column));
  let at = 0;
  for (let row = 0; row < rows; row++) for (const column of kept) data[at++] = data[row * columns + column]!;
  return matrix(data.subarray(0, at), rows, kept.length, featureNames && kept.map((column) => featureNames[column]!));
}
