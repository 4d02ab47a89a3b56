import type { FittedModel } from "@mixtura/core";

/** Fields that tell how and when a model came about rather than what it is. */
const CIRCUMSTANCES: ReadonlySet<string> = new Set(["elapsedMilliseconds", "names"]);

/** A model's JSON as text that is the same for the same fit: without the time it took and the names of the features. */
export function fingerprint(model: FittedModel): string {
  return JSON.stringify(model.toJSON(), (key, value: unknown) => (CIRCUMSTANCES.has(key) ? undefined : value));
}

/** The numbers of a model's own fields, each field flattened. Heads, features, trace and what is said about the training data are left out. */
export function parameters(model: FittedModel): Readonly<Record<string, readonly number[]>> {
  const {
    format: _format,
    version: _version,
    type: _type,
    features: _features,
    trace: _trace,
    training: _training,
    ...fields
  } = model.toJSON();
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, flatNumbers(value)]));
}

/** All numbers in a value, in order. */
export function flatNumbers(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(flatNumbers);
}
