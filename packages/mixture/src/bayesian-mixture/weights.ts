import { dirichletDistribution } from "./dirichlet-distribution.ts";
import { dirichletProcess } from "./dirichlet-process.ts";
import { inNumbering } from "./sticks.ts";
import type { PriorConvention, WeightConcentrationPriorType } from "./choices.ts";

/** How weights are distributed: what a concentration before the data becomes by the rows that components hold, and what that says. */
export interface WeightDistribution {
  /** The concentrations that the prior and the rows of each component make; a list or two lists, one after the other. */
  posterior(prior: number, masses: Float64Array): Float64Array;
  /** E log π of each component. */
  expectedLogs(concentration: Float64Array): Float64Array;
  /** E π of each component, with sum 1. */
  means(concentration: Float64Array): Float64Array;
  /** The rows of each component that concentrations were computed from. */
  masses(prior: number, concentration: Float64Array): Float64Array;
  /** log ∫ ∏ πₖ^Nₖ p(π) dπ: what the rows of the components, in some order, say of the prior. */
  evidence(prior: number, masses: Float64Array): number;
  /** Its derivative with respect to `prior`. */
  evidenceSlope(prior: number, masses: Float64Array): number;
  /** −log of the normaliser of the posterior, as scikit-learn's bound has it. */
  logNormaliser(concentration: Float64Array): number;
  /** Numbers in a concentration of k components. */
  size(k: number): number;
  /** The parts that a total concentration is divided into before the data are seen. */
  parts(k: number): number;
  /** E π of each component before the data are seen. */
  priorMeans(prior: number, k: number): Float64Array;
}

/** Whether each weight is a fraction of what the components before it left, so that their order matters. */
export function isBySticks(type: WeightConcentrationPriorType): boolean {
  return type === "dirichlet_process";
}

/**
 * The functions of a prior type.
 *
 * @param sticks the place of each component among the sticks, where components are numbered otherwise
 */
export function weightDistribution(
  type: WeightConcentrationPriorType,
  convention: PriorConvention,
  sticks?: readonly number[],
): WeightDistribution {
  if (!isBySticks(type)) return dirichletDistribution;
  const process = dirichletProcess(convention);
  return sticks === undefined ? process : inNumbering(process, sticks);
}
