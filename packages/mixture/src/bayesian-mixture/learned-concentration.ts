import type { WeightDistribution } from "./weights.ts";

/** A concentration and what it adds to the bound. */
export interface Concentration {
  /** What the weights' distribution is given: γ, or α of each component. */
  readonly prior: number;
  /** log p(N | concentration), and log p(log concentration) where that is learnt too. */
  readonly evidence: number;
}

/** Steps of the search, in the logarithm of the total concentration: in which the mode is enclosed, and which are beyond all doubt. */
const STEP = 0.5;
const FARTHEST = 600;
/** How exactly the mode is known. */
const EXACT = 1e-14;

/**
 * The concentration that is likeliest given the rows of each component, the weights themselves integrated out.
 *
 * The total concentration, γ of the process or K α of the distribution, has a Gamma(1, 1) hyperprior; the mode is that of its logarithm, which
 * stays away from 0. It is found uphill from `before`, where the slope changes its sign.
 *
 * @see Escobar & West, Bayesian density estimation and inference using mixtures (1995), §6
 */
export function likeliestConcentration(weights: WeightDistribution, masses: Float64Array, before: number | undefined): Concentration {
  const parts = weights.parts(masses.length);
  /** Of the evidence with respect to the logarithm of the total. */
  const slope = (logTotal: number): number => {
    const total = Math.exp(logTotal);
    return (total / parts) * weights.evidenceSlope(total / parts, masses) + 1 - total;
  };
  const logTotal = rootOf(slope, before === undefined ? 0 : Math.log(before * parts));
  const total = Math.exp(logTotal);
  return { prior: total / parts, evidence: weights.evidence(total / parts, masses) + logTotal - total };
}

/**
 * Where a function that falls from + to − is 0, from a place nearby: the secant, with the value at an end that stays halved, so that both move.
 *
 * @see Dowell & Jarratt, A modified regula falsi method for computing the root of an equation, BIT 11 (1971)
 */
function rootOf(f: (x: number) => number, start: number): number {
  let [low, high] = [start, start];
  let [atLow, atHigh] = [f(start), f(start)];
  for (let step = STEP; atLow < 0 && low > -FARTHEST; step *= 2) [high, atHigh, low, atLow] = [low, atLow, low - step, f(low - step)];
  for (let step = STEP; atHigh > 0 && high < FARTHEST; step *= 2) [low, atLow, high, atHigh] = [high, atHigh, high + step, f(high + step)];
  let kept: "low" | "high" | undefined;
  while (high - low > EXACT * (1 + Math.abs(low)) && atLow > 0 && atHigh < 0) {
    const secant = low + (high - low) * (atLow / (atLow - atHigh));
    const x = secant > low && secant < high ? secant : (low + high) / 2;
    const value = f(x);
    if (value >= 0) {
      [low, atLow] = [x, value];
      if (kept === "high") atHigh /= 2;
      kept = "high";
    } else {
      [high, atHigh] = [x, value];
      if (kept === "low") atLow /= 2;
      kept = "low";
    }
  }
  return atLow > 0 ? (low + high) / 2 : low;
}
