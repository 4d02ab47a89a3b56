import type { Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { abortError } from "@mixtura/core/internal";
import type { Reasons } from "./explain.ts";
import type { Judgement } from "./judge.ts";
import type { RowBlock, RowSource } from "./rows.ts";
import { reasonText } from "./reasons.ts";

/** An event as it came: a JSON object with a number for each feature, and any other fields. */
export type Event = Readonly<Record<string, unknown>>;

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
  readonly signal: AbortSignal;
}

/**
 * Events line by line, as they come: all lines of a piece of input are a block, so none waits for the next piece. Fields that are no features are
 * handed on untouched.
 */
export function eventRows(bytes: AsyncIterable<Uint8Array>, options: EventOptions): RowSource {
  const { source, features, missing, labelColumn, signal } = options;
  let [rows, dropped] = [0, 0];
  function* block(lines: readonly string[]): Generator<RowBlock> {
    const events: Event[] = [];
    const numbers: number[] = [];
    const places: number[] = [];
    for (const line of lines) {
      if (line.trim() === "") continue;
      const event = parsed(line, ++rows, source);
      const values = features.map((name) => event[name]);
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
      kept: labelColumn === undefined ? [] : [{ name: labelColumn, cells: events.map((event) => labelOf(event[labelColumn])) }],
      rowOf: (row) => places[row]!,
      events,
    };
  }
  return {
    ofEvents: true,
    async *blocks() {
      const decoder = new TextDecoder("utf-8", { fatal: false });
      let rest = "";
      for await (const piece of untilAborted(bytes, signal)) {
        const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
        rest = lines.pop()!;
        yield* block(lines);
      }
      yield* block([rest + decoder.decode()]);
      if (rows === 0) throw new MixturaError("read-error", `${source}: there are no rows. Expected one JSON object per line.`, { source });
    },
    dropped: () => dropped,
  };
}

/** Pieces of input until the work is aborted, even while it waits for the next one. */
async function* untilAborted(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(abortError(signal));
    signal.addEventListener("abort", () => reject(abortError(signal)), { once: true });
  });
  aborted.catch(() => undefined); // awaited below, if at all
  for (;;) {
    const step = await Promise.race([iterator.next(), aborted]);
    if (step.done === true) return;
    yield step.value;
  }
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
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Event;
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

function labelOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}

/** What is written of an event: all of it, or some of its fields, and what the detector says. */
export function judgedEvent(
  event: Event,
  row: number,
  { scores, outliers, pValues }: Judgement,
  reasons: Reasons | undefined,
  {
    names,
    keep,
    explainAll,
  }: { readonly names: readonly string[]; readonly keep: readonly string[] | undefined; readonly explainAll: boolean },
): Event {
  const kept = keep === undefined ? event : Object.fromEntries(keep.map((name) => [name, event[name]]));
  const at = reasons?.place.get(row);
  const outlier = outliers[row] === 1;
  const result: Record<string, unknown> = { ...kept };
  const add = (name: string, value: unknown): void => void (result[Object.hasOwn(kept, name) ? `detected_${name}` : name] = value);
  add("score", scores[row]!);
  add("outlier", outlier);
  if (pValues !== undefined) add("p_value", pValues[row]!);
  if (reasons === undefined || at === undefined) {
    add("reason", null);
    return result;
  }
  const { explanation } = reasons;
  const byFeature = ({ data }: Matrix): object => Object.fromEntries(names.map((name, j) => [name, data[at * names.length + j]]));
  add("reason", outlier ? reasonText(explanation, at, names, (j) => event[names[j]!] as number) : null);
  if (explainAll) {
    add("contributions", byFeature(explanation.contributions));
    if (explanation.expected !== undefined) add("expected", byFeature(explanation.expected));
  }
  return result;
}
