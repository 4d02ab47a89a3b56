import type { FieldReader } from "./model-json.ts";

/** The features of a model, as what it is made of and its JSON hold them. */
export interface Features {
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
}

/**
 * The field `features` of a model's JSON.
 *
 * @example
 * ```ts run
 * featuresToJSON({ featureCount: 2, featureNames: ["a", "b"] })
 * // => { count: 2, names: ["a", "b"] }
 * ```
 */
export function featuresToJSON({ featureCount: count, featureNames: names }: Features): Record<string, unknown> {
  return { count, ...(names === undefined ? {} : { names }) };
}

/**
 * Reads the field `features` from untrusted JSON.
 *
 * @throws MixturaError `invalid-model`
 * @example
 * ```ts run
 * readFeatures(readObject({ features: { count: 2 } }))
 * // => { featureCount: 2 }
 * readFeatures(readObject({ features: { count: 2, names: ["a", "a"] } }))
 * // throws invalid-model
 * ```
 */
export function readFeatures(model: FieldReader): Features {
  const reader = model.object("features");
  const featureCount = reader.count("count", 1);
  if (!reader.has("names")) return { featureCount };
  const featureNames = reader.strings("names", featureCount);
  if (new Set(featureNames).size !== featureCount) throw reader.fail("names", "different names");
  return { featureCount, featureNames };
}
