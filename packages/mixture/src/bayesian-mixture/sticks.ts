import type { WeightDistribution } from "./weights.ts";

/**
 * A distribution of weights by breaking sticks, for components that are numbered otherwise than sticks are broken: every list that goes in or comes
 * out is in the numbering of the components.
 *
 * @param sticks the place of each component among the sticks: a permutation of 0 … k−1
 */
export function inNumbering(ofSticks: WeightDistribution, sticks: readonly number[]): WeightDistribution {
  const k = sticks.length;
  const toSticks = (values: Float64Array): Float64Array => {
    const out = new Float64Array(values.length);
    for (let start = 0; start < values.length; start += k) sticks.forEach((stick, at) => (out[start + stick] = values[start + at]!));
    return out;
  };
  const fromSticks = (values: Float64Array): Float64Array => numbered(values, sticks);
  return {
    posterior: (prior, masses) => fromSticks(ofSticks.posterior(prior, toSticks(masses))),
    expectedLogs: (concentration) => fromSticks(ofSticks.expectedLogs(toSticks(concentration))),
    means: (concentration) => fromSticks(ofSticks.means(toSticks(concentration))),
    masses: (prior, concentration) => fromSticks(ofSticks.masses(prior, toSticks(concentration))),
    evidence: (prior, masses) => ofSticks.evidence(prior, toSticks(masses)),
    evidenceSlope: (prior, masses) => ofSticks.evidenceSlope(prior, toSticks(masses)),
    logNormaliser: (concentration) => ofSticks.logNormaliser(toSticks(concentration)),
    size: (count) => ofSticks.size(count),
    parts: (count) => ofSticks.parts(count),
    priorMeans: (prior, count) => fromSticks(ofSticks.priorMeans(prior, count)),
  };
}

/** Lists of one number per stick, one after the other, in the numbering of the components. */
export function numbered(values: Float64Array, sticks: readonly number[]): Float64Array {
  const k = sticks.length;
  const out = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += k) sticks.forEach((stick, at) => (out[start + at] = values[start + stick]!));
  return out;
}

/** The sticks of components that are left, in the order in which they were. */
export function ranked(sticks: readonly number[]): number[] {
  const sorted = sticks.toSorted((a, b) => a - b);
  return sticks.map((stick) => sorted.indexOf(stick));
}

/** The other direction of a permutation: where each stick stands among the components. */
export function inverse(sticks: readonly number[]): number[] {
  const out = Array.from(sticks, () => 0);
  sticks.forEach((stick, at) => (out[stick] = at));
  return out;
}
