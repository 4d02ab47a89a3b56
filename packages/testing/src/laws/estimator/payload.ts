import type { FittedModel, ModelJSON } from "@mixtura/core";
import { MODEL_FORMAT } from "@mixtura/core/internal";

/** Fields about how and when a model was fitted, rather than its parameters. */
const CIRCUMSTANCES: ReadonlySet<string> = new Set(["elapsedMilliseconds", "names", "provenance"]);

/** A model's JSON as text that is the same for the same fit: without the time it took and the names of the features. */
export function fingerprint(model: FittedModel): string {
  return JSON.stringify(model.toJSON(), (key, value: unknown) => (CIRCUMSTANCES.has(key) ? undefined : value));
}

/**
 * The numbers of a model's own fields, each field flattened. Heads, features, trace and what is said about the training data are left out, of the
 * model and of any model that it holds.
 */
export function parameters(model: FittedModel): Readonly<Record<string, readonly number[]>> {
  const fields = Object.entries(ownFields(model.toJSON()));
  return Object.fromEntries(fields.map(([name, value]) => [name, flatNumbers(value)]));
}

/** What of a model's JSON is its own, a model in it reduced to what is its. */
function ownFields({
  format: _f,
  version: _v,
  type: _t,
  features: _n,
  trace: _trace,
  training: _training,
  provenance: _provenance,
  ...fields
}: ModelJSON): object {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isModelJSON(value) ? ownFields(value) : value]));
}

function isModelJSON(value: unknown): value is ModelJSON {
  return typeof value === "object" && value !== null && "format" in value && value.format === MODEL_FORMAT;
}

/** All numbers in a value, in order. */
export function flatNumbers(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(flatNumbers);
}
