import { show } from "@mixtura/core/authoring";
import { listed, plural } from "@mixtura/wording/internal";
import type { Layout, WhyLeftOut } from "./layout.ts";
import { isDateText } from "./dates.ts";
import { checkWidth, columnName } from "./layout.ts";
import { compactText, firstInside, forEachField, nextInside, valueEnd } from "./json-source.ts";
import type { Spans } from "./json-source.ts";
import type { MissingTexts } from "./missing.ts";
import { fieldAt } from "./paths.ts";
import type { RowProblem, TableRecord } from "./record.ts";
import type { Remark } from "./remarks.ts";
import { namedColumns } from "./remarks.ts";

/** A row as JSON holds it: an object of named fields, or a list. */
export type JSONRow = Readonly<Record<string, unknown>> | readonly unknown[];

/** Whether a parsed value can be a row. */
export function isJSONRow(value: unknown): value is JSONRow {
  return typeof value === "object" && value !== null;
}

/**
 * The names of rows that are objects, in the order in which they first appear; nothing where the first row is a list.
 *
 * @throws MixturaError `read-error` where there are too many
 */
export function namesOf(rows: readonly JSONRow[], source: string): readonly string[] | undefined {
  if (Array.isArray(rows[0])) return undefined;
  const names = new Set<string>();
  for (const row of rows) {
    if (Array.isArray(row)) continue;
    for (const name of Object.keys(row)) {
      names.add(name);
      checkWidth(names.size, source);
    }
  }
  return [...names];
}

/** Writes down where the fields of the current row stand in the text that they were parsed from. */
export type Locate = (spans: Spans) => void;

/** The row of a JSON table that a reading stands on. A field that a row lacks is a missing value. */
export class JSONRecord implements TableRecord {
  line: number | undefined;
  problem: RowProblem | undefined;

  #row: JSONRow = [];
  readonly #names: readonly string[] | undefined;
  readonly #known: ReadonlySet<string>;
  readonly #width: number;
  readonly #missing: MissingTexts;
  readonly #locate: Locate;
  /** Fields that the first rows lack, with the number of rows that have them. */
  readonly #strangers = new Map<string, number>();
  /** Fields in which true and false were read as numbers. */
  readonly #truths = new Set<number>();
  #spans: Spans | undefined;
  #located = false;

  /**
   * @param names the fields' names; absent where rows are lists
   * @param missing texts, and numbers, that stand for a missing value
   * @param locate called at most once a row, where the text of a field is asked for that is no string
   */
  constructor(names: readonly string[] | undefined, width: number, missing: MissingTexts, locate: Locate) {
    this.#names = names;
    this.#known = new Set(names);
    this.#width = width;
    this.#missing = missing;
    this.#locate = locate;
  }

  get row(): JSONRow {
    return this.#row;
  }

  set row(row: JSONRow) {
    this.#row = row;
    this.#located = false;
  }

  get fields(): number {
    const row = this.#row;
    if (Array.isArray(row)) return row.length;
    return this.#names === undefined ? -1 : this.#width;
  }

  number(field: number): number {
    const value = this.#value(field);
    if (typeof value === "number") return this.#missing.numbers.length > 0 && this.#missing.numbers.includes(value) ? NaN : value;
    if (typeof value !== "boolean") return NaN;
    this.#truths.add(field);
    return Number(value);
  }

  text(field: number): string {
    const value = this.#value(field);
    if (value === undefined || value === null) return "";
    if (typeof value === "string") return value;
    const { text, starts, ends } = this.#located ? this.#spans! : this.#found();
    return compactText(text, starts[field]!, ends[field]!);
  }

  isBare(field: number): boolean {
    return this.problem === undefined && typeof this.#value(field) !== "string";
  }

