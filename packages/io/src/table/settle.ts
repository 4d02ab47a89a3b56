import { readError } from "./errors.ts";
import type { LateFindings, Problem } from "./late.ts";
import type { Layout, WhyLeftOut } from "./layout.ts";
import { withoutFeatures } from "./layout.ts";
import type { CheckedTableOptions } from "./options.ts";
import type { DroppedRows } from "./rows.ts";
import { LISTED_LINES } from "./rows.ts";

/** Rows in memory, before it is settled which of them and of their features stay. */
interface Gathered {
  readonly layout: Layout;
  /** Shape (indices.length, features), with NaN where a cell holds no number. */
  readonly data: Float64Array;
  /** The row of the file of each row, from 0; as many without a row left out. */
  readonly indices: ArrayLike<number>;
  /** Rows of the file. */
  readonly rows: number;
  readonly dropped: DroppedRows;
  readonly lastText: string;
}

/** What stays. */
export interface Settled {
  readonly layout: Layout;
  /** Features that stay; absent where all do. */
  readonly features?: readonly number[];
  /** Rows of the matrix that stay; absent where all do. */
  readonly keptRows?: readonly number[];
  readonly dropped: DroppedRows;
  readonly footers: number;
}

const problems = new WeakMap<object, readonly Problem[]>();

/** All that stood against a table, of which its error names the first. */
export function problemsOf(error: object): readonly Problem[] | undefined {
  return problems.get(error);
}

/**
 * Judges what only the whole table shows: columns without numbers in most rows are no features unless they were chosen, and rows at the end may be footers.
 *
 * @throws MixturaError `not-finite`, `read-error` for what is then still unreadable
 */
export function settle(gathered: Gathered, late: LateFindings, options: CheckedTableOptions): Settled {
  const { layout, data, indices, rows, dropped, lastText } = gathered;
  const width = layout.features.length;
  const footers = late.footers(rows, lastText);
  let count = indices.length;
  for (; count > 0 && (indices[count - 1] ?? count - 1) >= rows - footers.size; count--) uncount(data, count - 1, width, late);
  const unfit = layout.chosen ? new Map<number, WhyLeftOut>() : late.unfit(count);
  if (unfit.size === width) unfit.clear(); // then the first cell says what is wrong
  const left = late.problems.filter(
    ({ kind, row, feature }) =>
      !footers.has(row) && !(feature !== undefined && unfit.has(feature)) && (kind !== "missing" || options.missing === "error"),
  );
  if (left.length > 0) {
    const error = left[0]!.refuse();
    problems.set(error, left);
    throw error;
  }
  if (late.rows.length === 0 && footers.size === 0) return { layout, dropped, footers: 0 };
  let stay = split(gathered, late, unfit, footers);
  while (stay.rows.length === 0 && stay.features.length > 1 && !layout.chosen) {
    unfit.set(fullestGap(late, stay.features), "sparse");
    stay = split(gathered, late, unfit, footers);
  }
  if (stay.rows.length === 0 && options.noRows !== "allow")
    throw readError(
      options.name,
      `${rows === 1 ? "its only row" : `each of its ${rows} rows`} lacks a value, so none is left. Choose columns that are filled with \`columns\` or \`drop\`.`,
    );
  return {
    layout: unfit.size === 0 ? layout : withoutFeatures(layout, unfit),
    ...(unfit.size === 0 ? {} : { features: stay.features }),
    ...(stay.rows.length === indices.length ? {} : { keptRows: stay.rows }),
    dropped: {
      count: dropped.count + stay.dropped,
      lines: [...dropped.lines, ...stay.lines].toSorted((a, b) => a - b).slice(0, LISTED_LINES),
    },
    footers: footers.size,
  };
}

/** Takes the cells of a footer out of the counts of its columns. */
function uncount(data: Float64Array, row: number, width: number, { missing, texts }: LateFindings): void {
  for (let j = 0; j < width; j++) if (Number.isNaN(data[row * width + j]!)) (texts[j]! > 0 ? texts : missing)[j]!--;
}

/** Rows and features that stay without some features and footers. */
function split(
  { data, indices, layout }: Gathered,
  { rows: incomplete, lines: starts }: LateFindings,
  unfit: ReadonlyMap<number, WhyLeftOut>,
  footers: ReadonlySet<number>,
): { rows: number[]; features: number[]; dropped: number; lines: number[] } {
  const width = layout.features.length;
  const features = Array.from({ length: width }, (_, j) => j).filter((j) => !unfit.has(j));
  const rows: number[] = [];
  const lines: number[] = [];
  let dropped = 0;
  let next = 0;
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] ?? row;
    while (next < incomplete.length && incomplete[next]! < index) next++;
    if (footers.has(index)) continue;
    if (incomplete[next] === index && features.some((j) => Number.isNaN(data[row * width + j]!))) {
      dropped++;
      if (lines.length < LISTED_LINES) lines.push(starts[next] ?? index + 1);
    } else rows.push(row);
  }
  return { rows, features, dropped, lines };
}

/** The feature that the most rows lack. */
function fullestGap({ missing }: LateFindings, features: readonly number[]): number {
  return features.reduce((most, j) => (missing[j]! > missing[most]! ? j : most), features[0]!);
}
