import type { DeclaredEstimator } from "./catalogue.ts";
import { problemOf } from "./checked.ts";

/** Options that mean the same under another name. */
const TWINS: Readonly<Record<string, string>> = { nComponents: "nClusters", nClusters: "nComponents" };

/** What of one estimator's options another one takes, so that a number of clusters and a seed survive the change. */
export function optionsFor(plugin: DeclaredEstimator, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(options).flatMap(([name, value]): [string, unknown][] => {
    const known = [name, TWINS[name]].find((candidate): candidate is string => candidate !== undefined && candidate in plugin.options);
    return known === undefined || problemOf(plugin, known, value) !== undefined ? [] : [[known, value]];
  });
  return Object.fromEntries(kept);
}