  isMissing(field: number): boolean {
    const value = this.#value(field);
    if (typeof value === "number") return Number.isFinite(value);
    return value === undefined || value === null || (typeof value === "string" && this.#missing.has(value));
  }

  numberAdvice(field: number): string {
    const value = this.#value(field);
    return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)) ? "Write numbers without quotes." : "";
  }

  widthProblem(width: number, named: boolean): RowProblem {
    const row = this.#row;
    if (!Array.isArray(row)) return { reason: "is an object, the first row is a list", advice: "" };
    const first = named ? "has names or another length" : `is a list of ${width}`;
    return { reason: `is a list of ${row.length}, the first row ${first}`, advice: "" };
  }

  #value(field: number): unknown {
    const row = this.#row;
    if (Array.isArray(row)) return (row as readonly unknown[])[field];
    const name = this.#names?.[field];
    return name === undefined ? undefined : fieldAt(row as Readonly<Record<string, unknown>>, name);
  }

  #found(): Spans {
    this.#spans ??= { text: "", starts: new Int32Array(this.#width), ends: new Int32Array(this.#width) };
    this.#locate(this.#spans);
    this.#located = true;
    return this.#spans;
  }

  /** Takes note of the fields that the first rows lack, each row once. */
  noteStrangers(): void {
    const row = this.#row;
    if (Array.isArray(row) || this.#names === undefined) return;
    for (const name of Object.keys(row)) if (!this.#known.has(name)) this.#strangers.set(name, (this.#strangers.get(name) ?? 0) + 1);
  }

  /** What is to be said of the rows that were read. */
  remarks(layout: Layout): Remark[] {
    const columns = [...this.#strangers.keys()];
    const truths = [...this.#truths].filter((field) => layout.features.includes(field)).map((field) => columnName(layout, field));
    return [
      ...(columns.length === 0
        ? []
        : [
            {
              code: "late-fields",
              columns,
              message: `The ${plural(columns.length, "field")} ${listed(columns.map(show), columns.length)} ${plural(columns.length, "is", "are")} not in the first rows and ${plural(columns.length, "was", "were")} left out.`,
            } as const,
          ]),
      ...(truths.length === 0
        ? []
        : [{ code: "truth-values", columns: truths, message: `In ${namedColumns(truths)} true was read as 1, false as 0.` } as const]),
    ];
  }
}

/** Fields of the first rows that hold text, rather than numbers, where they hold anything. */
export function textFields(
  rows: readonly JSONRow[],
  names: readonly string[] | undefined,
  width: number,
  missing: MissingTexts,
): Map<number, WhyLeftOut> {
  const record = new JSONRecord(names, width, missing, () => undefined);
  const numbers = new Uint32Array(width);
  const texts = new Uint32Array(width);
  const dates = new Uint32Array(width);
  for (const row of rows) {
    record.row = row;
    for (let field = 0; field < width; field++) {
      if (!Number.isNaN(record.number(field))) numbers[field]!++;
      else if (!record.isMissing(field)) {
        texts[field]!++;
        if (!record.isBare(field) && isDateText(record.text(field))) dates[field]!++;
      }
    }
  }
  return new Map(
    Array.from({ length: width }, (_, field) => field).flatMap((field) =>
      texts[field]! > numbers[field]! ? [[field, 2 * dates[field]! > texts[field]! ? "dates" : "text"] as const] : [],
    ),
  );
}

/** Finds the fields of rows that are objects or lists, in their text. */
export function rowLocator(names: readonly string[] | undefined): (text: string, at: number, spans: Spans) => void {
  const inObject = objectLocator(new Map((names ?? []).map((name, field) => [name, field])));
  return (text, at, spans) => {
    const { starts, ends } = spans;
    spans.text = text;
    if (!text.startsWith("[", at)) return inObject(text, at, spans);
    let start = firstInside(text, at);
    for (let field = 0; start !== undefined && field < starts.length; field++) {
      starts[field] = start;
      ends[field] = valueEnd(text, start);
      start = nextInside(text, ends[field]!);
    }
  };
}

/** Finds fields of objects, and of objects within them. */
function objectLocator(places: ReadonlyMap<string, number>): (text: string, at: number, spans: Spans) => void {
  const within = new Map<string, Map<string, number>>();
  for (const [name, field] of places) {
    for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
      const head = name.slice(0, dot);
      if (!within.has(head)) within.set(head, new Map());
      within.get(head)!.set(name.slice(dot + 1), field);
    }
  }
  const inner = new Map(Array.from(within, ([head, fields]) => [head, objectLocator(fields)]));
  return (text, at, spans) => {
    forEachField(text, at, (name, start, end) => {
      if (text.startsWith("{", start)) inner.get(name)?.(text, start, spans);
      const field = places.get(name);
      if (field === undefined) return;
      spans.starts[field] = start; // where a name stands twice, the last value counts, as in parsing
      spans.ends[field] = end;
    });
  };
}
