import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions, createPace, createRandom, drawSeed } from "@mixtura/core/authoring";
import type { Box, ReadBox } from "./box.ts";
import { readBox } from "./box.ts";
import type { GaussianBox } from "./gaussian-box.ts";
import { gaussianBox } from "./gaussian-box.ts";
import type { Digits } from "./trivariate.ts";
import { genzIntegral } from "./genz.ts";
import { BOUND_ERRORS, LatticeAverage, SHIFTS } from "./lattice.ts";
import type { MixtureModel, Parameters } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";
import { randomStateDeclaration, signalDeclaration } from "./options.ts";

/** How well, how long, and from which seed. */
export interface ProbabilityOptions {
  /** The error bound to stop at, absolute. Default 1e-5. */
  readonly tolerance?: number;
  /**
   * The error bound to stop at as a fraction of the probability, besides the absolute one, so that small probabilities have digits, too. Default: 0.1, for
   * which points are doubled at most twice more.
   */
  readonly relativeTolerance?: number;
  /** Most points at which integrands are evaluated. Default 2²². */
  readonly maxPoints?: number;
  /** Seed of the random shifts, an integer in [0, 2³²); drawn when absent. Of no effect where nothing is sampled. */
  readonly randomState?: number;
  readonly signal?: AbortSignal;
  /** Called from time to time while points are added. */
  readonly onProgress?: (state: { readonly points: number; readonly probability: number; readonly errorBound: number }) => void;
}

/** A probability and how far it can be trusted. */
export interface Probability {
  /** From 0 to 1. */
  readonly probability: number;
  /** The true value lies within this of it: up to rounding for closed forms and quadrature, with the confidence below where points are random. */
  readonly errorBound: number;
  readonly confidence: 0.99;
  /** The least exact of the ways that were needed. */
  readonly method: "closed-form" | "quadrature" | "quasi-monte-carlo";
}

const declarations = {
  tolerance: {
    range: { kind: "number", minimum: 0 },
    default: 1e-5,
    description: "Error bound to stop at, absolute.",
  },
  relativeTolerance: {
    range: { kind: "number", minimum: 0 },
    unit: "fraction of the probability",
    description:
      "Error bound to stop at as a fraction of the probability, besides the absolute one; when absent 0.1, for which points are doubled twice more at most.",
  },
  maxPoints: {
    range: { kind: "integer", minimum: 1 },
    default: 2 ** 22,
    unit: "points",
    description: "Maximum number of points at which integrands are evaluated.",
  },
  randomState: randomStateDeclaration,
  signal: signalDeclaration,
  onProgress: {
    range: { kind: "other", words: "a function", accepts: (value: unknown) => typeof value === "function" },
    description: "Called from time to time while points are added.",
    flag: false,
  },
} satisfies DeclarationsOf<ProbabilityOptions>;

/** The options of {@link probability} that a command line can give. */
export const probabilityOptions: Pick<typeof declarations, "tolerance" | "relativeTolerance" | "maxPoints" | "randomState"> = {
  tolerance: declarations.tolerance,
  relativeTolerance: declarations.relativeTolerance,
  maxPoints: declarations.maxPoints,
  randomState: declarations.randomState,
};

/**
 * Probability that a row drawn from a mixture falls into a box.
 *
 * Features that are unbounded, or uncorrelated with the others, cost nothing. What is left is a product of normal intervals for one feature, and
 * for diagonal and spherical covariances, accurate in both tails; a quadrature for two and three correlated features; and beyond that
 * quasi-Monte-Carlo: Genz's transformation with reordered variables, on a lattice under 16 random shifts whose spread bounds the error.
 *
 * @param box bounds per feature, in the units of the data; ±Infinity is allowed, and features that a record leaves out are unbounded
 * @throws (by rejection) MixturaError `invalid-shape`, `invalid-option` (NaN, lower above upper, no bounds), `feature-mismatch`, `aborted`
 * @remarks O(k·d³) to start, then O(d²) per point; about a microsecond per point and ten features. Both tolerances hold for the sum over the
 * components. When `maxPoints` runs out first, `errorBound` says what was reached.
 * @see Genz, Numerical computation of multivariate normal probabilities, J. Comput. Graph. Stat. 1 (1992)
 * @see Genz & Bretz, Computation of Multivariate Normal and t Probabilities (2009)
 * @see Drezner & Wesolowsky, On the computation of the bivariate normal integral, J. Stat. Comput. Simul. 35 (1990)
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[0, 0], [4, 4]],
 *   covariances: [[[1, 0.5], [0.5, 1]], [[1, 0], [0, 1]]],
 *   featureNames: ["length", "depth"],
 * });
 * const { probability: both, method } = await probability(model, {
 *   upper: [0, 0],
 * });
 * both // ≈ 1 / 6 + 5.015e-10
 * method // => "quadrature"
 * const half = await probability(model, { upper: { length: 2 } });
 * half.probability // ≈ 0.5
 * half.method // => "closed-form"
 * await probability(model, { lower: [1, 1], upper: [0, 2] })
 * // throws invalid-option
 * ```
 */
