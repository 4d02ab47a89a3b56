import type { RowProblem, TableRecord } from "../table/record.ts";
import { cellNumber, cellText, isMissing } from "./cell.ts";
import type { RecordScanner } from "./scanner.ts";
import { FIELD_PLAIN } from "./scanner.ts";

/** The row that a scanner stands on. */
export class CSVRecord implements TableRecord {
  readonly #scanner: RecordScanner;
  readonly #decimal: number;

  constructor(scanner: RecordScanner, decimal: "." | ",") {
    this.#scanner = scanner;
    this.#decimal = decimal.charCodeAt(0);
  }

  get fields(): number {
    return this.#scanner.fields;
  }

  get line(): number {
    return this.#scanner.line;
  }

  number(field: number): number {
    return cellNumber(this.#scanner, field, this.#decimal);
  }

  text(field: number): string {
    return field < this.#scanner.fields ? cellText(this.#scanner, field) : ""; // a row that is reported may be short
  }

  isMissing(field: number): boolean {
    return isMissing(this.#scanner, field);
  }

  numberAdvice(field: number, unnamed: boolean): string {
    const comma = this.#decimal === ".".charCodeAt(0) && /^\s*[+-]?\d*,\d+\s*$/.test(this.text(field));
    return (
      this.#delimiterAdvice(field) +
      (comma ? ' If commas mark decimals here, pass decimal: ",".' : "") +
      (unnamed ? " If the first row holds names, pass header: true." : "")
    );
  }

  /** Where a row is one field that holds what usually stands between fields. */
  #delimiterAdvice(field: number): string {
    if (this.#scanner.fields > 1 || this.#scanner.forms[field] !== FIELD_PLAIN) return "";
    const text = this.text(field);
    const [mark] = /[;\t|]/.exec(text) ?? (/,.*,|[^\d\s],|,\D/.exec(text) === null ? [] : [","]);
    if (mark === undefined) return "";
    return ` If it is several fields, pass delimiter: "${mark === "\t" ? "tab" : mark}".`;
  }

  widthProblem(width: number, named: boolean): RowProblem {
    const other = named ? "the header has" : "the first row has";
    return {
      reason: `has ${this.fields} ${this.fields === 1 ? "field" : "fields"}, ${other} ${width}`,
      advice: "Fields with the delimiter inside need quotes around them.",
    };
  }
}
