import { isMissingText } from "./missing.ts";
import type { TableRecord } from "./record.ts";

/** A row as JSON holds it: an object of named fields, or a list. */
export type JSONRow = Readonly<Record<string, unknown>> | readonly unknown[];

/** Whether a parsed value can be a row. */
export function isJSONRow(value: unknown): value is JSONRow {
  return typeof value === "object" && value !== null;
}

/** The names of rows that are objects, in the order in which they first appear; nothing where the first row is a list. */
export function namesOf(rows: readonly JSONRow[]): readonly string[] | undefined {
  if (Array.isArray(rows[0])) return undefined;
  return [...new Set(rows.flatMap((row) => (Array.isArray(row) ? [] : Object.keys(row))))];
}

/** The row of a JSON table that a reading stands on. A field that a row lacks is a missing value. */
export class JSONRecord implements TableRecord {
  line: number | undefined;
  row: JSONRow = [];

  readonly #names: readonly string[] | undefined;
  readonly #known: ReadonlySet<string>;
  readonly #width: number;
  readonly #onlyKnown: boolean;

  /**
   * @param names the fields' names; absent where rows are lists
   * @param onlyKnown whether a field of another name is an error rather than passed over
   */
  constructor(names: readonly string[] | undefined, width: number, onlyKnown: boolean) {
    this.#names = names;
    this.#known = new Set(names);
    this.#width = width;
    this.#onlyKnown = onlyKnown;
  }

  get fields(): number {
    const { row } = this;
    if (Array.isArray(row)) return row.length;
    if (this.#names === undefined || this.#stranger() !== undefined) return -1;
    return this.#width;
  }

  number(field: number): number {
    const value = this.#value(field);
    return typeof value === "number" ? value : NaN;
  }

  text(field: number): string {
    const value = this.#value(field);
    if (value === undefined || value === null) return "";
    return typeof value === "string" ? value : typeof value === "number" ? numberText(value) : JSON.stringify(value);
  }

  isMissing(field: number): boolean {
    const value = this.#value(field);
    return value === undefined || value === null || (typeof value === "string" && isMissingText(value));
  }

  numberAdvice(field: number): string {
    const value = this.#value(field);
    return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)) ? " Write numbers without quotes." : "";
  }

  widthProblem(width: number, named: boolean): string {
    const { row } = this;
    if (!Array.isArray(row)) {
      const stranger = this.#stranger();
      if (stranger === undefined || !named) return "is an object, the first row is a list.";
      return `has the field ${JSON.stringify(stranger)}, which the first rows lack. Choose the fields to read with \`columns\`.`;
    }
    return `is a list of ${row.length}, the first row ${named ? "has names or another length" : `is a list of ${width}`}.`;
  }

  #value(field: number): unknown {
    const { row } = this;
    if (Array.isArray(row)) return (row as readonly unknown[])[field];
    const name = this.#names![field]!;
    return Object.hasOwn(row, name) ? (row as Readonly<Record<string, unknown>>)[name] : undefined;
  }

  #stranger(): string | undefined {
    return this.#onlyKnown ? Object.keys(this.row).find((key) => !this.#known.has(key)) : undefined;
  }
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
