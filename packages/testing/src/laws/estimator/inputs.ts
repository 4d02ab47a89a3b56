import { requireSame } from "../../comparison.ts";
import { copyOf, rowsOf } from "./data-copy.ts";
import { answers } from "./model.ts";
import { fingerprint } from "./payload.ts";
import type { EstimatorLaw } from "./subject.ts";
import { createTally, requireSameText } from "./tally.ts";

const untouched: EstimatorLaw = {
  id: "inputs/untouched",
  needs: [],
  claim: "writes to none of its arguments: rows, weights, options and starts",
  async check(trial) {
    const tally = createTally("what belongs to the caller is the caller's");
    const { X, copy } = copyOf(trial.data);
    const kept = X.data.slice();
    const sampleWeight = Float64Array.from({ length: X.rows }, (_, row) => 1 + (row % 2));
    const context = Object.freeze(trial.capabilities.has("weights") ? { sampleWeight } : {});
    const keptWeight = sampleWeight.slice();
    for (const [index, start] of [() => ({}), ...trial.starts].entries()) {
      await tally.check(`a Matrix, start ${index}`, async () => {
        const options = start(copy);
        const before = JSON.stringify(options);
        const model = await trial.fit(Object.freeze(X), deeplyFrozen(options), context);
        await answers(model, X);
        requireSame(X.data, kept, "rows");
        requireSame(sampleWeight, keptWeight, "weights");
        requireSameText(JSON.stringify(options), before, "the options");
      });
    }
    await tally.check("frozen rows, frozen records", async () => {
      const records = rowsOf(X).map((row) => Object.fromEntries(row.map((value, j) => [`f${j}`, value])));
      for (const rows of [deeplyFrozen(rowsOf(X)), deeplyFrozen(records)]) await answers(await trial.fit(rows, {}, context), rows);
    });
    await tally.check("the caller's own list of options", () => {
      const options: Record<string, unknown> = {};
      trial.create(Object.freeze(options));
      if (Object.keys(options).length > 0) throw new Error("was filled in");
    });
    return tally.figure();
  },
};

const notKept: EstimatorLaw = {
  id: "inputs/not-kept",
  needs: [],
  claim: "is not changed by what the caller does to rows, weights, starts and answers afterwards",
  async check(trial) {
    const { X, copy } = copyOf(trial.data);
    const sampleWeight = Float64Array.from({ length: X.rows }, (_, row) => 1 + (row % 2));
    const options = trial.starts[0]!(copy);
    const model = await trial.fit(X, options, trial.capabilities.has("weights") ? { sampleWeight } : {});
    const rows = { ...X, data: X.data.slice() };
    const before = { text: fingerprint(model), answers: await answers(model, rows) };
    const kept = structuredClone(before.answers);
    X.data.fill(7);
    sampleWeight.fill(7);
    scribble(options);
    for (const values of Object.values(before.answers)) (values as number[]).fill(7);
    requireSameText(fingerprint(model), before.text, "the model's JSON");
    for (const [name, values] of Object.entries(await answers(model, rows))) requireSame(values, kept[name]!, name);
  },
};

/** Writes over every number of nested lists. */
function scribble(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  const holder = value as Record<string, unknown>;
  for (const [key, item] of Object.entries(holder)) {
    if (typeof item === "number" && (Array.isArray(value) || ArrayBuffer.isView(value))) holder[key] = 7;
    else scribble(item);
  }
}

/** Freezes a value and all that it holds, except typed arrays, which cannot be frozen. */
function deeplyFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  for (const item of Object.values(value)) deeplyFrozen(item);
  return Object.freeze(value);
}

/** Laws of what is handed in. */
export const inputLaws: readonly EstimatorLaw[] = [untouched, notKept];
