import type { BlockSource, Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { createPace } from "@mixtura/core/authoring";
import { checkTotalWeight, joinedLists, joinedValues } from "@mixtura/core/internal";
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
 * @throws (by rejection) MixturaError `invalid-weight` for weights beside blocks, which bring their own, or for weights in the
 *   blocks whose sum is 0 where the answer is a number, `invalid-shape` where there are no rows, `read-error`, and what `answer` rejects with
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
    // Rows of no weight still have answers of their own, which no weight changes; a number about them alone does not count.
    answers.push(await answer(host, mass === 0 ? undefined : weights));
    masses.push(mass);
  }
  if (answers.length === 0)
    throw new MixturaError("invalid-shape", `${caller}: the source gave no rows.`, { expected: "at least 1 row", found: "0 rows" });
  const [first] = answers;
  if (typeof first !== "number") return joinedRows(answers) as Answer;
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  checkTotalWeight(total, caller);
  return joinedNumbers(answers as readonly number[], masses, total, join) as Answer;
}

function joinedNumbers(values: readonly number[], masses: readonly number[], total: number, join: NumberJoin): number {
  let sum = 0;
  for (const [at, value] of values.entries()) {
    const mass = masses[at]!;
    if (mass > 0) sum += join === "sum" ? value : value * mass;
  }
  return join === "sum" ? sum : sum / total;
}

function joinedRows(answers: readonly BatchAnswer[]): BatchAnswer {
  const [first] = answers;
  if (first instanceof Float64Array) return joinedValues(answers as readonly Float64Array[]);
  if (first instanceof Int32Array) return joinedLists(answers as readonly Int32Array[], (length) => new Int32Array(length));
  const parts = answers as readonly Matrix[];
  const { columns, featureNames } = parts[0]!;
  const data = joinedValues(parts.map((part) => part.data));
  return matrix(data, data.length / columns, columns, featureNames);
}
