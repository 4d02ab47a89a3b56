import type { Backend, GaussianComponents } from "@mixtura/backend";
import { BackendModelBase } from "@mixtura/backend/authoring";
import { shapes, transposeTimesLower } from "@mixtura/backend/internal/factors";
import type { PassBackend, FastBackendModule } from "@mixtura/backend/internal/rows";
import type {
  BatchContext,
  BlockSource,
  Component,
  IterativeTrace,
  Matrix,
  MatrixLike,
  Measure,
  Mixture,
  MixtureCriteria,
  Objective,
  WeightedBatchContext,
} from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { iterativeTraceFromJSON, readModel, show } from "@mixtura/core/authoring";
import type { MixtureForm } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { CovarianceType } from "../covariance/kinds.ts";
import { blockOf, formOf, freeParameters } from "../covariance/kind.ts";
import { covarianceKind } from "../covariance/kinds.ts";
import { degenerateComponents } from "../em/degenerate-components.ts";
import { componentsFromPayload, positiveZeros } from "../parameters/components-from-payload.ts";
import { componentsOf } from "../fitted/components.ts";
import type { GaussianMixturePayload, TrainingFacts } from "./payload.ts";
import { GAUSSIAN_MIXTURE, parametersToJSON, readParameters } from "./payload.ts";
import type { MixturePoint } from "../fitted/point.ts";
import { mixturePoint } from "../fitted/point.ts";
import { drawSample } from "../fitted/sample.ts";

/**
 * A Gaussian mixture: a density, a soft clustering and a generator of rows.
 *
 * Comes from `GaussianMixture.fit`, `GaussianMixture.fromParameters` or `GaussianMixture.load`, never from this constructor. It holds
 * parameters only, never data or device memory, and never changes; arrays it hands out are copies.
 */
export class FittedGaussianMixture extends BackendModelBase implements Mixture {
  readonly type: typeof GAUSSIAN_MIXTURE = GAUSSIAN_MIXTURE;
  declare readonly trace: IterativeTrace;
  readonly covarianceType: CovarianceType;
  readonly measure: Measure = "original-units";
  readonly isPosterior: false = false;
  readonly nComponents: number;
  readonly labelCount: number;
  /**
   * Free parameters: K−1 weights, K·d means, and the covariances' own. Features that are constant in the training data or follow from others count for none.
   */
  readonly nParameters: number;
  /** Synchronous, allocation-free answers about one point. */
  readonly point: MixturePoint;

  readonly #payload: GaussianMixturePayload;
  readonly #kind: CovarianceKind;
  readonly #components: GaussianComponents;

