import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { listed } from "@mixtura/wording/internal";
import type { LateFindings } from "./late.ts";
import { isFooterText } from "./late.ts";
import type { Layout } from "./layout.ts";
import { columnLabel, columnName } from "./layout.ts";
import type { CheckedTableOptions } from "./options.ts";
import type { RowProblem, TableRecord } from "./record.ts";

/** Rows left out because a value was missing. */
export interface DroppedRows {
  readonly count: number;
  /** The lines on which the first ten of them begin, from 1; their numbers where rows are not on lines of their own. */
  readonly lines: readonly number[];
}

const LISTED_COLUMNS = 8;

/** Lines of rows that were left out, at most. */
export const LISTED_LINES = 10;

/** Turns records into numbers and keeps count of them. */
export class RowReader {
  /** Rows of data met so far, with those dropped. */
  rows = 0;
  dropped = 0;
  /** Why the last row could not be read, where that is reported rather than thrown. */
  problem: RowProblem | undefined;
  /** Features with an integer of more than 53 bits, by their place among the features. */
  readonly inexact = new Set<number>();
  readonly droppedLines: number[] = [];

  readonly #layout: Layout;
  readonly #options: CheckedTableOptions;
  readonly #late: LateFindings | undefined;

  /** @param late takes what cannot be judged before the last row was read; without it, each cell and row is judged at once */
  constructor(layout: Layout, options: CheckedTableOptions, late?: LateFindings) {
    this.#layout = layout;
    this.#options = options;
    this.#late = late;
  }

  /**
   * Writes the current record's features to `data` from `offset` on and its weight to `weights[index]`.
   *
   * @returns `false` when the row is dropped for a missing value, or has a {@link RowReader.problem}
   * @throws MixturaError `read-error` (width), `not-finite` (cell), `invalid-weight`; none where bad rows are reported
   */
  read(record: TableRecord, data: Float64Array, offset: number, weights: Float64Array | undefined, index: number): boolean {
    const { width, features, weight } = this.#layout;
    this.rows++;
    this.problem = undefined;
    if (record.fields !== width || record.problem !== undefined) return this.#ragged(record);
    for (let j = 0; j < features.length; j++) {
      const value = record.number(features[j]!);
      // False for NaN, for ±Infinity and for the integers between which doubles leave others out.
      if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
        if (value - value !== 0) {
          if (this.#late === undefined) return this.#withoutNumber(record, features[j]!, j, value);
          this.#toBeJudged(record, features[j]!, j, value);
          data[offset + j] = NaN;
        } else if (!this.inexact.has(j) && /^\s*[+-]?\d+\s*$/.test(record.text(features[j]!))) this.inexact.add(j);
      }
      data[offset + j] = value;
    }
    if (weight !== undefined) {
      const value = record.number(weight);
      if (!(value >= 0 && value < Infinity)) return this.#withoutWeight(record, weight, value);
      weights![index] = value;
    }
    return true;
  }

  /** Leaves a cell without a number to be judged with its column. */
  #toBeJudged(record: TableRecord, column: number, feature: number, value: number): void {
    const kind = record.isMissing(column) ? "missing" : isInfinite(value, record.text(column)) ? "infinite" : "text";
    if (!this.#late!.cell(feature, kind, this.rows - 1, record.line)) return;
    const refuse = this.#refusal(record, column, feature, value, kind === "missing");
    this.#late!.keep(feature, { kind, row: this.rows - 1, refuse, raw: record.raw?.().slice(), text: record.text(column), column });
  }

