import type { Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { BadRow } from "@mixtura/io";
import type { EncodingChoice, KeptColumn } from "@mixtura/io/internal";
import { compactText, fieldAt, forEachField, LineReader, openText } from "@mixtura/io/internal";
import { notJudgedReason } from "../files/not-judged.ts";
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
  /** Whether a line that holds no event with its features is an error, as is a source without events. */
  readonly strict: boolean;
  /** A field that is handed on as a label. */
  readonly labelColumn: string | undefined;
  /** A field that events are named by. */
  readonly id: string | undefined;
  readonly encoding: EncodingChoice;
  readonly signal: AbortSignal;
}

/** A line that holds no event to judge: what is known of it, and why. */
export interface BadEvent extends BadRow {
  /** Its fields, where it has any. */
  readonly event?: Event;
  /** The line as it came. */
  readonly text: string;
}

/**
 * Events line by line, as they come: all lines of a piece of input are a block, so none waits for the next piece. Fields that are no features are
 * handed on untouched. What is no event with its features ends the reading where bad rows are errors, once the events before it were handed on.
 */
export function eventRows(bytes: AsyncIterable<Uint8Array>, options: EventOptions): RowSource {
  const { source, features, missing, strict, labelColumn, id, encoding, signal } = options;
  const named = [...new Set([labelColumn, id])].filter((name) => name !== undefined);
  const keptOf = (events: readonly (Event | undefined)[]): KeptColumn[] =>
    named.map((name) => ({ name, cells: events.map((event) => (event === undefined ? "" : labelOf(event, name))) }));
  const text = openText(() => bytes, { encoding, name: source }, { signal });
  let [rows, dropped] = [0, 0];
  function* block(lines: LineReader): Generator<RowBlock> {
    const events: Event[] = [];
    const numbers: number[] = [];
    const places: number[] = [];
    const badEvents: BadEvent[] = [];
    let failed: MixturaError | undefined;
    for (let line = lines.next(); line !== undefined && failed === undefined; line = failed === undefined ? lines.next() : undefined) {
      rows++;
      const found = parsed(line);
      const problem = "problem" in found ? found.problem : problemOf(found, features, missing);
      if (problem === "dropped") dropped++;
      else if (problem !== undefined && strict) failed = eventError(problem, rows, source);
      else if (problem !== undefined) {
        const { reason, advice } = problem;
        badEvents.push({ row: rows - 1, line: lines.line, reason, advice, text: line, ...("problem" in found ? {} : { event: found }) });
      } else if (!("problem" in found)) {
        for (const name of features) numbers.push(fieldAt(found.fields, name) as number);
        events.push(found);
        places.push(rows);
      }
    }
    if (events.length + badEvents.length > 0)
      yield {
        X: matrix(Float64Array.from(numbers), events.length, features.length, features),
        kept: keptOf(events),
        rowOf: (row) => places[row]!,
        events,
        ...(badEvents.length === 0 ? {} : { bad: { rows: badEvents, kept: keptOf(badEvents.map(({ event }) => event)) }, badEvents }),
      };
    if (failed !== undefined) throw failed;
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
      if (rows === 0 && strict)
        throw new MixturaError("read-error", `${source}: there are no rows. Expected one JSON object per line.`, { source });
    },
    dropped: () => dropped,
    facts: () => text.form,
  };
}

/** What keeps a line from being judged. */
interface EventProblem {
  readonly reason: string;
  readonly advice: string;
  /** The field, where it is one of the features. */
  readonly feature?: { readonly name: string; readonly column: number; readonly value: unknown };
  readonly cause?: unknown;
}

function parsed(line: string): Event | { readonly problem: EventProblem } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { problem: { reason: `is not JSON (${(error as Error).message})`, advice: "", cause: error } };
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { fields: value as Event["fields"], line };
  return { problem: { reason: `is ${show(value)}`, advice: "Expected a JSON object with a number for each feature." } };
}

/** The first feature of an event that is no number; "dropped" where one is missing and such rows are left out. */
function problemOf({ fields }: Event, features: readonly string[], missing: "error" | "drop"): EventProblem | "dropped" | undefined {
  const isMissing = (value: unknown): boolean => value === null || value === undefined;
  if (missing === "drop" && features.some((name) => isMissing(fieldAt(fields, name)))) return "dropped";
  const column = features.findIndex((feature) => !Number.isFinite(fieldAt(fields, feature))); // which is false for what is no number
  if (column === -1) return undefined;
  const name = features[column]!;
  const value = fieldAt(fields, name);
  const feature = { name, column, value };
  return isMissing(value)
    ? { reason: `field ${show(name)} is missing`, advice: 'Fill it in, or leave such rows out with missing: "drop".', feature }
    : { reason: `field ${show(name)} is not a number (found ${show(value)})`, advice: "", feature };
}

function eventError({ reason, advice, feature, cause }: EventProblem, row: number, source: string): MixturaError {
  const message = `${source}: row ${row}${feature === undefined ? "" : ","} ${reason}.${advice === "" ? "" : ` ${advice}`}`;
  if (feature === undefined) return new MixturaError("read-error", message, { source, row: row - 1 }, { cause });
  const { name, column, value } = feature;
  return new MixturaError("not-finite", message, { row: row - 1, column, feature: name, found: value });
}

function labelOf(event: Event, column: string): string {
  const value = fieldAt(event.fields, column);
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : (fieldTexts(event).get(column) ?? JSON.stringify(value));
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
    add("reason", outlier ? reasonText(explanation, at, names, (j) => fieldAt(event.fields, names[j]!) as number) : null);
    if (explainAll) {
      add("contributions", byFeature(explanation.contributions));
      if (explanation.expected !== undefined) add("expected", byFeature(explanation.expected));
    }
  }
  return `{${Array.from(result, ([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}\n`;
}

/** What is written of a line that was not judged: its fields, or the line itself where it has none, and why. */
export function notJudgedLine(
  { event, text, ...row }: BadEvent,
  { keep, calibrated }: { readonly keep: readonly string[] | undefined; readonly calibrated: boolean },
): string {
  const all = event === undefined ? new Map([["text", JSON.stringify(text)]]) : fieldTexts(event);
  const result = new Map([...all].filter(([name]) => event === undefined || keep === undefined || keep.includes(name)));
  const taken = new Set(result.keys());
  const add = (name: string, value: unknown): void => void result.set(taken.has(name) ? `detected_${name}` : name, JSON.stringify(value));
  for (const name of ["score", "outlier", ...(calibrated ? ["p_value"] : [])]) add(name, null);
  add("reason", notJudgedReason(row));
  return `{${Array.from(result, ([name, cell]) => `${JSON.stringify(name)}:${cell}`).join(",")}}\n`;
}
