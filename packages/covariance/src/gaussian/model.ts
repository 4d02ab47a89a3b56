import type { Backend, GaussianComponents } from "@mixtura/backend";
import { BackendModelBase } from "@mixtura/backend/authoring";
import { transposeTimesLower } from "@mixtura/backend/internal/factors";
import type { FastBackendModule } from "@mixtura/backend/internal/rows";
import type { BatchContext, BlockSource, Density, Matrix, MatrixLike, Measure, WeightedBatchContext } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { present } from "@mixtura/core/authoring";
import type { Ellipse } from "./ellipse.ts";
import type { ErrorNormOptions } from "./error-norm.ts";
import type { EllipsePayload } from "./payload.ts";
import { ellipseOf } from "./payload.ts";
import type { EllipsePoint } from "./point.ts";
import { ellipsePoint } from "./point.ts";
import { drawRows } from "./sample.ts";

/**
 * A location and a covariance: distances, a Gaussian density and a generator of rows. What every model of this package can do, however its
 * covariance was estimated.
 *
 * Models hold parameters only, never data or device memory, and never change; arrays they hand out are copies.
 */
export abstract class FittedEllipse extends BackendModelBase implements Density {
  readonly measure: Measure = "original-units";
  /** Synchronous, allocation-free answers about one point. */
  readonly point: EllipsePoint;

  readonly #ellipse: Ellipse;

  /**
   * @param payload what the model's JSON would hold, whether it comes from a fit or from a file: so a round trip gives the same bits
   * @internal
   */
  constructor(payload: EllipsePayload, backend: Backend | undefined) {
    super(payload, backend);
    const { location, covariance, floor } = payload;
    const parts = { location: positiveZeros(location), covariance: positiveZeros(covariance) };
    this.#ellipse = ellipseOf({ ...parts, ...present({ floor: floor && positiveZeros(floor) }) });
    this.point = ellipsePoint(this.#ellipse, this.featureNames);
  }

  /** The centre, length d, in the units of the data. A copy. */
  get location(): Float64Array {
    return this.#ellipse.location.slice();
  }

  /** The covariance as the estimator defines it, d×d; singular where the rows leave a direction without spread. A copy. */
  get covariance(): Matrix {
    return this.#square(this.#ellipse.covariance.slice());
  }

  /**
   * The inverse of the covariance, d×d; where that is singular, of the covariance with the floor that `trace.diagnostics` reports. A copy.
   */
  get precision(): Matrix {
    return this.#square(transposeTimesLower(this.#ellipse.whitening, this.featureCount));
  }

  /**
   * The factor W of the distances ‖W (x − location)‖², d×d and lower triangular: the inverse Cholesky factor of the covariance, with the floor that
   * `trace.diagnostics` reports where it is singular. A copy.
   */
  get whitening(): Matrix {
    return this.#square(this.#ellipse.whitening.slice());
  }

  /**
   * The SQUARED Mahalanobis distance of each row from the location, as scikit-learn's method of that name gives it. For Gaussian rows and known
   * parameters it follows the χ² distribution of d degrees of freedom. O(n·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = await new EmpiricalCovariance().fit(
   *   [[-2, 0], [2, 0], [0, -1], [0, 1]],
   * );
   * await model.mahalanobis([[0, 0], [2, 0], [0, 3]]) // ≈ [0, 2, 18]
   * ```
   */
  mahalanobis(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Float64Array> {
    return this.withRows("mahalanobis", X, context, async ({ rows, components }) => {
      const squares = await rows.squaredMahalanobis(components);
      // Kernels that compute it from the log-density give −0 at the location itself.
      for (let i = 0; i < squares.length; i++) squares[i] = Number.isNaN(squares[i]) ? Infinity : squares[i]! + 0;
      return squares;
    });
  }

  /**
   * Natural-log density of each row under the Gaussian of this location and covariance. O(n·d²).
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = await new EmpiricalCovariance().fit([[-1], [1]]);
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
   * @throws (by rejection) MixturaError as for {@link FittedEllipse.scoreSamples}, and `invalid-weight`
   * @example
   * ```ts run
   * const model = await new EmpiricalCovariance().fit([[-1], [1]]);
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
   * Draws rows from the Gaussian of this location and covariance.
   *
   * @param n a whole number ≥ 1
   * @param options the same `randomState` gives the same rows; without it a seed is drawn
   * @throws MixturaError `invalid-option`
   * @example
   * ```ts run
   * const model = await new EmpiricalCovariance().fit(
   *   [[-2, 0], [2, 0], [0, -1], [0, 1]],
   * );
   * const { X } = model.sample(100, { randomState: 7 });
   * X.data // => model.sample(100, { randomState: 7 }).X.data
   * ```
   */
  sample(n: number, options?: { readonly randomState?: number }): { X: Matrix } {
    return { X: drawRows(this.#ellipse, n, { options, featureNames: this.featureNames, caller: `${this.type}.sample` }) };
  }

  /**
   * How far another covariance is from this one: the squared Frobenius norm of the difference, divided by the number of features, or as the
   * options say. Names, defaults and values are scikit-learn's `error_norm`.
   *
   * @param other a d×d matrix, or a model with a covariance
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `invalid-option`, `unknown-option`
   * @example
   * ```ts run
   * const model = await new EmpiricalCovariance().fit(
   *   [[-2, 0], [2, 0], [0, -1], [0, 1]],
   * );
   * model.covariance.data // => [2, 0, 0, 0.5]
   * await model.errorNorm([[1, 0], [0, 0.5]]) // ≈ 0.5
   * await model.errorNorm([[1, 0], [0, 0.5]], {
   *   norm: "spectral",
   *   scaling: false,
   *   squared: false,
   * }) // => 1
   * ```
   */
  async errorNorm(other: MatrixLike | { readonly covariance: Matrix }, options: ErrorNormOptions = {}): Promise<number> {
    const { errorNorm } = await import("./error-norm.ts"); // not needed to answer for single points
    return errorNorm(this.#ellipse.covariance, other, options, `${this.type}.errorNorm`);
  }

  /** @internal */
  protected batchComponents(): GaussianComponents {
    return this.#ellipse.components;
  }

  /** @internal */
  protected fastBackend(): Promise<FastBackendModule> {
    return import("@mixtura/backend-wasm/default");
  }

  #square(data: Float64Array): Matrix {
    return matrix(data, this.featureCount, this.featureCount, this.featureNames);
  }
}

/** A copy without negative zeros, which JSON cannot hold. */
function positiveZeros(values: Float64Array): Float64Array {
  return values.map((value) => value + 0);
}
