import type { Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { EncodingChoice } from "@mixtura/io/internal";
import { compactText, forEachField, LineReader, openText } from "@mixtura/io/internal";
import type { Reasons } from "./explain.ts";
import type { Judgement } from "./judge.ts";
import type { RowBlock, RowSource } from "./rows.ts";
import { reasonText } from "./reasons.ts";

/** An event as it came: a JSON object with a number for each feature, and any other fields. */
export interface Event {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The line that it was read from. */
  readonly line: string;
}

/** How events are read. */
export interface EventOptions {
  /** What the events are called in errors. */
  readonly source: string;
  /** The fields that are the model's features, in its order. */
  readonly features: readonly string[];
  /** What to do with an event that lacks a feature. */
  readonly missing: "error" | "drop";
  /** A field that is handed on as a label. */
  readonly labelColumn: string | undefined;
  readonly encoding: EncodingChoice;
  readonly signal: AbortSignal;
}

/**
 * Events line by line, as they come: all lines of a piece of input are a block, so none waits for the next piece. Fields that are no features are
 * handed on untouched.
 */
export function eventRows(bytes: AsyncIterable<Uint8Array>, options: EventOptions): RowSource {
  const { source, features, missing, labelColumn, encoding, signal } = options;
  const text = openText(() => bytes, { encoding, name: source }, signal);
  let [rows, dropped] = [0, 0];
  function* block(lines: LineReader): Generator<RowBlock> {
    const events: Event[] = [];
    const numbers: number[] = [];
    const places: number[] = [];
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      const event = parsed(line, ++rows, source);
      const values = features.map((name) => event.fields[name]);
      const lacking = values.findIndex((value) => value === null || value === undefined);
      if (lacking !== -1 && missing === "drop") {
        dropped++;
        continue;
      }
      values.forEach((value, j) => numbers.push(finite(value, rows, features[j]!, j, source)));
      events.push(event);
      places.push(rows);
    }
    if (events.length === 0) return;
    yield {
      X: matrix(Float64Array.from(numbers), events.length, features.length, features),
      kept: labelColumn === undefined ? [] : [{ name: labelColumn, cells: events.map((event) => labelOf(event, labelColumn)) }],
      rowOf: (row) => places[row]!,
      events,
    };
  }
  return {
    ofEvents: true,
    async *blocks() {
      const lines = new LineReader(source);
      for await (const piece of text.chunks) {
        lines.push(piece);
        yield* block(lines);
      }
      lines.end();
      yield* block(lines);
      if (rows === 0) throw new MixturaError("read-error", `${source}: there are no rows. Expected one JSON object per line.`, { source });
    },
    dropped: () => dropped,
    facts: () => text.form,
  };
}

function parsed(line: string, row: number, source: string): Event {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new MixturaError(
      "read-error",
      `${source}: row ${row} is not JSON (${(error as Error).message}).`,
      { source, row: row - 1 },
      { cause: error },
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { fields: value as Event["fields"], line };
  throw new MixturaError("read-error", `${source}: row ${row} is ${show(value)}. Expected a JSON object with a number for each feature.`, {
    source,
    row: row - 1,
  });
}

function finite(value: unknown, row: number, feature: string, column: number, source: string): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const lacking = value === null || value === undefined;
  throw new MixturaError(
    "not-finite",
    `${source}: row ${row}, field ${show(feature)} is ${lacking ? 'missing. Fill it in, or leave such rows out with missing: "drop"' : `not a number (found ${show(value)})`}.`,
    { row: row - 1, column, feature, found: value },
  );
}

function labelOf(event: Event, column: string): string {
  const value = event.fields[column];
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : fieldTexts(event).get(column)!;
}

/** The fields of an event with their values as they were written, in their order: numbers with all their digits, and no depth that matters. */
function fieldTexts({ line }: Event): Map<string, string> {
  const texts = new Map<string, string>();
  forEachField(line, line.indexOf("{"), (name, start, end) => void texts.set(name, compactText(line, start, end)));
  return texts;
}

/** What is written of an event, as a line of NDJSON: all of it as it came, or some of its fields, and what the detector says. */
export function judgedLine(
  event: Event,
  row: number,
  { scores, outliers, pValues }: Judgement,
  reasons: Reasons | undefined,
  {
    names,
    keep,
    explainAll,
  }: { readonly names: readonly string[]; readonly keep: readonly string[] | undefined; readonly explainAll: boolean },
): string {
  const all = fieldTexts(event);
  const kept = keep === undefined ? all : new Map(keep.flatMap((name) => (all.has(name) ? [[name, all.get(name)!] as const] : [])));
  const at = reasons?.place.get(row);
  const outlier = outliers[row] === 1;
  const result = new Map(kept);
  const add = (name: string, value: unknown): void => void result.set(kept.has(name) ? `detected_${name}` : name, JSON.stringify(value));
  add("score", scores[row]!);
  add("outlier", outlier);
  if (pValues !== undefined) add("p_value", pValues[row]!);
  if (reasons === undefined || at === undefined) add("reason", null);
  else {
    const { explanation } = reasons;
    const byFeature = ({ data }: Matrix): object => Object.fromEntries(names.map((name, j) => [name, data[at * names.length + j]]));
    add("reason", outlier ? reasonText(explanation, at, names, (j) => event.fields[names[j]!] as number) : null);
    if (explainAll) {
      add("contributions", byFeature(explanation.contributions));
      if (explanation.expected !== undefined) add("expected", byFeature(explanation.expected));
    }
  }
  return `{${Array.from(result, ([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}\n`;
}
