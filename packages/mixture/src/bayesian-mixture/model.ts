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
  Objective,
  WeightedBatchContext,
} from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { iterativeTraceFromJSON, present, readModel } from "@mixtura/core/authoring";
import type { MixtureForm } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { CovarianceType } from "../covariance/kinds.ts";
import { blockOf, formOf, freeParameters } from "../covariance/kind.ts";
import { covarianceKind } from "../covariance/kinds.ts";
import { componentsFromPayload, positiveZeros } from "../parameters/components-from-payload.ts";
import { componentsOf } from "../fitted/components.ts";
import type { MixturePoint } from "../fitted/point.ts";
import { FittedGaussianMixture } from "../gaussian-mixture/model.ts";
import { expectedOccupied } from "./expected-occupied.ts";
import type { PosteriorDensity, PriorConvention, WeightConcentrationPriorType } from "./choices.ts";
import type { MixturePrior } from "./mixture-prior.ts";
import type { BayesianMixturePayload } from "./payload.ts";
import { BAYESIAN_GAUSSIAN_MIXTURE, parametersToJSON, readParameters } from "./payload.ts";
import { describePosterior } from "./describe.ts";
import { COUNTS, holding, pruned } from "./prune.ts";
import { checkDensity, refusal } from "./refusal.ts";
import { samplePosterior } from "./sample.ts";
import type { Scoring } from "./scoring.ts";
import { scoringOf } from "./scoring.ts";
import type { WeightDistribution } from "./weights.ts";
import { isBySticks, weightDistribution } from "./weights.ts";

/**
 * A Bayesian Gaussian mixture: a posterior over mixtures, a density, a soft clustering and a generator of rows.
 *
 * Comes from `BayesianGaussianMixture.fit` or `BayesianGaussianMixture.load`, never from this constructor. It holds parameters only, never data or
 * device memory, and never changes; arrays it hands out are copies. `density` says what the answers about rows are made by.
 */
export class FittedBayesianGaussianMixture extends BackendModelBase implements Mixture {
  readonly type: typeof BAYESIAN_GAUSSIAN_MIXTURE = BAYESIAN_GAUSSIAN_MIXTURE;
  declare readonly trace: IterativeTrace;
  readonly covarianceType: CovarianceType;
  readonly weightConcentrationPriorType: WeightConcentrationPriorType;
  readonly priorConvention: PriorConvention;
  readonly density: PosteriorDensity;
  readonly measure: Measure;
  readonly isPosterior: true = true;
  readonly nComponents: number;
  readonly labelCount: number;
  /** A Bayesian fit leaves components that rows do not ask for empty: none is degenerate. */
  readonly degenerateComponents: readonly number[] = Object.freeze([]);
  /** Free parameters of a Gaussian mixture of this size. */
  readonly nParameters: number;
  /** Synchronous, allocation-free answers about one point. */
  readonly point: MixturePoint;

  readonly #payload: BayesianMixturePayload;
  readonly #kind: CovarianceKind;
  readonly #distribution: WeightDistribution;
  /** Expected weights. */
  readonly #weights: Float64Array;
  /** Factors of the covariances. */
  readonly #whitening: Float64Array;
  readonly #scoring: Scoring;