export async function probability(model: MixtureModel, box: Box, options?: ProbabilityOptions): Promise<Probability> {
  const parameters = parametersOf(model, "probability");
  return boxProbability(parameters, readBox(parameters, box, "probability"), options, "probability");
}

/** The same for a box that was read, for functions whose question comes down to one. */
export async function boxProbability(
  parameters: Parameters,
  box: ReadBox,
  options: ProbabilityOptions | undefined,
  caller: string,
): Promise<Probability> {
  const { signal, onProgress, ...checked } = checkOptions(caller, declarations, options);
  const { tolerance, maxPoints, randomState, relativeTolerance: given } = checked as Required<typeof checked> & ProbabilityOptions;
  const relativeTolerance = given ?? USUAL_FRACTION;
  const pace = createPace(signal);
  pace.check();
  const { weights, means, covariances, features: d } = parameters;
  const partOf = (k: number, digits?: Digits): GaussianBox => gaussianBox(box, means.subarray(k * d, (k + 1) * d), covariances[k]!, digits);
  const parts: { k: number; weight: number; part: GaussianBox }[] = [];
  for (const [k, weight] of weights.entries()) {
    if (weight === 0) continue;
    parts.push({ k, weight, part: partOf(k) });
    if (pace.due()) await pace.turn();
  }
  // Far out, what is exact to an absolute error may have no digit that counts: then once more, those that matter.
  const most = relativeTolerance * parts.reduce((sum, { weight, part }) => sum + weight * part.value, 0);
  if (parts.reduce((sum, { weight, part }) => sum + weight * part.error, 0) > most)
    for (const one of parts) {
      if (one.weight * one.part.error > most / parts.length) one.part = partOf(one.k, "relative");
      if (pace.due()) await pace.turn();
    }
  let exact = 0;
  let error = 0;
  let method: Probability["method"] = "closed-form";
  const sampled: { readonly weight: number; readonly rounding: number; readonly average: LatticeAverage }[] = [];
  for (const { k, weight, part } of parts) {
    if (part.method === "quadrature") method = "quadrature";
    error += weight * part.error;
    if (part.rest === undefined) exact += weight * part.value;
    else {
      const seed = randomState ?? drawSeed();
      const average = new LatticeAverage(genzIntegral(part.rest), createRandom(seed, k));
      sampled.push({ weight: weight * part.value, rounding: part.rest.rounding, average });
    }
    if (pace.due()) await pace.turn();
  }
  const rounding = Number.EPSILON * (weights.length + 2);
  const result = (): Probability => {
    const value = sampled.reduce((sum, { weight, average }) => sum + weight * average.mean, exact);
    const rounded = sampled.reduce((sum, { weight, rounding: own, average }) => sum + weight * own * average.mean, 0);
    const variance = sampled.reduce((sum, { weight, average }) => sum + (weight * average.standardError) ** 2, 0);
    return {
      probability: Math.min(1, Math.max(0, value)),
      errorBound: error + rounding * value + rounded + BOUND_ERRORS * Math.sqrt(variance),
      confidence: 0.99,
      method: sampled.length > 0 ? "quasi-monte-carlo" : method,
    };
  };
  if (sampled.length === 0) return result();

  const grow = async ({ average }: (typeof sampled)[number], points: number): Promise<void> => {
    for (let left = points; left > 0; left -= STRIDE) {
      average.add(Math.min(STRIDE, left));
      if (pace.due()) await pace.turn();
    }
  };
  for (const part of sampled) await grow(part, FIRST_POINTS);
  let mostPoints = maxPoints;
  for (;;) {
    const state = result();
    const points = sampled.reduce((sum, { average }) => sum + average.points, 0);
    onProgress?.({ points, probability: state.probability, errorBound: state.errorBound });
    const worst = sampled.reduce((a, b) => (b.weight * b.average.standardError > a.weight * a.average.standardError ? b : a));
    if (state.errorBound <= tolerance) {
      if (state.errorBound <= relativeTolerance * state.probability) return state;
      if (given === undefined) mostPoints = Math.min(mostPoints, points * 2 ** MORE_DOUBLINGS);
    }
    // To double the points keeps the lattice regular.
    if (points + worst.average.points > mostPoints) return state;
    await grow(worst, worst.average.points / SHIFTS);
  }
}

/** The fraction of a probability that its error bound is to come to, and how often points are doubled for that alone. */
const USUAL_FRACTION = 0.1;
const MORE_DOUBLINGS = 2;
/** Points of each shift to begin with: fewer say too little about the spread. */
const FIRST_POINTS = 256;
/** Points of each shift between two looks at the clock. */
const STRIDE = 16;
