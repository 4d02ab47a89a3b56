import type { AnyEstimatorPlugin, FieldReader, FittedModel, ModelJSON, ReviveContext } from "@mixtura/core";
import { loadModel, MixturaError, readModelHeads } from "@mixtura/core";
import { FittedGaussianMixture } from "@mixtura/mixture/score";
import type { DetectorFacts } from "./judgement.ts";

/** Reads a model of some type. */
export type Readers = Readonly<Record<string, (json: ModelJSON) => FittedModel>>;

/** The reader of Gaussian mixtures, which need no plugin. */
export const mixtureReaders: Readers = { GaussianMixture: (json) => FittedGaussianMixture.fromJSON(json) };

/**
 * Reads the model that a detector holds.
 *
 * @param context plugins for models of other packages
 * @param outer types that may not stand inside, so that a file cannot nest without end
 * @param readers further types that are read without a plugin
 */
export function reviveInner(
  reader: FieldReader,
  key: string,
  { featureCount }: DetectorFacts,
  context: ReviveContext | undefined,
  outer: readonly string[],
  readers: Readers = mixtureReaders,
): FittedModel {
  const field = reader.value(key);
  if (typeof field !== "object" || field === null) throw reader.fail(key, "a model");
  const heads = readModelHeads(field);
  if (outer.includes(heads.type)) throw reader.fail(key, `a model that is no ${heads.type}`);
  const own = Object.hasOwn(readers, heads.type) ? readers[heads.type] : undefined;
  const model = own === undefined ? loadForeign(heads, context?.plugins ?? [], Object.keys(readers)) : own(heads);
  if (model.featureCount !== featureCount) throw reader.fail(key, `a model of ${featureCount} features`);
  return model;
}

function loadForeign(heads: ModelJSON, plugins: readonly AnyEstimatorPlugin[], known: readonly string[]): FittedModel {
  if (plugins.some(({ type }) => type === heads.type)) return loadModel(heads, { plugins });
  throw new MixturaError(
    "unknown-model-type",
    `The detector holds a "${heads.type}" model. Give the plugin that reads it: load(json, { plugins }), or list it for loadModel beside this one.`,
    { type: heads.type, known: [...known, ...plugins.map(({ type }) => type)] },
  );
}
