import type { Backend } from "@mixtura/backend";
import type { BlockSource, Estimator, FitContext, FitStep, MatrixLike } from "@mixtura/core";
import { finished, withModels } from "../em/session.ts";
import type { BackendChoice } from "../gaussian-mixture/options.ts";
import { takeBackend } from "../gaussian-mixture/options.ts";
import { fitStates } from "./fit.ts";
import { FittedBayesianGaussianMixture } from "./model.ts";
import type { BayesianGaussianMixtureOptions, CheckedBayesianGaussianMixtureOptions } from "./options.ts";
import { checkBayesianOptions } from "./options.ts";
import { BAYESIAN_GAUSSIAN_MIXTURE } from "./payload.ts";

/**
 * Bayesian Gaussian mixture fitted by variational inference: components that the data do not ask for stay empty.
 *
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.4, 0.5, 9, 9.1, 9.2, 9.3, 9.5].map((x) => [x]);
 * const options = { nComponents: 6, meanPrecisionPrior: 0.01, covariancePrior: [[0.1]], moves: true, randomState: 1 };
 * const model = await new BayesianGaussianMixture(options).fit(X);
 * model.effectiveComponents() // => 2
 * const labels = await model.predict(X);
 * labels[0] === labels[4] && labels[5] === labels[9] && labels[0] !== labels[5] // => true
 * ```
 * @remarks A fit takes O(n·k·d²) time per iteration for full covariances (O(n·k·d) for diag and spherical), as that of GaussianMixture does. Beside
 * the data it holds one centred copy of it and O(k·d²) numbers; nothing of size n×k.
 * @see Bishop, Pattern Recognition and Machine Learning (2006), §10.2
 * @see Blei & Jordan, Variational inference for Dirichlet process mixtures, Bayesian Analysis 1 (2006)
 */
export class BayesianGaussianMixture implements Estimator<FittedBayesianGaussianMixture> {
  readonly type: typeof BAYESIAN_GAUSSIAN_MIXTURE = BAYESIAN_GAUSSIAN_MIXTURE;
  readonly options: CheckedBayesianGaussianMixtureOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: BayesianGaussianMixtureOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(BAYESIAN_GAUSSIAN_MIXTURE, options);
    this.options = checkBayesianOptions(rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * const estimator = new BayesianGaussianMixture({ nComponents: 9 }).with({ density: "plugin" });
   * estimator.options.nComponents // => 9
   * estimator.options.density // => "plugin"
   * ```
   */
  with(changes: BayesianGaussianMixtureOptions & BackendChoice): BayesianGaussianMixture {
    return new BayesianGaussianMixture({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits the mixture.
   *
   * @param X n×d rows, or a source of blocks
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `too-few-rows`, `invalid-weight`, `invalid-option` (a
   *   `degreesOfFreedomPrior` of d − 1 or less, say), `not-positive-definite`, `feature-mismatch`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedBayesianGaussianMixture> {
    return finished(fitStates(X, this.options, this.#backend, context));
  }

  /**
   * Every state of the fit, restart after restart, each as a model of its own; the return value is the fitted model.
   *
   * @example
   * ```ts run
   * const bounds: number[] = [];
   * for await (const { bound } of new BayesianGaussianMixture({ nComponents: 2, tol: 0, maxIter: 5, randomState: 1 }).steps([[0], [1], [8], [9]])) {
   *   bounds.push(bound);
   * }
   * bounds.length // => 5
   * bounds.every((bound, t) => t === 0 || bound >= bounds[t - 1]! - 1e-12) // => true
   * ```
   */
  async *steps(
    X: MatrixLike | BlockSource,
    context?: FitContext,
  ): AsyncGenerator<FitStep<FittedBayesianGaussianMixture>, FittedBayesianGaussianMixture> {
    return yield* withModels(fitStates(X, this.options, this.#backend, context));
  }

  /** Fits the mixture and labels the same rows. */
  async fitPredict(X: MatrixLike, context?: FitContext): Promise<{ model: FittedBayesianGaussianMixture; labels: Int32Array }> {
    const model = await this.fit(X, context);
    return { model, labels: await model.predict(X, context) };
  }

  /**
   * Reads a fitted mixture from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   * @example
   * ```ts run
   * const model = await new BayesianGaussianMixture({ nComponents: 2, randomState: 1 }).fit([[0], [1], [8], [9]]);
   * BayesianGaussianMixture.load(JSON.stringify(model)).weights // => model.weights
   * BayesianGaussianMixture.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown): FittedBayesianGaussianMixture {
    return FittedBayesianGaussianMixture.fromJSON(json);
  }
}
