// Saved models that were damaged, of every type and of selections: refused by an error of ours, or read, and then a model like any other.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { FittedModel } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { loadModel, selectMixture } from "mixtura";
import { expect, it } from "vitest";
import { answersOf, impossible } from "../src/answers.ts";
import { trials } from "../src/effort.ts";
import { damaged } from "../src/mutations.ts";
import { subjects } from "../src/subjects.ts";

const random = createRandom(8);
const X = Array.from({ length: 24 }, (_, i) => [random.normal() + (i % 2) * 6, random.normal()]);
const sampleWeight = X.map((_, i) => 1 + (i % 3));
/** Near the rows of the fit, and far. */
const asked = [...X.slice(0, 4), [0, 0], [1e6, -1e6], [1e300, 0]];

const folder = join(import.meta.dirname, "..", "..", "models-v1");
const older = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as object);

async function saved(): Promise<object[]> {
  const models: object[] = [];
  for (const { plugin, options } of subjects) {
    const isWeighted = plugin.capabilities.includes("weights");
    const data = { data: Float64Array.from(X.flat()), rows: X.length, columns: 2, featureNames: ["a", "b"] };
    models.push(JSON.parse(JSON.stringify(await plugin.create(options).fit(data, isWeighted ? { sampleWeight } : {}))) as object);
  }
  return [...models, ...older];
}

const models = await saved();

/** What is wrong with what becomes of some JSON. */
async function complaint(json: object): Promise<string | undefined> {
  let model: FittedModel;
  try {
    model = loadModel(json);
  } catch (error) {
    return isMixturaError(error) ? undefined : `refused with ${String(error)}`;
  }
  const rows = asked.map((row) => Array.from({ length: model.featureCount }, (_, j) => row[j % 2]!));
  const answers = await answersOf(model, rows);
  const wrong = impossible(answers);
  if (wrong !== undefined) return wrong;
  const text = JSON.stringify(model);
  const again = loadModel(text);
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(again)), JSON.parse(text))) return "read back, it is another model";
  return isDeepStrictEqual(await answersOf(again, rows), answers) ? undefined : "read back, it answers otherwise";
}

it("a damaged model of any type is refused, or answers without NaN and is read back to the bit", async () => {
  const cases = fc.record({ model: fc.nat({ max: models.length - 1 }), seed: fc.nat({ max: 2 ** 31 }) });
  await fc.assert(
    fc.asyncProperty(cases, async ({ model, seed }) => {
      expect(await complaint(damaged(models[model]!, models, seed))).toBeUndefined();
    }),
    trials(1500),
  );
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

it("a damaged selection is refused, or gone on with to criteria that are numbers", async () => {
  const options = { nComponents: [1, 2], covarianceType: ["full", "diag"], randomState: 3, maxIter: 20 } as const;
  const whole = JSON.parse(JSON.stringify(await selectMixture(X, options))) as object;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 2 ** 31 }), async (seed) => {
      try {
        const { candidates, best } = await selectMixture(X, options, { resume: damaged(whole, [whole], seed) });
        expect(impossible({ candidates: candidates.map((candidate) => ({ ...candidate, model: undefined })) })).toBeUndefined();
        expect(impossible(await answersOf(best, asked))).toBeUndefined();
      } catch (error) {
        if (!isMixturaError(error)) throw error;
      }
    }),
    trials(150),
  );
});
