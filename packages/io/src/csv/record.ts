import type { RowProblem, TableRecord } from "../table/record.ts";
import { cellText } from "./cell.ts";
import type { ColumnForm } from "./form.ts";
import { parseNumber } from "./number.ts";
import type { RecordScanner } from "./scanner.ts";

/** The row that a scanner stands on. */
export class CSVRecord implements TableRecord {
  readonly #scanner: RecordScanner;
  readonly #forms: readonly ColumnForm[];
  /** Codes of the decimal marks. */
  readonly #decimals: Uint8Array;
  readonly #missing: readonly number[] | undefined;

  /** @param missing numbers that stand for a missing value */
  constructor(scanner: RecordScanner, forms: readonly ColumnForm[], missing: readonly number[]) {
    this.#scanner = scanner;
    this.#forms = forms;
    this.#decimals = Uint8Array.from(forms, ({ decimal }) => decimal.charCodeAt(0));
    this.#missing = missing.length === 0 ? undefined : missing;
  }

  get fields(): number {
    const { fields } = this.#scanner;
    return fields > this.#forms.length && this.#endsEmpty() ? this.#forms.length : fields;
  }

  get line(): number {
    return this.#scanner.line;
  }

  number(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    const value = parseNumber(bytes, starts[field]!, ends[field]!, this.#decimals[field]!);
    return value - value === 0 && this.#missing === undefined ? value : this.#written(field, value);
  }

  text(field: number): string {
    return field < this.#scanner.fields ? cellText(this.#scanner, field) : ""; // a row that is reported may be short
  }

  isMissing(field: number): boolean {
    return this.#forms[field]!.isMissingNumber(this.text(field));
  }

  raw(): Uint8Array {
    return this.#scanner.raw;
  }

  firstText(): string {
    return this.#first;
  }

  /** Keeps what is asked for of the last row, before its bytes go. */
  hold(): void {
    this.#first = "";
    for (let field = 0; field < this.#scanner.fields && this.#first === ""; field++) this.#first = this.text(field).trim();
  }

  #first = "";

  numberAdvice(): string {
    return "";
  }

  widthProblem(width: number, named: boolean): RowProblem {
    const other = named ? "the header has" : "the first row has";
    return {
      reason: `has ${this.fields} ${this.fields === 1 ? "field" : "fields"}, ${other} ${width}`,
      advice: this.fields > width ? "Fields with the delimiter inside need quotes around them." : "",
    };
  }

  /** A number that is not written as programs do, and one that stands for a missing value. */
  #written(field: number, plain: number): number {
    if (plain === plain) return this.#missing?.includes(plain) === true ? NaN : plain;
    const form = this.#forms[field]!;
    const value = form.value(this.text(field));
    this.#decimals[field] = form.decimal.charCodeAt(0);
    return value;
  }

  /** Whether nothing stands behind the last column, as where each row ends with a delimiter. */
  #endsEmpty(): boolean {
    const { starts, ends, fields } = this.#scanner;
    for (let field = this.#forms.length; field < fields; field++) if (ends[field]! > starts[field]!) return false;
    return true;
  }
}
