import type { ErrorCode, FitContext, Matrix } from "@mixtura/core";
import { copyOf, rowsOf } from "./data-copy.ts";
import { batchMethods, method } from "./model.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";
import { createTally, errorOf, requireCode } from "./tally.ts";

const REFUSAL = "bad input is rejected with an error code, before any work";

const fitRows: EstimatorLaw = {
  id: "bad-input/rows",
  needs: ["whole-contract"],
  claim: "rejects bad rows with our error code, before any work",
  async check(trial) {
    const tally = createTally(REFUSAL);
    for (const [name, X, code] of badRows(trial.data)) await tally.check(name, () => requireRefusal(trial, X, code));
    return tally.figure();
  },
};

const tooFew: EstimatorLaw = {
  id: "bad-input/too-few-rows",
  needs: ["whole-contract", "minimum-rows"],
  claim: "rejects fewer rows than it needs, also where the others have weight zero",
  async check(trial) {
    const tally = createTally(REFUSAL);
    const few = rowsOf(trial.data).slice(0, trial.minimumRows - 1);
    await tally.check(`${few.length} rows`, () => requireRefusal(trial, few, "too-few-rows"));
    if (!trial.capabilities.has("weights")) return tally.figure();
    const sampleWeight = Array.from({ length: trial.data.rows }, (_, row) => Number(row < few.length));
    await tally.check(`${few.length} rows of positive weight`, () => requireRefusal(trial, trial.data, "too-few-rows", { sampleWeight }));
    return tally.figure();
  },
};

const weights: EstimatorLaw = {
  id: "bad-input/weights",
  needs: ["whole-contract", "weights"],
  claim: "rejects weights that are negative, not finite, all zero, too few, too many or not a list",
  async check(trial) {
    const tally = createTally(REFUSAL);
    const n = trial.data.rows;
    const sound = Array.from({ length: n }, () => 1);
    const bad: Readonly<Record<string, unknown>> = {
      negative: sound.with(3, -1),
      NaN: sound.with(3, Number.NaN),
      Infinity: sound.with(3, Infinity),
      "all zero": sound.map(() => 0),
      "one too few": sound.slice(1),
      "one too many": [...sound, 1],
      empty: [],
      null: null,
      "a number": 1,
      "a text": "1".repeat(n),
      "a list of texts": sound.map(() => "1"),
      "a list with a hole": sound.with(3, undefined as never),
    };
    for (const [name, sampleWeight] of Object.entries(bad)) {
      await tally.check(name, () => requireRefusal(trial, trial.data, "invalid-weight", { sampleWeight } as FitContext));
    }
    return tally.figure();
  },
};

const misplaced: EstimatorLaw = {
  id: "bad-input/misplaced-weights",
  needs: ["whole-contract", "weights"],
  claim: "rejects weights that it would ignore: without an object around them, or under a name close to sampleWeight",
  async check(trial) {
    const tally = createTally(REFUSAL);
    const list = Array.from({ length: trial.data.rows }, () => 1);
    const bad: Readonly<Record<string, unknown>> = {
      "a list": list,
      "a Float64Array": Float64Array.from(list),
      sampleWeights: { sampleWeights: list },
      sample_weight: { sample_weight: list },
      weights: { weights: list },
    };
    for (const [what, context] of Object.entries(bad)) {
      const call = (): Promise<unknown> => trial.fit(trial.data, {}, context as FitContext);
      await tally.check(what, async () => requireCode(await errorOf(call), "unknown-option"));
    }
    return tally.figure();
  },
};

const answerRows: EstimatorLaw = {
  id: "bad-input/answers",
  needs: ["whole-contract"],
  claim: "rejects rows of another width, with other names or not finite in every method, and finds named features in any order",
  async check(trial) {
    const tally = createTally(REFUSAL);
    const { X } = copyOf(trial.data);
    const names = Array.from({ length: X.columns }, (_, j) => `f${j}`);
    const record = (row: readonly number[], prefix: string): Record<string, number> =>
      Object.fromEntries(row.map((value, j) => [`${prefix}${j}`, value]));
    const rows = rowsOf(X).slice(0, 5);
    const model = await trial.fit({ ...X, featureNames: names });
    const refused: readonly (readonly [string, unknown, ErrorCode])[] = [
      ["one column too many", rows.map((row) => [...row, 1]), "feature-mismatch"],
      ["records without a feature", rows.map((row) => ({ ...record(row.slice(1), "g"), other: 1 })), "feature-mismatch"],
      ...badRows({ ...X, data: X.data.slice(0, 5 * X.columns), rows: 5 }).filter(([name]) => name !== "records of different fields"),
    ];
    for (const name of batchMethods(model)) {
      const ask = model[name] as (X: unknown) => Promise<unknown>;
      for (const [what, given, code] of refused) {
        await tally.check(`${name}: ${what}`, async () => requireCode(await errorOf(() => ask.call(model, given)), code));
      }
      await tally.check(`${name}: named features in another order, among others`, async () => {
        const [found, right] = await Promise.all([
          ask.call(
            model,
            rows.map((row) => Object.fromEntries([["other", 7], ...Object.entries(record(row, "f")).toReversed()])),
          ),
          ask.call(
            model,
            rows.map((row) => record(row, "f")),
          ),
        ]);
        if (JSON.stringify(found) !== JSON.stringify(right)) throw new Error("gives another answer");
      });
    }
    return tally.figure();
  },
};

