import { defineBackendEstimator } from "@mixtura/backend/authoring";
import type { FitContext, MatrixLike } from "@mixtura/core";
import { fitStates } from "./fit.ts";
import { FittedBayesianGaussianMixture } from "./model.ts";
import type { BayesianGaussianMixtureOptions } from "./options.ts";
import { bayesianGaussianMixtureOptions, checkBayesianOptions } from "./options.ts";
import { BAYESIAN_GAUSSIAN_MIXTURE } from "./payload.ts";

/**
 * Bayesian Gaussian mixture fitted by variational inference: components that the data do not ask for stay empty.
 *
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.4, 0.5, 9, 9.1, 9.2, 9.3, 9.5].map((x) => [
 *   x,
 * ]);
 * const options = {
 *   nComponents: 6,
 *   meanPrecisionPrior: 0.01,
 *   covariancePrior: [[0.1]],
 *   moves: true,
 *   randomState: 1,
 * };
 * const model = await new BayesianGaussianMixture(options).fit(X);
 * model.effectiveComponents() // => 2
 * const labels = await model.predict(X);
 * labels[0] === labels[4] &&
 *   labels[5] === labels[9] &&
 *   labels[0] !== labels[5] // => true
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * const estimator = new BayesianGaussianMixture({ nComponents: 9 }).with({
 *   density: "plugin",
 * });
 * estimator.options.nComponents // => 9
 * estimator.options.density // => "plugin"
 * const model = await new BayesianGaussianMixture({
 *   nComponents: 2,
 *   randomState: 1,
 * }).fit([[0], [1], [8], [9]]);
 * BayesianGaussianMixture.load(JSON.stringify(model)).weights
 * // => model.weights
 * BayesianGaussianMixture.load("{}") // throws invalid-model
 * ```
 * @example Every state of a fit can be walked.
 * ```ts run
 * const bounds: number[] = [];
 * const estimator = new BayesianGaussianMixture({
 *   nComponents: 2,
 *   tol: 0,
 *   maxIter: 5,
 *   randomState: 1,
 * });
 * for await (const { bound } of estimator.steps([[0], [1], [8], [9]])) {
 *   bounds.push(bound);
 * }
 * bounds.length // => 5
 * bounds.every((bound, t) => t === 0 || bound >= bounds[t - 1]! - 1e-12)
 * // => true
 * ```
 * @remarks A fit also rejects with `invalid-option` (a `degreesOfFreedomPrior` of d − 1 or less, say), `not-positive-definite` and `feature-mismatch`
 * where priors or explicit starts do not fit the rows.
 *
 * A fit takes O(n·k·d²) time per iteration for full covariances (O(n·k·d) for diag and spherical), as that of GaussianMixture does. In addition to
 * the data it holds one centred copy of it and O(k·d²) numbers; nothing of size n×k.
 * @see Bishop, Pattern Recognition and Machine Learning (2006), §10.2
 * @see Blei & Jordan, Variational inference for Dirichlet process mixtures, Bayesian Analysis 1 (2006)
 */
export class BayesianGaussianMixture extends defineBackendEstimator<
  BayesianGaussianMixtureOptions,
  typeof bayesianGaussianMixtureOptions,
  FittedBayesianGaussianMixture
>({
  type: BAYESIAN_GAUSSIAN_MIXTURE,
  summary: "Density and soft clustering by a mixture of Gaussians that leaves components empty which the data do not ask for.",
  capabilities: ["mixture", "density", "clustering", "soft-clustering", "sampling", "weights", "blocks", "steps"],
  options: bayesianGaussianMixtureOptions,
  check: checkBayesianOptions,
  states: fitStates,
  revive: (json) => FittedBayesianGaussianMixture.fromJSON(json),
}) {
  /** Fits the mixture and labels the same rows. */
  async fitPredict(X: MatrixLike, context?: FitContext): Promise<{ model: FittedBayesianGaussianMixture; labels: Int32Array }> {
    const model = await this.fit(X, context);
    return { model, labels: await model.predict(X, context) };
  }
}
