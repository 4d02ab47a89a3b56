import type { FittedModel, ModelJSON } from "@mixtura/core";
import { isMixturaError, loadModel } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { MODEL_VERSION } from "@mixtura/core/internal";
import { startProcessorTime } from "../../work-watch.ts";
import { copyOf } from "./data-copy.ts";
import { answers } from "./model.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";
import { createTally, describeOutcome, requireCode } from "./tally.ts";

/** The path of a value in a model's JSON. */
type Path = readonly (string | number)[];

/** Heads of every model: without them nothing can be read. */
const HEADS = ["format", "version", "type"];

const damaged: EstimatorLaw = {
  id: "json/damaged",
  needs: ["whole-contract"],
  claim: "rejects a model with missing fields or fields of the wrong type, or reads a model that answers without NaN",
  async check(trial) {
    const tally = createTally("an untrusted file must do no harm");
    const { X } = copyOf(trial.data);
    const json = (await trial.fit({ ...X, featureNames: Array.from({ length: X.columns }, (_, j) => `f${j}`) })).toJSON();
    for (const path of pathsOf(json)) {
      const name = path.join(".");
      const value = at(json, path);
      await tally.check(`without ${name}`, () => rejectsOrAnswers(trial, edited(json, path, undefined), HEADS.includes(name)));
      for (const other of wrongTypes(value)) {
        // A diagnostic's detail and the options of a provenance are free-form: any value of any type is allowed there.
        await tally.check(`${name} = ${JSON.stringify(other)}`, () =>
          rejectsOrAnswers(trial, edited(json, path, other), !isFreeForm(path)),
        );
      }
      for (const other of otherSizes(value)) {
        await tally.check(`${name} = ${String(other).slice(0, 40)}`, () => rejectsOrAnswers(trial, edited(json, path, other), false));
      }
    }
    return tally.figure();
  },
};

const hostile: EstimatorLaw = {
  id: "json/hostile",
  needs: ["whole-contract"],
  claim: "rejects what is not a model of its type, quickly, and leaves prototypes unchanged",
  async check(trial) {
    const tally = createTally("an untrusted file must do no harm");
    const { plugin } = trial;
    const json = (await trial.fit(copyOf(trial.data).X)).toJSON();
    const expectCode = (name: string, given: unknown, code: string): Promise<void> =>
      tally.check(name, () => {
        const spent = startProcessorTime();
        requireCode(
          thrownBy(() => loadModel(given, { plugins: [plugin] })),
          code,
        );
        requireAtOnce(spent());
      });
    await expectCode("a newer version", { ...json, version: MODEL_VERSION + 1 }, "unsupported-version");
    await expectCode("a version from far ahead", { ...json, version: 1e300 }, "unsupported-version");
    await expectCode("another type", { ...json, type: "Nonsense" }, "unknown-model-type");
    await expectCode("another format", { ...json, format: "tar" }, "invalid-model");
    for (const given of ["", "{", "[]", "null", "3", "{}", `${"[".repeat(10_000)}${"]".repeat(10_000)}`])
      await expectCode(`the text ${given.slice(0, 9)}`, given, "invalid-model");
    for (const given of [undefined, null, 3, true, [], {}, () => json, new Map()])
      await expectCode(`the value ${show(given)}`, given, "invalid-model");
    await expectCode("inherited fields", Object.create(json) as unknown, "invalid-model");
    await expectCode("fields of __proto__", JSON.parse(`{"__proto__": ${JSON.stringify(json)}}`), "invalid-model");
    await tally.check("revive of another type", () =>
      requireCode(
        thrownBy(() => plugin.revive({ ...json, type: "Nonsense" })),
        "invalid-model",
      ),
    );
    await tally.check("prototype pollution", async () => {
      const poison = '"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}';
      const text = JSON.stringify(json).replaceAll("{", `{${poison}, `).replaceAll(", }", "}");
      const error = thrownBy(() => loadModel(text, { plugins: [plugin] }));
      if (error !== undefined && !isMixturaError(error)) throw new Error(describeOutcome(error));
      if ("polluted" in {}) throw new Error("Object.prototype was written to");
    });
    return tally.figure();
  },
};

/** Paths of all fields; of a list, its first and last item only. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys: (string | number)[] = Array.isArray(value)
    ? [...new Set([0, value.length - 1])].filter((index) => index in value)
    : Object.keys(value);
  const inner = keys.flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function isFreeForm(path: Path): boolean {
  return path.includes("detail") || path.slice(0, -1).includes("options");
}

function at(json: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as Record<string | number, unknown>)[key], json);
}

/** A copy with one value replaced, or taken out where the replacement is `undefined`. */
function edited(json: ModelJSON, path: Path, replacement: unknown): ModelJSON {
  const copy = structuredClone(json);
  const holder = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1)!;
  if (replacement !== undefined) holder[key] = replacement;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return copy;
}

/** Values of every type but the value's own. */
function wrongTypes(value: unknown): unknown[] {
  const kind = Array.isArray(value) ? "list" : typeof value;
  const samples: Readonly<Record<string, unknown>> = { number: 7, string: "text", boolean: true, list: [1], object: { count: 1 } };
  return [null, ...Object.entries(samples).flatMap(([name, sample]) => (name === kind ? [] : [sample]))];
}

/** Values of the same type that may be out of range, of another length, or that JSON cannot even hold. */
function otherSizes(value: unknown): unknown[] {
  if (typeof value === "number") return [-1, 0, 0.5, 2 ** 31 - 1, 2 ** 53, 1e300, -1e300, Number.NaN, Infinity];
  if (typeof value === "string") return ["", "x".repeat(100_000), "__proto__"];
  if (Array.isArray(value))
    return [[], [...(value as unknown[]), ...(value as unknown[])], Array.from({ length: 100_000 }, () => value[0] as unknown)];
  return [];
}

/** Either our error, or a model whose answers hold no NaN; the error alone, where that is due. */
async function rejectsOrAnswers({ plugin, data }: EstimatorUnderTest, json: ModelJSON, mustReject: boolean): Promise<void> {
  let model: FittedModel | undefined;
  const spent = startProcessorTime();
  const error = thrownBy(() => (model = plugin.revive(json)));
  requireAtOnce(spent());
  if (model === undefined) return requireCode(error, "invalid-model", "unsupported-version", "unknown-model-type");
  if (mustReject) throw new Error("was read as a model");
  let found: Awaited<ReturnType<typeof answers>> = {};
  try {
    found = await answers(model, { ...data, data: data.data.slice(0, 20 * data.columns), rows: Math.min(20, data.rows) });
  } catch (failure) {
    if (!isMixturaError(failure)) throw failure;
  }
  for (const [name, values] of Object.entries(found)) if (Array.from(values).some(Number.isNaN)) throw new Error(`${name} holds NaN`);
}

/** A second is far more than any of these texts needs, and far less than what a length in it could make a reader do. */
function requireAtOnce(milliseconds: number): void {
  if (milliseconds > 1000) throw new Error(`took ${milliseconds} ms of processor time`);
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Laws of a model's JSON that somebody tampered with. */
export const tamperLaws: readonly EstimatorLaw[] = [damaged, hostile];
