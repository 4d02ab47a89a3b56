import type { FieldReader } from "@mixtura/core";

/** The features of a model, as its payload and its JSON hold them. */
export interface Features {
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
}

/** The field `features` of a model's JSON. */
export function featuresToJSON({ featureCount: count, featureNames: names }: Features): Record<string, unknown> {
  return { count, ...(names === undefined ? {} : { names }) };
}

/** Reads the field `features` from JSON that nobody vouches for. */
export function readFeatures(model: FieldReader): Features {
  const reader = model.object("features");
  const featureCount = reader.count("count", 1);
  if (!reader.has("names")) return { featureCount };
  const featureNames = reader.strings("names", featureCount);
  if (new Set(featureNames).size !== featureCount) throw reader.fail("names", "different names");
  return { featureCount, featureNames };
}
