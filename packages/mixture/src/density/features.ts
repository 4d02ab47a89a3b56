import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { nearest } from "@mixtura/core/internal";
import type { Parameters } from "./parameters.ts";

/** A feature, by its name or its index from 0. */
export type Feature = number | string;

/** Numbers for some features: by name, or by index where the features have no names. */
export type FeatureValues = Readonly<Record<string, number>>;

/** The name of a feature in texts. */
export function nameOf({ names }: Pick<Parameters, "names">, index: number): string {
  return names?.[index] ?? `feature ${index}`;
}

/**
 * The index of a feature.
 *
 * @throws MixturaError `feature-mismatch`
 */
export function featureIndex({ names, features }: Pick<Parameters, "names" | "features">, given: unknown, caller: string): number {
  if (typeof given === "number" && Number.isInteger(given) && given >= 0 && given < features) return given;
  if (typeof given === "string") {
    const index = names === undefined ? (/^(0|[1-9]\d*)$/.test(given) ? Number(given) : -1) : names.indexOf(given);
    if (index >= 0 && index < features) return index;
  }
  const near = typeof given === "string" && names !== undefined ? nearest(given, names) : undefined;
  const hint = near === undefined ? `It has ${names?.join(", ") ?? `the features 0 to ${features - 1}`}.` : `Did you mean ${show(near)}?`;
  throw new MixturaError("feature-mismatch", `${caller}: the model has no feature ${show(given)}. ${hint}`, {
    expected: names ?? features,
    found: [typeof given === "string" ? given : show(given)],
  });
}

/**
 * The indices of a list of different features, in the order given.
 *
 * @throws MixturaError `invalid-option` for none or the same twice, `feature-mismatch`
 */
export function featureIndices(parameters: Parameters, given: Feature | readonly Feature[], option: string, caller: string): number[] {
  const list = Array.isArray(given) ? (given as readonly Feature[]) : [given as Feature];
  const indices = list.map((feature) => featureIndex(parameters, feature, caller));
  if (indices.length > 0 && new Set(indices).size === indices.length) return indices;
  const found = indices.length === 0 ? "none" : "one of them twice";
  throw new MixturaError("invalid-option", `${caller}: "${option}" must be one or more different features, found ${found}.`, {
    option,
    found: given,
  });
}

/** The features that are not in a list, in the model's order. */
export function otherFeatures({ features }: Parameters, indices: readonly number[]): number[] {
  const listed = new Set(indices);
  return Array.from({ length: features }, (_, j) => j).filter((j) => !listed.has(j));
}

/** The names of some features, where features have names. */
export function namesOf({ names }: Parameters, indices: readonly number[]): readonly string[] | undefined {
  return names === undefined ? undefined : indices.map((index) => names[index]!);
}
