import type { Matrix } from "@mixtura/core";
import { breachOf, roundingsOff } from "../columns/breach.ts";
import type { KnownDependency } from "../columns/known.ts";
import type { Breach, Explanation } from "./explanation.ts";

/** An explanation with the dependencies that rows break. */
export function withBreaches(
  explanation: Explanation,
  { data, rows, columns }: Matrix,
  dependencies: readonly KnownDependency[],
): Explanation {
  if (dependencies.length === 0) return explanation;
  const breaches = Array.from({ length: rows }, (_, row) => breachesOf(dependencies, data, row * columns));
  return breaches.every(({ length }) => length === 0) ? explanation : Object.freeze({ ...explanation, breaches: Object.freeze(breaches) });
}

function breachesOf(dependencies: readonly KnownDependency[], data: Float64Array, at: number): readonly Breach[] {
  const broken = dependencies
    .map((dependency) => ({ dependency, off: roundingsOff(dependency, data, at) }))
    .filter(({ off }) => off > 0)
    .toSorted((a, b) => b.off - a.off);
  return Object.freeze(broken.map(({ dependency }) => Object.freeze({ feature: dependency.left, ...breachOf(dependency, data, at) })));
}
