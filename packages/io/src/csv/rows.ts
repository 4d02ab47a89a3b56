import { MixturaError, show } from "@mixtura/core";
import { cellNumber, cellText, isMissing } from "./cell.ts";
import { readError } from "./errors.ts";
import type { Layout } from "./layout.ts";
import { columnLabel, columnName } from "./layout.ts";
import type { CheckedCSVOptions } from "./options.ts";
import type { RecordScanner } from "./scanner.ts";

/** Rows left out because a value was missing. */
export interface DroppedRows {
  readonly count: number;
  /** The lines on which the first ten of them begin, from 1. */
  readonly lines: readonly number[];
}

const LISTED_LINES = 10;

/** Turns records into numbers and keeps count of them. */
export class RowReader {
  /** Rows of data met so far, with those dropped. */
  rows = 0;
  dropped = 0;
  readonly droppedLines: number[] = [];

  readonly #layout: Layout;
  readonly #options: CheckedCSVOptions;
  readonly #decimal: number;

  constructor(layout: Layout, options: CheckedCSVOptions) {
    this.#layout = layout;
    this.#options = options;
    this.#decimal = options.decimal.charCodeAt(0);
  }

  /**
   * Writes the current record's features to `data` from `offset` on and its weight to `weights[index]`.
   *
   * @returns `false` when the row is dropped for a missing value
   * @throws MixturaError `read-error` (width), `not-finite` (cell), `invalid-weight`
   */
  read(record: RecordScanner, data: Float64Array, offset: number, weights: Float64Array | undefined, index: number): boolean {
    const { width, features, weight } = this.#layout;
    this.rows++;
    if (record.fields !== width) throw this.#ragged(record);
    for (let j = 0; j < features.length; j++) {
      const value = cellNumber(record, features[j]!, this.#decimal);
      if (value - value !== 0) return this.#withoutNumber(record, features[j]!, j, value); // NaN or infinite
      data[offset + j] = value;
    }
    if (weight !== undefined) {
      const value = cellNumber(record, weight, this.#decimal);
      if (!(value >= 0 && value < Infinity)) return this.#withoutWeight(record, weight, value);
      weights![index] = value;
    }
    return true;
  }

  #withoutNumber(record: RecordScanner, column: number, feature: number, value: number): false {
    const missing = isMissing(record, column);
    if (missing && this.#options.missing === "drop") return this.#drop(record);
    const text = cellText(record, column);
    const { header } = this.#layout;
    throw new MixturaError("not-finite", `${this.#place(record, column)} ${this.#complaint(text, missing, value)}`, {
      row: this.rows - 1,
      column: feature,
      found: text,
      ...(header === undefined ? {} : { feature: header[column]! }),
    });
  }

  #complaint(text: string, missing: boolean, value: number): string {
    if (missing) return `is missing (found ${show(text)}). Pass missing: "drop" to leave such rows out, or fill in the value.`;
    if (Math.abs(value) === Infinity || /^\s*[+-]?inf(inity)?\s*$/i.test(text))
      return `is not finite (found ${show(text)}). Remove the row or correct the value.`;
    const comma =
      this.#options.decimal === "." && /^\s*[+-]?\d*,\d+\s*$/.test(text) ? ' If commas mark decimals here, pass decimal: ",".' : "";
    const first = this.rows === 1 && this.#layout.header === undefined ? " If the first row holds names, pass header: true." : "";
    return `is not a number (found ${show(text)}). Choose the numeric columns with \`columns\`, or name this one in \`drop\`.${comma}${first}`;
  }

  #withoutWeight(record: RecordScanner, column: number, value: number): false {
    const missing = isMissing(record, column);
    if (missing && this.#options.missing === "drop") return this.#drop(record);
    const text = cellText(record, column);
    throw new MixturaError(
      "invalid-weight",
      `${this.#place(record, column)} is no weight (found ${show(text)}). Weights are finite numbers ≥ 0.`,
      {
        row: this.rows - 1,
        found: Number.isNaN(value) ? text : value,
      },
    );
  }

  #place(record: RecordScanner, column: number): string {
    return `${this.#options.name}: row ${this.rows} (line ${record.line}), ${columnLabel(this.#layout, column)}`;
  }

  #drop(record: RecordScanner): false {
    this.dropped++;
    if (this.droppedLines.length < LISTED_LINES) this.droppedLines.push(record.line);
    return false;
  }

  #ragged(record: RecordScanner): Error {
    const { width, header } = this.#layout;
    const other = header === undefined ? "the first row has" : "the header has";
    const problem = `row ${this.rows} (line ${record.line}) has ${record.fields} fields, ${other} ${width}. Fields with the delimiter inside need quotes around them.`;
    return readError(this.#options.name, problem, { row: this.rows - 1 });
  }
}

/** A column handed on as text, cell by cell. */
export interface KeptColumn {
  /** Its name, or its number (from 1) when the file has no header. */
  readonly name: string;
  readonly cells: readonly string[];
}

/** Empty columns for the texts that are to be kept. */
export function emptyColumns(layout: Layout): { name: string; cells: string[] }[] {
  return layout.kept.map((column) => ({ name: columnName(layout, column), cells: [] }));
}