  #refusal(record: TableRecord, column: number, feature: number, value: number, missing: boolean): () => Error {
    const { row, text, place } = { row: this.rows - 1, text: record.text(column), place: `row ${this.rows}${lineText(record)}` };
    const { reason, advice } = this.#complaint(record, column, missing, value);
    return () =>
      this.#notFinite(`${this.#options.name}: ${place}, ${reason}.${advice === "" ? "" : ` ${advice}`}`, row, column, feature, text);
  }

  #notFinite(message: string, row: number, column: number, feature: number, found: string): Error {
    const { header } = this.#layout;
    const named = header === undefined ? {} : { feature: header[column]! };
    return new MixturaError("not-finite", message, { row, column: feature, found, ...named });
  }

  #withoutNumber(record: TableRecord, column: number, feature: number, value: number): false {
    const missing = record.isMissing(column);
    if (missing && this.#options.missing === "drop") return this.#drop(record);
    return this.#refuse(record, ", ", this.#complaint(record, column, missing, value), (message) =>
      this.#notFinite(message, this.rows - 1, column, feature, record.text(column)),
    );
  }

  #complaint(record: TableRecord, column: number, missing: boolean, value: number): RowProblem {
    const text = record.text(column);
    const here = columnLabel(this.#layout, column);
    if (missing)
      return {
        reason: `${here} is missing (found ${show(text)})`,
        advice: record.raw === undefined ? `Pass missing: "drop" to leave such rows out, or fill in the value.` : "",
      };
    if (isInfinite(value, text))
      return { reason: `${here} is not finite (found ${show(text)})`, advice: "Remove the row or correct the value." };
    const others = this.#textColumns(record).filter((other) => other !== column);
    const also = others.length === 0 ? "" : `, nor ${others.length > 1 ? "are" : "is"} ${this.#listed(others)}`;
    return { reason: `${here} is not a number (found ${show(text)})${also}`, advice: record.numberAdvice(column) };
  }

  /** The features of a row that are text: all of them are named at once, so that nobody has to come back for each. */
  #textColumns(record: TableRecord): readonly number[] {
    return Array.from(this.#layout.features).filter((column) => Number.isNaN(record.number(column)) && !record.isMissing(column));
  }

  #listed(columns: readonly number[]): string {
    return listed(
      columns.map((column) => show(columnName(this.#layout, column))),
      LISTED_COLUMNS,
    );
  }

  #withoutWeight(record: TableRecord, column: number, value: number): false {
    const missing = record.isMissing(column);
    if (missing && this.#options.missing === "drop") return this.#drop(record);
    const text = record.text(column);
    const reason = `${columnLabel(this.#layout, column)} is not a weight (found ${show(text)})`;
    return this.#refuse(record, ", ", { reason, advice: "Weights are finite numbers ≥ 0." }, (message) => {
      return new MixturaError("invalid-weight", message, { row: this.rows - 1, found: Number.isNaN(value) ? text : value });
    });
  }

  #drop(record: TableRecord): false {
    this.dropped++;
    if (this.droppedLines.length < LISTED_LINES) this.droppedLines.push(record.line ?? this.rows);
    return false;
  }

  #ragged(record: TableRecord): false {
    const { width, header } = this.#layout;
    const problem = record.problem ?? record.widthProblem(width, header !== undefined);
    if (this.#late !== undefined) {
      const refuse = (place: string) =>
        new MixturaError(
          "read-error",
          `${this.#options.name}: ${place} ${problem.reason}.${problem.advice === "" ? "" : ` ${problem.advice}`}`,
          { source: this.#options.name, row },
        );
      const row = this.rows - 1;
      const place = `row ${this.rows}${lineText(record)}`;
      this.#late.row({ kind: "row", row, refuse: () => refuse(place), raw: record.raw?.().slice(), isFooter: this.#isFooter(record) });
      return false;
    }
    return this.#refuse(record, " ", problem, (message) => {
      return new MixturaError("read-error", message, { source: this.#options.name, row: this.rows - 1 });
    });
  }

  /** Whether a row that is narrower than the table could stand below it: no number in it, or a word such as "Total" at its front. */
  #isFooter(record: TableRecord): boolean {
    const cells = Array.from({ length: Math.max(0, record.fields) }, (_, field) => record.text(field).trim()).filter((cell) => cell !== "");
    if (record.raw === undefined || cells.length === 0) return false;
    return isFooterText(cells[0]!) || (record.fields < this.#layout.width && cells.every((cell) => Number.isNaN(Number(cell))));
  }

  /** @throws what `error` makes of the message, unless bad rows are reported */
  #refuse(record: TableRecord, before: string, problem: RowProblem, error: (message: string) => Error): false {
    this.problem = problem;
    if (this.#options.badRows === "report") return false;
    const { reason, advice } = problem;
    throw error(`${this.#options.name}: row ${this.rows}${lineText(record)}${before}${reason}.${advice === "" ? "" : ` ${advice}`}`);
  }
}

function isInfinite(value: number, text: string): boolean {
  return Math.abs(value) === Infinity || /^\s*[+-]?inf(?:inity)?\s*$/i.test(text);
}

/** Where a row stands in its file, unless its format has no lines. */
function lineText({ line }: TableRecord): string {
  return line === undefined ? "" : ` (line ${line})`;
}

/** A column handed on as text, cell by cell. */
export interface KeptColumn {
  /** Its name, or its number (from 1) when the file has no header. */
  readonly name: string;
  readonly cells: readonly string[];
  /**
   * Whether a cell stands in JSON without quotes: a number, true, false, null, a list or an object, each as it was written. Absent where no cell does, and
   * for CSV, which does not tell. `keptCells` makes use of it.
   */
  readonly bare?: readonly boolean[];
  /** Its place among the features, where it is one as well. */
  readonly feature?: number;
}

/** Kept columns that are being filled. */
export interface FillingColumn {
  name: string;
  cells: string[];
  bare?: boolean[];
  feature?: number;
}

/** Empty columns for the texts that are to be kept. */
export function emptyColumns(layout: Layout): FillingColumn[] {
  const features = new Map(Array.from(layout.features, (column, j) => [column, j] as const));
  return layout.kept.map((column) => {
    const feature = features.get(column);
    return { name: columnName(layout, column), cells: [], ...(feature === undefined ? {} : { feature }) };
  });
}

/** Adds a field of a record to a kept column. */
export function keepField(column: FillingColumn, record: TableRecord, field: number): void {
  const { cells } = column;
  if (record.isBare?.(field) === true) column.bare ??= Array.from({ length: cells.length }, () => false);
  column.bare?.push(record.isBare!(field));
  cells.push(record.text(field));
}

/** The pieces of a kept column as one. */
export function joinedColumns(column: KeptColumn, pieces: readonly KeptColumn[]): KeptColumn {
  const cells = pieces.flatMap((piece) => piece.cells);
  if (pieces.every(({ bare }) => bare === undefined)) return { ...column, cells };
  return { ...column, cells, bare: pieces.flatMap((piece) => piece.bare ?? piece.cells.map(() => false)) };
}
