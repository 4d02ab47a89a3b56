import type { TableRecord } from "../table/record.ts";
import { cellNumber, cellText, isMissing } from "./cell.ts";
import type { RecordScanner } from "./scanner.ts";

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
    return cellText(this.#scanner, field);
  }

  isMissing(field: number): boolean {
    return isMissing(this.#scanner, field);
  }

  numberAdvice(field: number, unnamed: boolean): string {
    const comma = this.#decimal === ".".charCodeAt(0) && /^\s*[+-]?\d*,\d+\s*$/.test(this.text(field));
    return (
      (comma ? ' If commas mark decimals here, pass decimal: ",".' : "") +
      (unnamed ? " If the first row holds names, pass header: true." : "")
    );
  }

  widthProblem(width: number, named: boolean): string {
    const other = named ? "the header has" : "the first row has";
    return `has ${this.fields} fields, ${other} ${width}. Fields with the delimiter inside need quotes around them.`;
  }
}
