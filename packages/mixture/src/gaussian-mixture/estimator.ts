import { defineBackendEstimator } from "@mixtura/backend/authoring";
import type { FitContext, MatrixLike } from "@mixtura/core";
import { fitStates } from "./fit.ts";
import type { MixtureParametersInput } from "./from-parameters.ts";
import { modelFromParameters } from "./from-parameters.ts";
import { FittedGaussianMixture } from "./model.ts";
import type { GaussianMixtureOptions } from "./options.ts";
import { gaussianMixtureOptions } from "./options.ts";
import { GAUSSIAN_MIXTURE } from "./payload.ts";

/**
 * Gaussian mixture fitted by expectation maximisation.
 *
 * @example
 * ```ts run
 * const X = [[0], [0.1], [0.2], [9], [9.1], [9.2]];
 * const model = await new GaussianMixture({
 *   nComponents: 2,
 *   randomState: 1,
 * }).fit(X);
 * const labels = await model.predict(X);
 * labels[0] === labels[2] &&
 *   labels[3] === labels[5] &&
 *   labels[0] !== labels[3] // => true
 * ```
 * @example Options are copied with changes; models are read back from their JSON.
 * ```ts run
 * const estimator = new GaussianMixture({ nComponents: 2 }).with({
 *   covarianceType: "tied",
 * });
 * estimator.options.nComponents // => 2
 * estimator.options.covarianceType // => "tied"
 * const model = await new GaussianMixture({
 *   nComponents: 2,
 *   randomState: 1,
 * }).fit([[0], [1], [8], [9]]);
 * GaussianMixture.load(JSON.stringify(model)).weights // => model.weights
 * GaussianMixture.load("{}") // throws invalid-model
 * ```
 * @example Every state of a fit can be walked.
 * ```ts run
 * const bounds: number[] = [];
 * const estimator = new GaussianMixture({
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
 * @remarks A failed start never fails the fit: components that lose their rows or their spread are repaired and reported in `trace.diagnostics`. A
 * fit also rejects with `invalid-option`, `not-positive-definite` and `feature-mismatch` where explicit starts do not fit the rows.
 *
 * A fit takes O(n·k·d²) time per iteration for full covariances (O(n·k·d) for diag and spherical). In addition to the data it holds one
 * centred copy of it and O(k·d²) numbers; nothing of size n×k.
 * @see Bishop, Pattern Recognition and Machine Learning (2006), §9.2
 */
export class GaussianMixture extends defineBackendEstimator<GaussianMixtureOptions, typeof gaussianMixtureOptions, FittedGaussianMixture>({
  type: GAUSSIAN_MIXTURE,
  summary: "Density and soft clustering by a mixture of Gaussians, fitted by expectation maximisation.",
  capabilities: ["mixture", "density", "clustering", "soft-clustering", "sampling", "weights", "blocks", "steps"],
  options: gaussianMixtureOptions,
  states: fitStates,
  revive: (json) => FittedGaussianMixture.fromJSON(json),
}) {
  /** Fits the mixture and labels the same rows. */
  async fitPredict(X: MatrixLike, context?: FitContext): Promise<{ model: FittedGaussianMixture; labels: Int32Array }> {
    const model = await this.fit(X, context);
    return { model, labels: await model.predict(X, context) };
  }

  /**
   * A mixture from parameters that you know.
   *
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [1],
   *   means: [[0]],
   *   covariances: [[[1]]],
   * });
   * model.point.logDensity([0]) // => -0.9189385332046727
   * ```
   * @throws MixturaError `invalid-option`, `invalid-shape`, `not-positive-definite`
   */
  static fromParameters(parameters: MixtureParametersInput): FittedGaussianMixture {
    return modelFromParameters(parameters);
  }
}