  /** @internal */
  constructor(payload: BayesianMixturePayload, backend?: PassBackend) {
    super(payload, backend);
    // Every model, fresh or read back, is built from what its JSON would hold: so a round trip gives the same bits.
    const { featureCount, covarianceType, priorConvention: convention, density, weightConcentrationPriorType } = payload;
    const [means, covariances] = [positiveZeros(payload.means), positiveZeros(payload.covariances)];
    const prior = { ...payload.prior, mean: positiveZeros(payload.prior.mean), covariance: positiveZeros(payload.prior.covariance) };
    this.#payload = { ...payload, means, covariances, prior };
    this.#kind = covarianceKind(covarianceType);
    this.#distribution = weightDistribution(weightConcentrationPriorType, convention, payload.sticks);
    this.#weights = this.#distribution.means(payload.weightConcentration);
    const components = componentsFromPayload({ featureCount, weights: this.#weights, means, covariances }, this.#kind);
    this.#whitening = components.whitening;
    this.#scoring = scoringOf(
      density,
      { ...this.#payload, concentrationPrior: prior.weightConcentration, whitening: this.#whitening },
      { weights: this.#weights, components },
      { kind: this.#kind, distribution: this.#distribution, convention, names: payload.featureNames },
    );
    this.covarianceType = covarianceType;
    this.weightConcentrationPriorType = weightConcentrationPriorType;
    this.priorConvention = convention;
    this.density = density;
    this.measure = density === "variational" ? "unnormalised" : "original-units";
    this.nComponents = this.labelCount = this.#weights.length;
    this.nParameters = freeParameters(this.#kind, this.nComponents, featureCount);
    this.point = this.#scoring.point;
    Object.freeze(this);
  }

  /** Expected weights of the components, length k, sum 1. A copy. */
  get weights(): Float64Array {
    return this.#weights.slice();
  }

  /** Weights of the components that the prior expected, in their order. A copy. */
  get priorWeights(): Float64Array {
    return this.#distribution.priorMeans(this.#payload.prior.weightConcentration, this.nComponents);
  }

  /** Expected means of the components, k×d, in the units of the data. A copy. */
  get means(): Matrix {
    return matrix(this.#payload.means.slice(), this.nComponents, this.featureCount, this.featureNames);
  }

  /**
   * Concentrations of the weights: of every component under "dirichlet_distribution"; under "dirichlet_process" the two parameters of the fraction
   * that every component takes of what those before it left, in the order of {@link FittedBayesianGaussianMixture.sticks}. A second parameter of 0
   * says: all of it. Copies.
   */
  get weightConcentration(): Float64Array | readonly [Float64Array, Float64Array] {
    const { weightConcentration: all } = this.#payload;
    const k = this.nComponents;
    return all.length === k ? all.slice() : Object.freeze([all.slice(0, k), all.slice(k)] as const);
  }

  /** Under "dirichlet_process", the place of each component among the sticks that weights are broken from, from 0. A copy. */
  get sticks(): readonly number[] | undefined {
    if (!isBySticks(this.weightConcentrationPriorType)) return undefined;
    return Object.freeze([...(this.#payload.sticks ?? this.#weights.keys())]);
  }

  /** The weight of each component's mean, in rows, length k. A copy. */
  get meanPrecision(): Float64Array {
    return this.#payload.meanPrecision.slice();
  }

  /** Degrees of freedom of each component's precision, length k; the same for all where they share a covariance. A copy. */
  get degreesOfFreedom(): Float64Array {
    const { degreesOfFreedom } = this.#payload;
    return Float64Array.from(this.#weights, (_, k) => degreesOfFreedom[this.#kind.shared ? 0 : k]!);
  }

  /** The prior, as it was given or taken from the data. Arrays are copies. */
  get prior(): MixturePrior {
    const { weightConcentration, meanPrecision, mean, degreesOfFreedom, covariance } = this.#payload.prior;
    const matrixOf = this.#matrix(this.#kind.expand(covariance, this.featureCount));
    return Object.freeze({ weightConcentration, meanPrecision, mean: mean.slice(), degreesOfFreedom, covariance: matrixOf });
  }

  /**
   * Covariance of component k as a d×d matrix, for every covariance type: the inverse of the expected precision.
   *
   * @throws MixturaError `invalid-option` where there is no such component
   */
  covariance(k: number): Matrix {
    const d = this.featureCount;
    return this.#matrix(this.#kind.expand(blockOf(this.#kind, this.#payload.covariances, this.#block(k), d), d));
  }

  /**
   * Expected precision of component k as a d×d matrix.
   *
   * @throws MixturaError `invalid-option` where there is no such component
   */
  precision(k: number): Matrix {
    const d = this.featureCount;
    const factor = blockOf(this.#kind, this.#whitening, this.#block(k), d);
    return this.#matrix(transposeTimesLower(shapes[this.#kind.shape].triangle(factor, 0, d), d));
  }

  /** The components as densities, by the model's `density`; their moments are those of the Gaussian mixture at the posterior means. */
  get components(): readonly Component[] {
    return componentsOf(this, this.#scoring.student === undefined ? "Gaussian" : "Student t");
  }

  /** The covariance type in words. */
  get form(): MixtureForm {
    return formOf(this.#kind);
  }

  /** Components that hold more than a hundredth of the training rows. */
  get occupiedComponents(): readonly number[] {
    return holding(this.#payload, this.#distribution, COUNTS);
  }

  /** The evidence lower bound of all training data. Absent for a pruned model. */
  get objective(): Objective | undefined {
    const training = this.#payload.training;
    return training && { name: "evidence lower bound", value: training.weight * training.lowerBound, weight: training.weight };
  }

  /** What the prior was, what rows are scored by, and what came of it, in sentences. */
  describe(): readonly string[] {
    return describePosterior(this);
  }

  /** The evidence lower bound of the training data per row, in nats, under the convention of the prior. Absent for a pruned model. */
  get lowerBound(): number | undefined {
    return this.#payload.training?.lowerBound;
  }

  /**
   * How many components the training rows are expected to occupy: before they were seen (all that was known being how many they are), and after.
   * Absent for a pruned model.
   *
   * @remarks O(n·k) for "dirichlet_process", up to a hundred thousand rows.
   */
  get expectedComponents(): { readonly prior: number; readonly posterior: number } | undefined {
    const { training, prior, weightConcentrationPriorType } = this.#payload;
    if (training === undefined) return undefined;
    const { weight, occupied: posterior } = training;
    return { prior: expectedOccupied(weightConcentrationPriorType, prior.weightConcentration, this.nComponents, weight), posterior };
  }

  /**
   * How many components hold more than a fraction of the training rows, by the fit's responsibilities.
   *
   * @example
   * ```ts run
   * const X = [0, 0.1, 0.2, 0.3, 0.4, 8, 8.1, 8.2, 8.3, 8.4].map((x) => [
   *   x,
   * ]);
   * const model = await new BayesianGaussianMixture({
   *   nComponents: 5,
   *   meanPrecisionPrior: 0.01,
   *   covariancePrior: [[0.1]],
   *   moves: true,
   * }).fit(X);
   * model.effectiveComponents() // => 2
   * model.prune().nComponents // => 2
   * ```
   * @param threshold from 0 to 1, default 0.01
   * @throws MixturaError `invalid-option`
   */
  effectiveComponents(threshold: number = COUNTS): number {
    return holding(this.#payload, this.#distribution, threshold).length;
  }

  /**
   * The model without the components that hold at most a fraction of the training rows; the largest always stays.
   *
   * @param threshold from 0 to 1, default 0.01
   * @throws MixturaError `invalid-option`
   */
  prune(threshold: number = COUNTS): FittedBayesianGaussianMixture {
    return new FittedBayesianGaussianMixture(pruned(this.#payload, this.#kind, this.#distribution, threshold), this.backend);
  }

  /** The Gaussian mixture at the posterior means, for everything that only Gaussian mixtures can be asked. */
  toGaussianMixture(): FittedGaussianMixture {
    const { featureCount, featureNames, covarianceType, means, covariances, trace } = this.#payload;
    const features = { featureCount, ...present({ featureNames }) };
    return new FittedGaussianMixture({ ...features, covarianceType, weights: this.#weights, means, covariances, trace }, this.backend);
  }

  /** The same posterior, answering by another density. */
  withDensity(density: PosteriorDensity): FittedBayesianGaussianMixture {
    return new FittedBayesianGaussianMixture({ ...this.#payload, density: checkDensity(density) }, this.backend);
  }

  /**
   * The likeliest component of each row, the first of equals. O(n·k·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   */
  predict(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Int32Array> {
    return this.withRows("predict", X, context, (batch) => this.#scoring.scorer.labels(batch));
  }

  /**
   * The responsibility of each component for each row, n×k; rows sum to 1. O(n·k·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   */
  predictProba(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Matrix> {
    return this.withRows("predictProba", X, context, async (batch) =>
      matrix(await this.#scoring.scorer.responsibilities(batch), batch.rows.count, this.nComponents),
    );
  }

  /**
   * Natural-log density of each row; under "variational", scikit-learn's score, which is no density. O(n·k·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   */
  scoreSamples(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Float64Array> {
    return this.withRows("scoreSamples", X, context, (batch) => this.#scoring.scorer.logDensities(batch));
  }

  /**
   * Mean natural-log density of the rows, weighted where `sampleWeight` is given.
   *
   * @throws (by rejection) MixturaError as for {@link FittedBayesianGaussianMixture.scoreSamples}, and `invalid-weight`
   */
  score(X: MatrixLike | BlockSource, context: WeightedBatchContext = {}): Promise<number> {
    return this.withRows("score", X, context, (batch) => this.#scoring.scorer.score(batch));
  }

  /**
   * Draws rows, in random order, with the component each came from: from the posterior predictive where that is the model's density, else from the
   * Gaussian mixture at the posterior means.
   *
   * @param n a whole number ≥ 1
   * @param options the same `randomState` gives the same rows; without it a seed is drawn
   * @throws MixturaError `invalid-option`
   */
  sample(n: number, options?: { readonly randomState?: number }): { X: Matrix; labels: Int32Array } {
    const { means, covariances } = this.#payload;
    const parts = { kind: this.#kind, weights: this.#weights, means, covariances, whitening: this.#whitening };
    const names = { featureNames: this.featureNames, owner: BAYESIAN_GAUSSIAN_MIXTURE };
    return samplePosterior({ n, options, ...parts, ...names }, this.#scoring.student);
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    return new FittedBayesianGaussianMixture(this.#payload, backend) as this;
  }

  /** Reads a model from untrusted JSON. */
  static fromJSON(json: unknown): FittedBayesianGaussianMixture {
    return new FittedBayesianGaussianMixture(readModel(json, BAYESIAN_GAUSSIAN_MIXTURE, readParameters, iterativeTraceFromJSON));
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return parametersToJSON(this.#payload);
  }

  /** @internal */
  protected batchComponents(): GaussianComponents {
    return this.#scoring.components;
  }

  /** @internal */
  protected fastBackend(): Promise<FastBackendModule> {
    return import("@mixtura/backend-wasm/default");
  }

  #matrix(data: Float64Array): Matrix {
    return matrix(data, this.featureCount, this.featureCount, this.featureNames);
  }

  #block(k: number): number {
    if (!Number.isInteger(k) || k < 0 || k >= this.nComponents) throw refusal("k", `a component from 0 to ${this.nComponents - 1}`, k);
    return this.#kind.shared ? 0 : k;
  }
}