  /** @internal */
  constructor(payload: GaussianMixturePayload, backend?: PassBackend) {
    super(payload, backend);
    // Every model, fresh or read back, is built from what its JSON would hold: so a round trip gives the same bits.
    const { featureCount: d, covarianceType, weights } = payload;
    this.#payload = {
      ...payload,
      weights: positiveZeros(weights),
      means: positiveZeros(payload.means),
      covariances: positiveZeros(payload.covariances),
    };
    this.#kind = covarianceKind(covarianceType);
    this.covarianceType = covarianceType;
    this.nComponents = this.labelCount = weights.length;
    this.nParameters = freeParameters(this.#kind, weights.length, payload.training?.independent?.features.length ?? d);
    this.#components = componentsFromPayload(this.#payload, this.#kind);
    this.point = mixturePoint(this.#components, payload.featureNames);
    Object.freeze(this);
  }

  /** Weights of the components, length k, sum 1. A copy. */
  get weights(): Float64Array {
    return this.#payload.weights.slice();
  }

  /** Means of the components, k×d, in the units of the data. A copy. */
  get means(): Matrix {
    return matrix(this.#payload.means.slice(), this.nComponents, this.featureCount, this.featureNames);
  }

  /**
   * Covariance of component k as a d×d matrix, for every covariance type.
   *
   * @throws MixturaError `invalid-option` where there is no such component
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [1],
   *   means: [[0, 0]],
   *   covariances: [[4, 16]],
   *   covarianceType: "diag",
   * });
   * model.covariance(0).data // => [4, 0, 0, 16]
   * ```
   */
  covariance(k: number): Matrix {
    const d = this.featureCount;
    return matrix(this.#kind.expand(blockOf(this.#kind, this.#payload.covariances, this.#block(k), d), d), d, d, this.featureNames);
  }

  /**
   * Precision (inverse covariance) of component k as a d×d matrix.
   *
   * @throws MixturaError `invalid-option` where there is no such component
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [1],
   *   means: [[0, 0]],
   *   covariances: [[4, 16]],
   *   covarianceType: "diag",
   * });
   * model.precision(0).data // => [0.25, 0, 0, 0.0625]
   * ```
   */
  precision(k: number): Matrix {
    const d = this.featureCount;
    return matrix(transposeTimesLower(this.#whitening(k), d), d, d, this.featureNames);
  }

  /** The components as densities, in the order of labels. */
  get components(): readonly Component[] {
    return componentsOf(this, "Gaussian");
  }

  /** The covariance type in words. */
  get form(): MixtureForm {
    return formOf(this.#kind);
  }

  /** Components with fewer rows or less spread than their parameters need, as the fit found them. */
  get degenerateComponents(): readonly number[] {
    return degenerateComponents(this.trace);
  }

  /** The log-likelihood of the training data. Absent for a model made by hand. */
  get objective(): Objective | undefined {
    const training = this.#payload.training;
    return training && { name: "log-likelihood", value: training.logLikelihood, weight: training.weight };
  }

  /**
   * The criteria below, together. Absent for a model made by hand.
   *
   * Where features are constant in the training data or follow from others, criteria are those of the marginal density over the rest, by which models of
   * every covariance type can be compared: along a feature that follows from others a density says only how low its floor is.
   */
  get criteria(): MixtureCriteria | undefined {
    const { logLikelihood, aic, bic, icl } = this;
    return logLikelihood === undefined ? undefined : { logLikelihood, aic: aic!, bic: bic!, icl: icl! };
  }

  /** Akaike's criterion of the training data, −2 log L + 2p; lower is better. Absent for a model made by hand. */
  get aic(): number | undefined {
    const training = this.#judged;
    return training && -2 * training.logLikelihood + 2 * this.nParameters;
  }

  /** Schwarz's criterion of the training data, −2 log L + p log n with n = Σ w; lower is better. Absent for a model made by hand. */
  get bic(): number | undefined {
    const training = this.#judged;
    return training && -2 * training.logLikelihood + this.nParameters * Math.log(training.weight);
  }

  /** Integrated completed likelihood, bic − 2 Σ w log maxₖ rₖ; lower is better. Absent for a model made by hand. */
  get icl(): number | undefined {
    const training = this.#judged;
    return training && this.bic! - 2 * (training.classificationLogLikelihood - training.logLikelihood);
  }

  /** Σ w log p(x) over the training data, in nats. Absent for a model made by hand. */
  get logLikelihood(): number | undefined {
    return this.#payload.training?.logLikelihood;
  }

  /**
   * The likeliest component of each row, the first of equals. O(n·k·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [0.5, 0.5],
   *   means: [[-3], [3]],
   *   covariances: [[[1]], [[1]]],
   * });
   * await model.predict([[-2], [0], [2]]) // => Int32Array.of(0, 0, 1)
   * ```
   */
  predict(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Int32Array> {
    return this.withRows("predict", X, context, ({ rows, components }) => rows.labels(components));
  }

  /**
   * The responsibility of each component for each row, n×k; rows sum to 1. O(n·k·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [0.5, 0.5],
   *   means: [[-3], [3]],
   *   covariances: [[[1]], [[1]]],
   * });
   * (await model.predictProba([[0], [200]])).data // => [0.5, 0.5, 0, 1]
   * ```
   */
  predictProba(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Matrix> {
    return this.withRows("predictProba", X, context, async ({ rows, components }) => {
      const responsibilities = await rows.responsibilities(components);
      return matrix(responsibilities, responsibilities.length / this.nComponents, this.nComponents);
    });
  }

  /**
   * Natural-log density of each row. O(n·k·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [1],
   *   means: [[0]],
   *   covariances: [[[1]]],
   * });
   * await model.scoreSamples([[0], [2]])
   * // ≈ [-0.9189385332046727, -2.9189385332046727]
   * ```
   */
  scoreSamples(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Float64Array> {
    return this.withRows("scoreSamples", X, context, ({ rows, components }) => rows.logDensities(components));
  }

  /**
   * Mean natural-log density of the rows, weighted where `sampleWeight` is given.
   *
   * @throws (by rejection) MixturaError as for {@link FittedGaussianMixture.scoreSamples}, and `invalid-weight`
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [1],
   *   means: [[0]],
   *   covariances: [[[1]]],
   * });
   * await model.score([[0], [2]], { sampleWeight: [3, 1] })
   * // ≈ -1.4189385332046727
   * ```
   */
  score(X: MatrixLike | BlockSource, context: WeightedBatchContext = {}): Promise<number> {
    return this.withRows("score", X, context, async ({ rows, components }) => {
      const { logLikelihood, weight } = await rows.expectation(components, { scatter: "none" });
      return logLikelihood / weight;
    });
  }

  /**
   * Draws rows from the mixture, in random order, with the component each came from.
   *
   * @param n a whole number ≥ 1
   * @param options the same `randomState` gives the same rows; without it a seed is drawn
   * @throws MixturaError `invalid-option`
   * @example
   * ```ts run
   * const model = GaussianMixture.fromParameters({
   *   weights: [0.5, 0.5],
   *   means: [[-3], [3]],
   *   covariances: [[[1]], [[1]]],
   * });
   * const { X, labels } = model.sample(100, { randomState: 7 });
   * X.data // => model.sample(100, { randomState: 7 }).X.data
   * labels.every((label, row) => label === (X.data[row]! > 0 ? 1 : 0))
   * // => true
   * ```
   */
  sample(n: number, options?: { readonly randomState?: number }): { X: Matrix; labels: Int32Array } {
    const { weights, covariances } = this.#payload;
    const { means, whitening } = this.#components;
    const { featureNames } = this;
    return drawSample({ n, options, kind: this.#kind, weights, means, covariances, whitening, featureNames, owner: GAUSSIAN_MIXTURE });
  }

  /** This model. */
  toGaussianMixture(): this {
    return this;
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    return new FittedGaussianMixture(this.#payload, backend) as this;
  }

  /** Reads a model from untrusted JSON. */
  static fromJSON(json: unknown): FittedGaussianMixture {
    return new FittedGaussianMixture(readModel(json, GAUSSIAN_MIXTURE, readParameters, iterativeTraceFromJSON));
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return parametersToJSON(this.#payload);
  }

  /** @internal */
  protected batchComponents(): GaussianComponents {
    return this.#components;
  }

  /** @internal */
  protected fastBackend(): Promise<FastBackendModule> {
    return import("@mixtura/backend-wasm/default");
  }

  /**
   * The features by whose marginal density criteria judge; absent where that is all of them.
   *
   * @internal
   */
  get judgedFeatures(): readonly number[] | undefined {
    return this.#payload.training?.independent?.features;
  }

  /** What criteria are computed from. */
  get #judged(): Pick<TrainingFacts, "weight" | "logLikelihood" | "classificationLogLikelihood"> | undefined {
    const training = this.#payload.training;
    return training && { ...training, ...training.independent };
  }

  #block(k: number): number {
    if (!Number.isInteger(k) || k < 0 || k >= this.nComponents) {
      throw new MixturaError(
        "invalid-option",
        `GaussianMixture: there is no component ${show(k)}; components are 0 to ${this.nComponents - 1}.`,
        { option: "k", found: k },
      );
    }
    return this.#kind.shared ? 0 : k;
  }

  /** Component k's whitening factor as a d×d lower triangle. */
  #whitening(k: number): Float64Array {
    const d = this.featureCount;
    const block = blockOf(this.#kind, this.#components.whitening, this.#block(k), d);
    return shapes[this.#kind.shape].triangle(block, 0, d);
  }
}
