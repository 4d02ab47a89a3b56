import type { Backend } from "@mixtura/backend";
import type { BlockSource, Estimator, FitContext, FitStep, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { finished, withModels } from "../em/session.ts";
import { fitStates } from "./fit.ts";
import type { MixtureParametersInput } from "./from-parameters.ts";
import { modelFromParameters } from "./from-parameters.ts";
import { FittedGaussianMixture } from "./model.ts";
import type { BackendChoice, CheckedGaussianMixtureOptions, GaussianMixtureOptions } from "./options.ts";
import { gaussianMixtureOptions, takeBackend } from "./options.ts";
import { GAUSSIAN_MIXTURE } from "./payload.ts";

/**
 * Gaussian mixture fitted by expectation maximisation.
 *
 * @example
 * ```ts run
 * const X = [[0], [0.1], [0.2], [9], [9.1], [9.2]];
 * const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(X);
 * const labels = await model.predict(X);
 * labels[0] === labels[2] && labels[3] === labels[5] && labels[0] !== labels[3] // => true
 * ```
 * @remarks A fit takes O(n·k·d²) time per iteration for full covariances (O(n·k·d) for diag and spherical). Beside the data it holds one
 * centred copy of it and O(k·d²) numbers; nothing of size n×k.
 * @see Bishop, Pattern Recognition and Machine Learning (2006), §9.2
 */
export class GaussianMixture implements Estimator<FittedGaussianMixture> {
  readonly type: typeof GAUSSIAN_MIXTURE = GAUSSIAN_MIXTURE;
  readonly options: CheckedGaussianMixtureOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: GaussianMixtureOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(GAUSSIAN_MIXTURE, options);
    this.options = checkOptions(GAUSSIAN_MIXTURE, gaussianMixtureOptions, rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /**
   * A copy with some options changed.
   *
   * @example
   * ```ts run
   * const estimator = new GaussianMixture({ nComponents: 2 }).with({ covarianceType: "tied" });
   * estimator.options.nComponents // => 2
   * estimator.options.covarianceType // => "tied"
   * ```
   */
  with(changes: GaussianMixtureOptions & BackendChoice): GaussianMixture {
    return new GaussianMixture({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits the mixture. A failed start never fails the fit: components that lose their rows or their spread are repaired and reported in
   * `trace.diagnostics`.
   *
   * @param X n×d rows, or a source of blocks
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `too-few-rows`, `invalid-weight`, `invalid-option`,
   *   `not-positive-definite`, `feature-mismatch`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedGaussianMixture> {
    return finished(fitStates(X, this.options, this.#backend, context));
  }

  /**
   * Every state of the fit, restart after restart, each as a model of its own; the return value is the fitted model.
   *
   * @example
   * ```ts run
   * const bounds: number[] = [];
   * for await (const { bound } of new GaussianMixture({ nComponents: 2, tol: 0, maxIter: 5, randomState: 1 }).steps([[0], [1], [8], [9]])) {
   *   bounds.push(bound);
   * }
   * bounds.length // => 5
   * bounds.every((bound, t) => t === 0 || bound >= bounds[t - 1]! - 1e-12) // => true
   * ```
   */
  async *steps(X: MatrixLike | BlockSource, context?: FitContext): AsyncGenerator<FitStep<FittedGaussianMixture>, FittedGaussianMixture> {
    return yield* withModels(fitStates(X, this.options, this.#backend, context));
  }

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
   * const model = GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] });
   * model.point.logDensity([0]) // => -0.9189385332046727
   * ```
   * @throws MixturaError `invalid-option`, `invalid-shape`, `not-positive-definite`
   */
  static fromParameters(parameters: MixtureParametersInput): FittedGaussianMixture {
    return modelFromParameters(parameters);
  }

  /**
   * Reads a fitted mixture from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   * @example
   * ```ts run
   * const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit([[0], [1], [8], [9]]);
   * GaussianMixture.load(JSON.stringify(model)).weights // => model.weights
   * GaussianMixture.load("{}") // throws invalid-model
   * ```
   */
  static load(json: unknown): FittedGaussianMixture {
    return FittedGaussianMixture.fromJSON(json);
  }
}
