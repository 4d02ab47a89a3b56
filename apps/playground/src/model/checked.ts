import { isMixturaError } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import type { DeclaredEstimator } from "./catalogue.ts";

/** Options as an estimator takes them, and those that it refuses. */
export interface CheckedOptions {
  readonly options: Readonly<Record<string, unknown>>;
  /** The library's sentence about each refused option, by its name. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Holds each option by itself against the estimator's declarations; defaults are not filled in. */
export function checkedOptions(plugin: DeclaredEstimator, given: Readonly<Record<string, unknown>>): CheckedOptions {
  const options: Record<string, unknown> = {};
  const refused = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const problem = problemOf(plugin, name, value);
    if (problem === undefined) options[name] = value;
    else refused.set(name, problem);
  }
  return { options, refused };
}

/** What is wrong with an option, in the library's own words. */
export function problemOf({ type, options }: DeclaredEstimator, name: string, value: unknown): string | undefined {
  // Without a declaration of that name, all of them: the sentence names the nearest.
  const declared = Object.hasOwn(options, name) ? { [name]: options[name]! } : options;
  try {
    checkOptions(type, declared, { [name]: value });
    return undefined;
  } catch (error) {
    if (isMixturaError(error)) return error.message;
    throw error;
  }
}
