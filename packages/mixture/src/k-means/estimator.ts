import type { Backend } from "@mixtura/backend";
import type { BlockSource, Estimator, FitContext, FitStep, MatrixLike } from "@mixtura/core";
import { checkOptions } from "@mixtura/core";
import { finished, withModels } from "../em/session.ts";
import type { BackendChoice } from "../gaussian-mixture/options.ts";
import { takeBackend } from "../gaussian-mixture/options.ts";
import { kMeansStates } from "./fit.ts";
import { FittedKMeans, K_MEANS } from "./model.ts";
import type { CheckedKMeansOptions, KMeansOptions } from "./options.ts";
import { kMeansOptions } from "./options.ts";

/**
 * K-means clustering by Lloyd's algorithm from greedy k-means++ starts.
 *
 * Distances are taken on the data as it is: bring features to a common scale first, or use a GaussianMixture, which does so itself.
 *
 * @example
 * ```ts run
 * const model = await new KMeans({ nClusters: 2, randomState: 1 }).fit([[0], [1], [10], [11]]);
 * model.inertia // => 1
 * ```
 * @remarks O(n·k·d) time per iteration; one centred copy of the data and O(n) numbers.
 * @see Lloyd, Least squares quantization in PCM (1982); Arthur & Vassilvitskii, k-means++ (2007)
 */
export class KMeans implements Estimator<FittedKMeans> {
  readonly type: typeof K_MEANS = K_MEANS;
  readonly options: CheckedKMeansOptions;
  readonly #backend: Backend | undefined;

  /** @throws MixturaError `invalid-option` or `unknown-option`, before any work */
  constructor(options: KMeansOptions & BackendChoice = {}) {
    const { backend, options: rest } = takeBackend(K_MEANS, options);
    this.options = checkOptions(K_MEANS, kMeansOptions, rest);
    this.#backend = backend;
    Object.freeze(this);
  }

  /** A copy with some options changed. */
  with(changes: KMeansOptions & BackendChoice): KMeans {
    return new KMeans({ ...this.options, ...(this.#backend === undefined ? {} : { backend: this.#backend }), ...changes });
  }

  /**
   * Fits the clusters. A cluster that loses its rows is put on the row farthest from its centre, and reported.
   *
   * @param X n×d rows, or a source of blocks
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `too-few-rows`, `invalid-weight`, `aborted`
   */
  async fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<FittedKMeans> {
    return finished(kMeansStates(X, this.options, this.#backend, context));
  }

  /** Every state of the fit; the bound is minus the inertia per unit of weight, before the step. */
  async *steps(X: MatrixLike | BlockSource, context?: FitContext): AsyncGenerator<FitStep<FittedKMeans>, FittedKMeans> {
    return yield* withModels(kMeansStates(X, this.options, this.#backend, context));
  }

  /** Fits the clusters and labels the same rows. */
  async fitPredict(X: MatrixLike, context?: FitContext): Promise<{ model: FittedKMeans; labels: Int32Array }> {
    const model = await this.fit(X, context);
    return { model, labels: await model.predict(X, context) };
  }

  /**
   * Reads a fitted model from its JSON (text or parsed). Nothing in it is trusted.
   *
   * @throws MixturaError `invalid-model`, `unsupported-version`
   */
  static load(json: unknown): FittedKMeans {
    return FittedKMeans.fromJSON(json);
  }
}
