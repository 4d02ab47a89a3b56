import type { WhyLeftOut } from "./layout.ts";

/** Problems that are kept to be reported: of more, the first. */
const KEPT_PROBLEMS = 200;

/** Rows at the end that may be footers. */
const FOOTERS = 5;

/** What a footer begins with. */
const FOOTER =
  /^(?:(?:grand|sub)[ -]?)?totals?\b|^(?:sum|sums|summe|gesamt|gesamtsumme|insgesamt|average|avg\.?|mean|median|mittelwert|durchschnitt)\s*:?$|^(?:source|quelle|note|notes)\s*:/i;

/** Whether a row that begins with this text sums up or explains the rows above it. */
export function isFooterText(text: string): boolean {
  return FOOTER.test(text.trim());
}

/** Why a cell is no value of a feature. */
export type Unread = "missing" | "text" | "infinite";

/** A row or a cell that cannot be read. */
export interface Problem {
  readonly kind: Unread | "row";
  /** Its row, from 0. */
  readonly row: number;
  readonly refuse: () => Error;
  /** The row as it is written, where its source has rows. */
  readonly raw: Uint8Array | undefined;
  /** The cell and its column among all of the file; absent for a row. */
  readonly text?: string;
  readonly column?: number;
  /** Whether the row could stand below a table. */
  readonly isFooter?: boolean;
}

/** What a whole table shows only once its last row was read: columns that most rows lack, or that are text after all, and rows below the table. */
export class LateFindings {
  /** For each feature how many of its cells are missing, and how many are no numbers. */
  readonly missing: Float64Array;
  readonly texts: Float64Array;
  /** The problems that were kept, with the feature that they are about, in the order of the rows. */
  readonly problems: (Problem & { readonly feature?: number })[] = [];
  /** Rows of the features' matrix without every number, and the lines on which they begin. */
  readonly rows: number[] = [];
  readonly lines: (number | undefined)[] = [];
  readonly #kept: Uint8Array;
  /** Rows whose width is wrong; they are not among the rows of the matrix. */
  ragged = 0;

  constructor(features: number) {
    this.missing = new Float64Array(features);
    this.texts = new Float64Array(features);
    this.#kept = new Uint8Array(features);
  }

  /** @returns whether the problem is to be kept: the first missing cell of a column, and some of the other cells */
  cell(feature: number, kind: Unread, row: number, line: number | undefined): boolean {
    const missing = kind === "missing";
    if (missing) this.missing[feature]!++;
    else if (kind === "text") this.texts[feature]!++;
    if (this.rows.at(-1) !== row) {
      this.rows.push(row);
      this.lines.push(line);
    }
    if (missing) return this.#kept[feature] === 0 && (this.#kept[feature] = 1) === 1;
    return this.texts[feature]! <= KEPT_PROBLEMS;
  }

  keep(feature: number, problem: Problem): void {
    this.problems.push({ ...problem, feature });
  }

  row(problem: Problem): void {
    this.ragged++;
    if (this.ragged <= KEPT_PROBLEMS) this.problems.push(problem);
  }

  /**
   * Rows at the end of the table that are no data.
   *
   * @param rows all rows of the table
   * @param lastText what the last of them begins with
   */
  footers(rows: number, lastText: string): ReadonlySet<number> {
    const footers = new Set<number>();
    const found = new Map<number, Problem>();
    for (const problem of this.problems) if (problem.row >= rows - FOOTERS) found.set(problem.row, found.get(problem.row) ?? problem);
    for (let row = rows - 1; row >= Math.max(1, rows - FOOTERS); row--) {
      const problem = found.get(row);
      const isFooter =
        (row === rows - 1 && isFooterText(lastText)) ||
        problem?.isFooter === true ||
        (problem?.kind === "text" && isFooterText(problem.text!));
      if (!isFooter) break;
      footers.add(row);
    }
    return footers;
  }

  /** Features that are none after all, of a table with that many rows. */
  unfit(rows: number): Map<number, WhyLeftOut> {
    const unfit = new Map<number, WhyLeftOut>();
    for (let feature = 0; feature < this.missing.length; feature++) {
      const missing = this.missing[feature]!;
      const texts = this.texts[feature]!;
      if (2 * (missing + texts) <= rows) continue;
      unfit.set(feature, 2 * texts > rows - missing ? "text" : missing === rows ? "empty" : "sparse");
    }
    return unfit;
  }
}
