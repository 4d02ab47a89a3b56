import type { Rows } from "@mixtura/backend/authoring";
import { translated } from "@mixtura/backend/internal/rows";
import type { Random } from "@mixtura/core/authoring";
import { readParametersOf } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import { checkReach } from "../em/driver.ts";
import type { FitSetting } from "../em/fit-mixture.ts";
import { componentsOf, whitenBlocks } from "../em/m-step.ts";
import { parametersOfModel } from "../starts/explicit.ts";
import { partitionOf, startingParameters } from "../starts/start.ts";
import { responsibilityEntropy } from "./bound.ts";
import type { CheckedBayesianGaussianMixtureOptions } from "./options.ts";
import { BAYESIAN_GAUSSIAN_MIXTURE, readParameters } from "./payload.ts";
import type { Posterior } from "./posterior.ts";
import { renumbered } from "./rearranged.ts";
import { inverse } from "./sticks.ts";
import type { VariationalScheme, VariationalStep } from "./variational.ts";

/** A posterior to begin with, and its bound where that is known. */
export interface Start {
  readonly state: Posterior;
  readonly bound?: number;
  /** The stick of each component of the model that is gone on from. */
  readonly sticks?: readonly number[];
}

/**
 * The posterior that a restart begins with.
 *
 * A partition of the rows (labels, or seeding) gives its own posterior, as in scikit-learn. Explicit parameters give the rows the
 * responsibilities of a Gaussian mixture, and those give the posterior. A fitted model of the same kind continues as it is.
 */
export async function startingPosterior(
  options: CheckedBayesianGaussianMixtureOptions,
  { rows, kind, floors, explicit, session, isGivenStart, caller }: FitSetting,
  scheme: VariationalScheme,
  restart: number,
  random: Random,
): Promise<Start> {
  const { pace } = session;
  const { init } = options;
  const problem = { ...options, rows, kind, floors, explicit, pace };
  const sound = (step: VariationalStep): Promise<VariationalStep> | VariationalStep =>
    step.isUnfinished ? scheme.finish(step.state, step) : step;
  if (init !== undefined) {
    const same = posteriorOfModel(init, options, kind, rows);
    if (same !== undefined) return same;
  }
  const { weights, means, spread } = explicit;
  if (init === undefined && weights === undefined && means === undefined && spread === undefined) {
    const partition = await partitionOf(problem, undefined, restart, random);
    let step = scheme.posterior(await partition.moments(partition.centres), undefined, 0);
    if (step.centres !== undefined) step = scheme.posterior(await partition.moments(step.centres), undefined, 0);
    return sound(step);
  }
  const parameters =
    init === undefined
      ? await startingParameters(problem, restart, random)
      : parametersOfModel(init, options.nComponents, kind, rows, caller);
  const components = componentsOf(kind, parameters);
  const moments = (centres: Float64Array) => rows.expectation(components, { centres, scatter: kind.scatter });
  const first = await moments(components.means);
  checkReach(first, { isGivenStart, caller });
  const entropy = responsibilityEntropy(first, components);
  const step = scheme.posterior(first, undefined, entropy);
  return sound(step.centres === undefined ? step : scheme.posterior(await moments(step.centres), undefined, entropy));
}

/** The posterior of a model of the same kind, in a row set's coordinates. */
function posteriorOfModel(
  init: NonNullable<CheckedBayesianGaussianMixtureOptions["init"]>,
  options: CheckedBayesianGaussianMixtureOptions,
  kind: CovarianceKind,
  rows: Rows,
): Start | undefined {
  if (init.type !== BAYESIAN_GAUSSIAN_MIXTURE) return undefined;
  // Through its JSON, which a model of another copy of this package has, too.
  const { prior, ...found } = readParametersOf(init.toJSON(), BAYESIAN_GAUSSIAN_MIXTURE, readParameters);
  const isSame =
    found.covarianceType === kind.type &&
    found.priorConvention === options.priorConvention &&
    found.weightConcentrationPriorType === options.weightConcentrationPriorType;
  if (!isSame) return undefined;
  const { weightConcentration, meanPrecision, degreesOfFreedom, covariances, sticks } = found;
  const { whitening } = whitenBlocks(kind, covariances, meanPrecision.length, rows.features);
  const means = translated(found.means, rows.origin, -1);
  const state: Posterior = {
    concentrationPrior: prior.weightConcentration,
    weightConcentration,
    meanPrecision,
    means,
    degreesOfFreedom,
    covariances,
    whitening,
  };
  return sticks === undefined ? { state } : { state: renumbered(kind, state, inverse(sticks)), sticks };
}
