import type { Layout } from "./layout.ts";
import type { RowProblem, TableRecord } from "./record.ts";
import type { FillingColumn, KeptColumn } from "./rows.ts";
import { emptyColumns, keepField } from "./rows.ts";

/** A row that was left out because it could not be read. */
export interface BadRow extends RowProblem {
  /** Its index among the rows of data, from 0. */
  readonly row: number;
  /** The line on which it begins, from 1; absent where rows need not stand on lines of their own. */
  readonly line?: number;
}

/** The rows that could not be read, of a block or of a table. */
export interface BadRows {
  readonly rows: readonly BadRow[];
  /** Their cells in the columns of the option `keep`, as far as they have any. Absent when nothing was to be kept. */
  readonly kept?: readonly KeptColumn[];
}

/** Gathers bad rows as they are met. */
export class BadRowList {
  readonly #layout: Layout;
  #rows: BadRow[] = [];
  #kept: FillingColumn[];

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#kept = emptyColumns(layout);
  }

  get count(): number {
    return this.#rows.length;
  }

  add(record: TableRecord, row: number, { reason, advice }: RowProblem): void {
    const { line } = record;
    this.#rows.push({ row, ...(line === undefined ? {} : { line }), reason, advice });
    for (const [k, column] of this.#kept.entries()) keepField(column, record, this.#layout.kept[k]!);
  }

  /** What was gathered since it was taken last. */
  take(): BadRows {
    const taken = { rows: this.#rows, ...(this.#kept.length === 0 ? {} : { kept: this.#kept }) };
    this.#rows = [];
    this.#kept = emptyColumns(this.#layout);
    return taken;
  }
}
