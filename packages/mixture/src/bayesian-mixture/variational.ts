import type { GaussianComponents, Moments } from "@mixtura/backend";
import type { Pace } from "@mixtura/core/authoring";
import { emptyMoments } from "@mixtura/backend/internal/rows";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf, blockSize, variancesOf } from "../covariance/kind.ts";
import type { Advance, Scheme } from "../em/driver.ts";
import type { Floors } from "../em/floors.ts";
import { floorEigenvalues } from "../em/floors.ts";
import { whitenBlocks, withRaised } from "../em/m-step.ts";
import type { RepairLog } from "../em/repair.ts";
import { lowerBound, raisedGap, responsibilityEntropy } from "./bound.ts";
import type { Concentration } from "./learned-concentration.ts";
import { likeliestConcentration } from "./learned-concentration.ts";
import type { PriorConvention } from "./choices.ts";
import type { Posterior } from "./posterior.ts";
import { variationalComponents } from "./posterior.ts";
import type { GaussianPrior } from "./prior.ts";
import type { GaussianUpdate } from "./update.ts";
import { updateGaussians } from "./update.ts";
import type { WeightDistribution } from "./weights.ts";

/** What is fitted to the rows. */
export interface VariationalModel {
  readonly kind: CovarianceKind;
  readonly convention: PriorConvention;
  readonly weights: WeightDistribution;
  /** The concentration, or that it is to be learnt. */
  readonly concentration: number | "learn";
  readonly gaussians: GaussianPrior;
  readonly floors: Floors;
  readonly nComponents: number;
}

/** A map done. */
export interface VariationalStep extends Advance<Posterior> {
  readonly failed: GaussianUpdate["failed"];
  readonly low: GaussianUpdate["low"];
  /** Σ w */
  readonly weight: number;
  /** The bound of another posterior of the same responsibilities, whose scale is the prior's plus the scatter. */
  boundOf(state: Posterior): number;
}

/** A scheme whose map can also be made from moments that no pass of its own brought. */
export interface VariationalScheme extends Scheme<Posterior, VariationalStep> {
  /** The posterior of moments under responsibilities of a given entropy. */
  posterior(moments: Moments, before: Posterior | undefined, entropy: number): VariationalStep;
  /** What the rows of each component make of the weights. */
  weightsOf(masses: Float64Array, before: Posterior | undefined): WeightPosterior;
}

/** The part of a posterior that weights are drawn by, and what it adds to the bound. */
interface WeightPosterior extends Pick<Posterior, "concentrationPrior" | "weightConcentration"> {
  readonly evidence: number;
}

/** The posterior of no rows. */
export function posteriorOfNoRows(
  { kind, convention, weights, concentration, gaussians, floors, nComponents }: VariationalModel,
  features: number,
): Posterior {
  const nothing = emptyMoments(kind.scatter, nComponents, features, new Float64Array(nComponents * features));
  const { meanPrecision, means, degreesOfFreedom, covariances, whitening } = updateGaussians(kind, convention, gaussians, nothing, {
    ...floors,
    least: new Float64Array(features),
  });
  const prior = concentration === "learn" ? 1 / weights.parts(nComponents) : concentration;
  const weightConcentration = weights.posterior(prior, nothing.s0);
  return { concentrationPrior: prior, weightConcentration, meanPrecision, means, degreesOfFreedom, covariances, whitening };
}

/**
 * The scheme of variational inference: responsibilities from the expectations under the posterior, then the posterior from the moments. Its bound
 * is that after the map, and never falls under the conjugate convention. Scales are restricted to S/ν ⪰ diag(D); the raised one is the best of those.
 *
 * @see Attias, A variational Bayesian framework for graphical models (2000)
 */
export function variationalScheme(model: VariationalModel, features: number, log: RepairLog, pace: Pace): VariationalScheme {
  const { kind, convention, weights, concentration, gaussians, floors } = model;
  const prior = posteriorOfNoRows(model, features);
  const boundProblem = { kind, convention, weights, prior };
  const components = (state: Posterior): GaussianComponents => variationalComponents(state, kind, weights, convention);

  const concentrationOf = (masses: Float64Array, before: Posterior | undefined): Concentration =>
    concentration === "learn"
      ? likeliestConcentration(weights, masses, before?.concentrationPrior)
      : { prior: concentration, evidence: convention === "conjugate" ? weights.evidence(concentration, masses) : 0 };

  const weightsOf = (masses: Float64Array, before: Posterior | undefined): WeightPosterior => {
    const { prior: concentrationPrior, evidence } = concentrationOf(masses, before);
    return { concentrationPrior, weightConcentration: weights.posterior(concentrationPrior, masses), evidence };
  };

  const posterior = (moments: Moments, before: Posterior | undefined, entropy: number): VariationalStep => {
    const { masses, centres, failed, low, ...gaussian } = updateGaussians(kind, convention, gaussians, moments, floors);
    const { evidence, ...own } = weightsOf(masses, before);
    const state = { ...own, ...gaussian };
    const weight = masses.reduce((sum, mass) => sum + mass, 0);
    const boundOf = (of: Posterior): number => lowerBound(boundProblem, of, evidence, entropy, weight);
    const broken = failed.length > 0;
    const isUnfinished = broken || low.length > 0;
    return { state, bound: isUnfinished ? NaN : boundOf(state), centres, failed, low, needsRepair: broken, isUnfinished, boundOf, weight };
  };

  return {
    scatter: kind.scatter,
    components,
    posterior,
    weightsOf,
    advance: (moments, before, first) => posterior(moments, before, responsibilityEntropy(first, components(before))),
    async finish(_before, step) {
      for (const { block } of step.failed) log.floored(block);
      const sound = step.failed.length > 0 ? lifted(kind, step, floors, features) : step.state;
      const state = await withRaised(kind, sound, step.low, floors.least, pace);
      const gap = convention === "conjugate" ? raisedGap(kind, sound, state, step.low) / step.weight : 0;
      return { ...step, state, bound: step.boundOf(state) + gap, needsRepair: false, isUnfinished: false };
    },
  };
}

/** The posterior with covariances that failed to factorise lifted to the floor: only a prior without spread leads there. */
function lifted(kind: CovarianceKind, { state, failed }: VariationalStep, floors: Floors, d: number): Posterior {
  const covariances = state.covariances.slice();
  for (const { block } of failed) {
    covariances.set(floorEigenvalues(kind, blockOf(kind, covariances, block, d), floors.repair), block * blockSize(kind, d));
  }
  const count = covariances.length / blockSize(kind, d);
  const { whitening, failed: still } = whitenBlocks(kind, covariances, kind.shared ? 1 : count, d);
  for (const { block } of still) {
    // Rounding can still spoil a lifted matrix of enormous condition; its diagonal cannot fail.
    covariances.set(kind.ofVariances(variancesOf(kind, blockOf(kind, covariances, block, d), d)), block * blockSize(kind, d));
    kind.whiten(covariances, block * blockSize(kind, d), whitening, block * blockSize(kind, d), d);
  }
  return { ...state, covariances, whitening };
}
