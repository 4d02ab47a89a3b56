import type { FittedModel, ModelJSON, ReviveContext } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import type { Features, FieldReader } from "@mixtura/core/authoring";
import { show } from "@mixtura/core/authoring";
import { readModelHeads } from "@mixtura/core/internal";
import { mixtureReaders } from "@mixtura/mixture/internal/readers";
import { isScoringModel } from "./scoring.ts";

/** Reads a model of the types that it knows, and throws `unknown-model-type` for others. */
export type Reader = (json: ModelJSON) => FittedModel;

/** Reads Gaussian mixtures, which need no plugin. */
export function readMixture(json: ModelJSON): FittedModel {
  const reader = mixtureReaders.find(({ type }) => type === json.type);
  if (reader !== undefined) return reader.revive(json);
  throw new MixturaError("unknown-model-type", `The model is a ${show(json.type)}.`, {
    type: json.type,
    known: mixtureReaders.map(({ type }) => type),
  });
}

/**
 * Reads the model that a detector holds.
 *
 * @param own reads what needs no plugin
 * @param context plugins for models of other packages
 * @param outer types that may not stand inside, so that a file cannot nest without end
 */
export function reviveInner(
  reader: FieldReader,
  key: string,
  { featureCount }: Features,
  own: Reader,
  context: ReviveContext | undefined,
  outer: readonly string[],
): FittedModel {
  const field = reader.value(key);
  if (typeof field !== "object" || field === null) throw reader.fail(key, "a model");
  const heads = readModelHeads(field);
  if (outer.includes(heads.type)) throw reader.fail(key, `a model that is no ${heads.type}`);
  const model = readInner(heads, own, context);
  if (model.featureCount !== featureCount) throw reader.fail(key, `a model of ${featureCount} features`);
  if (!isScoringModel(model)) throw reader.fail(key, "a model that scores rows");
  return model;
}

function readInner(heads: ModelJSON, own: Reader, context: ReviveContext | undefined): FittedModel {
  const plugins = context?.plugins ?? [];
  try {
    return own(heads);
  } catch (error) {
    if (!isMixturaError(error, "unknown-model-type") || error.detail.type !== heads.type) throw error;
    const plugin = plugins.find(({ type }) => type === heads.type);
    if (plugin !== undefined) return plugin.revive(heads, { plugins });
    const known = [...error.detail.known, ...plugins.map(({ type }) => type)];
    const message = `The detector holds a ${show(heads.type)} model. Give the plugin that reads it: load(json, { plugins }), or list it for loadModel next to this one.`;
    throw new MixturaError("unknown-model-type", message, { type: heads.type, known }, { cause: error });
  }
}
