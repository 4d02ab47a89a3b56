// What came of a call: an answer without NaN, or an error of ours. All else is a finding.
import type { FittedModel } from "@mixtura/core";
import { isMixturaError, loadModel } from "@mixtura/core";
import type { Pool } from "./pool.ts";

/** What is wrong with the outcome of a call, or nothing. */
export async function finding(call: () => unknown, pool: Pool): Promise<string | undefined> {
  let answer: unknown;
  try {
    answer = await settled(call());
  } catch (error) {
    return isMixturaError(error) ? messageFinding(error.message) : `untyped ${described(error)}`;
  }
  const where = nanIn(answer, "answer", 0);
  if (where !== undefined) return `NaN at ${where}`;
  return isModel(answer) ? readBack(answer, pool) : undefined;
}

/** The end of a promise, or the first steps of a generator. */
async function settled(answer: unknown): Promise<unknown> {
  const value = await answer;
  if (typeof value !== "object" || value === null) return value;
  if (Symbol.asyncIterator in value || (Symbol.iterator in value && typeof (value as { next?: unknown }).next === "function")) {
    const steps: unknown[] = [];
    for await (const step of value as AsyncIterable<unknown>) {
      steps.push(step);
      if (steps.length > 3) break;
    }
    return steps;
  }
  return value;
}

function messageFinding(message: string): string | undefined {
  return message.length > 3000 ? `a message of ${message.length} characters: ${message.slice(0, 80)}` : undefined;
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return `throw of ${typeof error}`;
  const at = /\/(?:packages\/([\w-]+)|([\w-]+))\/dist\/([\w/.-]+):(\d+)/.exec(error.stack ?? "");
  return `${error.name}: ${error.message.slice(0, 120)}${at === null ? "" : ` (${at[1] ?? at[2]}/${at[3]}:${at[4]})`}`;
}

const MOST_ITEMS = 200;

function nanIn(value: unknown, place: string, depth: number): string | undefined {
  if (typeof value === "number") return Number.isNaN(value) ? place : undefined;
  if (typeof value !== "object" || value === null || depth > 5) return undefined;
  if (ArrayBuffer.isView(value)) {
    const at = value instanceof DataView ? -1 : Array.prototype.findIndex.call(value, (item) => Number.isNaN(item));
    return at === -1 ? undefined : `${place}[${at}]`;
  }
  for (const [key, item] of Object.entries(value).slice(0, MOST_ITEMS)) {
    const found = nanIn(item, `${place}.${key}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isModel(value: unknown): value is FittedModel {
  return typeof value === "object" && value !== null && "trace" in value && "toJSON" in value && typeof value.toJSON === "function";
}

/** What a fit or a method returns can be written down and read again. */
function readBack(model: FittedModel, { plugins }: Pool): string | undefined {
  const text = JSON.stringify(model);
  const where = nanIn(JSON.parse(text), "model", 0);
  if (where !== undefined) return `NaN at ${where}`;
  try {
    return JSON.stringify(loadModel(text, { plugins })) === text ? undefined : "the model that is read back is another one";
  } catch (error) {
    return `a model that is not read back: ${error instanceof Error ? error.message : String(error)}`;
  }
}
