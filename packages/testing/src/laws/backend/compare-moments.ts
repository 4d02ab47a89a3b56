import type { Moments } from "@mixtura/backend";
import type { Comparison } from "../../comparison.ts";
import { requireSame } from "../../comparison.ts";
import type { NaiveMoments } from "../../naive/moments.ts";

/** Fraction of the total that is added to the scale of a component's sums: a responsibility of 1e-40 need not survive in float32. */
const EASE = 1e-6;

/** Adds every number of `found` to a comparison, relative to the sum of its terms' absolute values. Counts must be right exactly. */
export function compareMoments(comparison: Comparison, found: Moments, right: Moments, scale: NaiveMoments["scale"], where: string): void {
  const exact: (keyof Moments)[] = ["scatter", "count", "features", "livePairs"];
  for (const field of exact)
    if (found[field] !== right[field]) throw new Error(`${where}: ${field} is ${String(found[field])}, right is ${String(right[field])}`);
  requireSame(found.centres, right.centres, `${where}: centres`);
  for (const field of ["s0", "s1", "S2"] as const) comparison.list(found[field], right[field], eased(scale[field]), `${field} of ${where}`);
  for (const field of ["weight", "logLikelihood", "classificationLogLikelihood"] as const) {
    comparison.number(found[field], right[field], Math.max(scale[field], scale.weight), `${field} of ${where}`);
  }
}

function eased(scale: Float64Array): Float64Array {
  const whole = scale.reduce((sum, value) => sum + value, 0);
  return scale.map((value) => (1 - EASE) * value + EASE * whole || 1);
}

/** Throws unless two moments hold the same bits. */
export function requireSameMoments(found: Moments, right: Moments, where: string): void {
  for (const field of ["s0", "s1", "S2", "centres"] as const) requireSame(found[field], right[field], `${field} of ${where}`);
  for (const field of ["weight", "logLikelihood", "classificationLogLikelihood", "livePairs"] as const) {
    requireSame([found[field]], [right[field]], `${field} of ${where}`);
  }
}