const onePoint: EstimatorLaw = {
  id: "bad-input/one-point",
  needs: ["host"],
  claim: "rejects a point that is not one finite number per feature, even where arithmetic could convert it",
  async check(trial) {
    const tally = createTally(REFUSAL);
    const { X } = copyOf(trial.data);
    const model = await trial.fit(X);
    const { point } = model;
    if (point === undefined) return;
    const componentCount = trial.capabilities.has("soft-clustering") ? (await method(model, "predictProba")(X)).columns : 0;
    const sound = rowsOf(X)[0]!;
    const refused: readonly (readonly [what: string, x: unknown, code: ErrorCode])[] = [
      ["NaN", sound.with(0, Number.NaN), "not-finite"],
      ["Infinity", sound.with(-1, Infinity), "not-finite"],
      ["−Infinity", sound.with(-1, -Infinity), "not-finite"],
      ["null, which JSON makes of NaN", sound.with(0, null as never), "not-finite"],
      ["a text", sound.with(0, "3" as never), "not-finite"],
      ["a flag", sound.with(0, true as never), "not-finite"],
      ["a hole", sound.with(0, undefined as never), "not-finite"],
      ["one number too few", sound.slice(1), "invalid-shape"],
      ["one number too many", [...sound, 1], "invalid-shape"],
      ["a record", Object.fromEntries(sound.map((value, j) => [`f${j}`, value])), "invalid-shape"],
      ["a number", sound[0], "invalid-shape"],
      ["null", null, "invalid-shape"],
      ["nothing", undefined, "invalid-shape"],
    ];
    for (const [name, ask] of Object.entries(point)) {
      const out = new Float64Array(name === "responsibilities" ? componentCount : 1);
      const call = async (x: unknown): Promise<unknown> => (ask as (x: unknown, out: Float64Array) => unknown)(x, out);
      for (const [what, x, code] of refused)
        await tally.check(`${name}: ${what}`, async () => requireCode(await errorOf(() => call(x)), code));
    }
    return tally.figure();
  },
};

/** Rows that nothing can be fitted on, and the code that says so. */
function badRows(data: Matrix): readonly (readonly [name: string, X: unknown, code: ErrorCode])[] {
  const rows = rowsOf(data);
  const withCell = (value: unknown): unknown => rows.map((row, i) => (i === 2 ? [value, ...row.slice(1)] : row));
  const record = (row: readonly number[]): Record<string, unknown> => Object.fromEntries(row.map((value, j) => [`f${j}`, value]));
  return [
    ["NaN", withCell(Number.NaN), "not-finite"],
    ["Infinity", withCell(Infinity), "not-finite"],
    ["−Infinity", withCell(-Infinity), "not-finite"],
    ["NaN in a Matrix", { ...data, data: data.data.with(3, Number.NaN) }, "not-finite"],
    ["a text cell", withCell("3"), "not-finite"],
    ["an empty cell", withCell(null), "not-finite"],
    ["a bigint cell", withCell(3n), "not-finite"],
    ["a date cell", withCell(new Date(0)), "not-finite"],
    ["a text cell of a getter matrix", { rows: 3, columns: data.columns, get: () => "3" }, "not-finite"],
    ["a text cell of a record", rows.map((row, i) => (i === 2 ? { ...record(row), f0: "3" } : record(row))), "not-finite"],
    ["ragged rows", rows.map((row, i) => (i === 2 ? [...row, 1] : row)), "invalid-shape"],
    ["an absent row", rows.map((row, i) => (i === 2 ? undefined : row)), "invalid-shape"],
    ["a row that is a text", rows.map((row, i) => (i === 2 ? "12" : row)), "invalid-shape"],
    ["records of different fields", rows.map((row, i) => (i === 2 ? { ...record(row), extra: 1 } : record(row))), "feature-mismatch"],
    ["no rows", [], "invalid-shape"],
    ["a Matrix of no rows", { data: new Float64Array(0), rows: 0, columns: data.columns }, "invalid-shape"],
    ["no columns", rows.map(() => []), "invalid-shape"],
    ["a flat list of numbers", [...data.data], "invalid-shape"],
    ["a Matrix that holds fewer numbers than it says", { ...data, rows: data.rows + 1 }, "invalid-shape"],
    ["a text", "1,2\n3,4", "invalid-shape"],
    ["a number", 3, "invalid-shape"],
    ["null", null, "invalid-shape"],
    ["nothing", undefined, "invalid-shape"],
    ["a function", () => rows, "invalid-shape"],
    ["an empty object", {}, "invalid-shape"],
  ];
}

/** Throws unless a fit rejects with the code and without a sign of work. */
async function requireRefusal(trial: EstimatorUnderTest, X: unknown, code: ErrorCode, context: FitContext = {}): Promise<void> {
  let events = 0;
  const outcome = await errorOf(() => trial.fit(X as Matrix, {}, { ...context, onProgress: () => events++ }));
  requireCode(outcome, code);
  if (events > 0) throw new Error(`${events} progress events came before the refusal`);
}

/** Laws of bad data and weights. */
export const badRowLaws: readonly EstimatorLaw[] = [fitRows, tooFew, weights, misplaced, answerRows, onePoint];
