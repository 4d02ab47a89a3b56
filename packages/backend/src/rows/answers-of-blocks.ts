import type { BlockSource, Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { createPace } from "@mixtura/core/authoring";
import { readChunks } from "./block-rows.ts";

/** What a batch method answers: something for each row, or one number for all rows. */
export type BatchAnswer = Float64Array | Int32Array | Matrix | number;

/** How one number for all rows is made of those of its chunks: a mean over the weight of the rows, or a sum. */
export type NumberJoin = "mean" | "sum";

/** Who asks, and what a call may bring besides its data. */
export interface BlocksAsked {
  readonly caller: string;
  readonly signal: AbortSignal | undefined;
  readonly sampleWeight: ArrayLike<number> | undefined;
  readonly join: NumberJoin;
}

/**
 * The answer of a batch method about rows that come in blocks, chunk by chunk: what there is for each row in order, or one number for all.
 *
 * @param answer the answer about one chunk; the rows are gone when the next one is read
 * @throws (by rejection) MixturaError `invalid-weight` for weights beside blocks, which bring their own, `invalid-shape` where there are no rows,
 *   `read-error`, and what `answer` rejects with
 * @remarks Holds one chunk and the answers.
 */
export async function answersOfBlocks<Answer extends BatchAnswer>(
  source: BlockSource,
  { caller, signal, sampleWeight, join }: BlocksAsked,
  answer: (rows: Matrix, weights: Float64Array | undefined) => Promise<Answer>,
): Promise<Answer> {
  if (sampleWeight !== undefined) {
    const message = `${caller}: data in blocks brings its own weights; give each block a sampleWeight instead of the call.`;
    throw new MixturaError("invalid-weight", message, { found: "context.sampleWeight" });
  }
  const answers: Answer[] = [];
  const masses: number[] = [];
  for await (const { host, weights } of readChunks(source, createPace(signal), caller)) {
    const mass = weights === undefined ? host.rows : weights.reduce((sum, weight) => sum + weight, 0);
    answers.push(await answer(host, weights));
    masses.push(mass);
  }
  if (answers.length === 0)
    throw new MixturaError("invalid-shape", `${caller}: the source gave no rows.`, { expected: "at least 1 row", found: "0 rows" });
  return joined(answers, masses, join);
}

function joined<Answer extends BatchAnswer>(answers: readonly Answer[], masses: readonly number[], join: NumberJoin): Answer {
  const [first] = answers;
  if (typeof first === "number") return joinedNumbers(answers as readonly number[], masses, join) as Answer;
  if (first instanceof Float64Array) return joinedLists(answers as readonly Float64Array[], (length) => new Float64Array(length)) as Answer;
  if (first instanceof Int32Array) return joinedLists(answers as readonly Int32Array[], (length) => new Int32Array(length)) as Answer;
  const parts = answers as readonly Matrix[];
  const { columns, featureNames } = parts[0]!;
  const data = joinedLists(
    parts.map((part) => part.data),
    (length) => new Float64Array(length),
  );
  return matrix(data, data.length / columns, columns, featureNames) as Answer;
}

function joinedNumbers(values: readonly number[], masses: readonly number[], join: NumberJoin): number {
  if (join === "sum") return values.reduce((sum, value) => sum + value, 0);
  const mass = masses.reduce((sum, value) => sum + value, 0);
  return values.reduce((sum, value, at) => sum + value * masses[at]!, 0) / mass;
}

function joinedLists<List extends Float64Array | Int32Array>(parts: readonly List[], make: (length: number) => List): List {
  const out = make(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
