// Sample weights from 1e-200 to 1e200, rows of weight 0 as far away as doubles go, and data of every size, over every estimator of the registry. A fit
// is refused by an error of ours, or its model is one: no NaN, weights of sum 1, and what was saved is read back to the bit.
import { isDeepStrictEqual } from "node:util";
import type { FittedModel } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { loadModel } from "mixtura";
import { expect, it } from "vitest";
import { answersOf, impossible } from "../src/answers.ts";
import { trials } from "../src/effort.ts";
import { subjects } from "../src/subjects.ts";

const shapes = ["normal", "two groups", "integers", "few values", "a constant feature", "twice the same feature", "one far row"] as const;
const weightings = ["none", "equal", "of every size", "zero for far rows", "one outweighs all", "frequencies"] as const;

const problems = fc.record({
  subject: fc.nat({ max: subjects.length - 1 }),
  shape: fc.constantFrom(...shapes),
  weighting: fc.constantFrom(...weightings),
  rows: fc.integer({ min: 6, max: 40 }),
  features: fc.integer({ min: 1, max: 3 }),
  /** Powers of ten of all weights, and of two of the data. */
  weightPower: fc.oneof(fc.constant(0), fc.integer({ min: -200, max: 200 })),
  scalePower: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    fc.integer({ min: -300, max: 300 }),
    fc.integer({ min: -1074, max: 1000 }),
  ),
  offset: fc.constantFrom(0, 0, 1e6, -1e12),
  seed: fc.nat({ max: 1e6 }),
});

type Problem = typeof problems extends fc.Arbitrary<infer Value> ? Value : never;

function dataOf({ shape, weighting, rows, features, weightPower, scalePower, offset, seed }: Problem): {
  X: number[][];
  sampleWeight: number[] | undefined;
} {
  const random = createRandom(seed);
  const scale = 2 ** scalePower;
  const X = Array.from({ length: rows }, (_, i) => {
    const row = Array.from({ length: features }, () => random.normal());
    if (shape === "two groups" && i % 2 === 1) row[0]! += 12;
    if (shape === "integers" || shape === "few values") row.forEach((x, j) => (row[j] = Math.round((shape === "integers" ? 10 : 1) * x)));
    if (shape === "a constant feature") row[features - 1] = 3;
    if (shape === "twice the same feature") row[features - 1] = row[0]!;
    if (shape === "one far row" && i === 0) row[0] = 1e9;
    return row.map((x) => (x + offset) * scale);
  });
  const unit = 10 ** weightPower;
  if (weighting === "none") return { X, sampleWeight: undefined };
  const sampleWeight = X.map((_, i) => {
    if (weighting === "of every size") return 10 ** Math.round(400 * random.uniform() - 200);
    if (weighting === "zero for far rows") return i % 3 === 1 ? 0 : unit;
    if (weighting === "one outweighs all") return i === 2 ? unit : unit * 1e-30;
    return weighting === "frequencies" ? random.integer(4) * unit : unit;
  });
  if (weighting === "zero for far rows")
    X.forEach(
      (row, i) =>
        sampleWeight[i] === 0 && row.forEach((_, j) => (row[j] = (i % 2 === 0 ? -1 : 1) * [1e77, 1e200, 1.7e308][Math.floor(i / 3) % 3]!)),
    );
  return { X, sampleWeight };
}

/** A fit's model, or the code by which it was refused. */
async function fitted(problem: Problem): Promise<FittedModel | string> {
  const { plugin, options } = subjects[problem.subject]!;
  const { X, sampleWeight } = dataOf(problem);
  try {
    return await plugin.create(options).fit(X, sampleWeight === undefined ? {} : { sampleWeight });
  } catch (error) {
    if (isMixturaError(error)) return error.code;
    throw error;
  }
}

/** Codes that say something of the data or its weights; others would blame the caller for what is not theirs. */
const due = ["not-finite", "invalid-weight", "too-few-rows", "no-sound-candidate", "not-supported"];

/** What is wrong with what a problem leads to. */
async function complaint(problem: Problem): Promise<string | undefined> {
  const model = await fitted(problem);
  if (typeof model === "string") return due.includes(model) ? undefined : `refused with ${model}`;
  const { X } = dataOf(problem);
  const answers = await answersOf(model, X);
  const wrong = impossible(answers);
  if (wrong !== undefined) return wrong;
  const text = JSON.stringify(model);
  const read = loadModel(text);
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(read)), JSON.parse(text))) return "the model that is read back is another one";
  if (!isDeepStrictEqual(await answersOf(read, X), answers)) return "the model that is read back answers otherwise";
  return undefined;
}

it("weights and scales of every size are refused or fitted: no NaN, and what is saved is read back to the bit", async () => {
  await fc.assert(
    fc.asyncProperty(problems, async (problem) => {
      expect(await complaint(problem), subjects[problem.subject]!.name).toBeUndefined();
    }),
    trials(400),
  );
});
