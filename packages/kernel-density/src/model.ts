import { invertLower } from "@mixtura/backend/internal/factors";
import type { BatchContext, Density, Matrix, MatrixLike, Measure, PointLike, WeightedBatchContext } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { checkSampleWeight, createPace, batchRows, ModelBase, pointReader, present, readModel } from "@mixtura/core/authoring";
import { invalidField } from "@mixtura/core/internal";
import type { KernelSum } from "./evaluate.ts";
import { logDensities, pointDensity } from "./evaluate.ts";
import type { Kernel } from "./kernel.ts";
import { logIntegral } from "./kernel.ts";
import type { KernelDensityPayload } from "./payload.ts";
import { KERNEL_DENSITY, parametersToJSON, readParameters } from "./payload.ts";
import { drawRows } from "./sample.ts";
import type { Whitening } from "./whitening.ts";
import { whitened, whitenRow } from "./whitening.ts";

/** Synchronous answers about one point. */
export interface KernelDensityPoint {
  /** Natural-log density. Throws `invalid-shape` or `not-finite`. O(n·d), without allocation. */
  readonly logDensity: (x: PointLike) => number;
}

/**
 * A density that is the mean of kernels about the training rows, which it holds. Comes from `KernelDensity.fit` or `KernelDensity.load`;
 * never changes.
 */
export class FittedKernelDensity extends ModelBase implements Density {
  readonly type: typeof KERNEL_DENSITY = KERNEL_DENSITY;
  readonly measure: Measure = "original-units";
  readonly kernel: Kernel;
  /** The number of training rows that are kept: those of positive weight. */
  readonly rowCount: number;
  readonly point: KernelDensityPoint;

  readonly #payload: KernelDensityPayload;
  readonly #sum: KernelSum;
  readonly #whitening: Whitening | undefined;

  /** @internal */
  constructor(payload: KernelDensityPayload) {
    super(payload);
    const { featureCount: d, kernel, factor } = payload;
    const rows = payload.rows.map((value) => value + 0); // JSON cannot hold negative zeros
    this.#payload = { ...payload, rows };
    this.#whitening = factor === undefined ? undefined : whiteningOf(this.#payload, factor);
    this.#sum = kernelSum(this.#payload, this.#whitening);
    this.kernel = kernel;
    this.rowCount = rows.length / d;
    this.point = pointOf(this.#sum, this.#whitening, payload.featureNames);
    Object.freeze(this);
  }

  /** The bandwidth of each feature, in its units. A copy. */
  get bandwidth(): Float64Array {
    return this.#payload.bandwidth.slice();
  }

  /**
   * Natural-log density of each row; −Infinity where a compact kernel does not reach. O(m·n·d).
   *
   * @param X m×d
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = await new KernelDensity({ bandwidth: 1 }).fit([[0], [3]]);
   * await model.scoreSamples([[0], [1.5]])
   * // ≈ [-1.6010379689160243, -2.043938533204673]
   * ```
   */
  async scoreSamples(X: MatrixLike, context: BatchContext = {}): Promise<Float64Array> {
    return this.#logDensities(X, "scoreSamples", context);
  }

  /**
   * Mean natural-log density of the rows, weighted where `sampleWeight` is given.
   *
   * @throws (by rejection) MixturaError as for {@link FittedKernelDensity.scoreSamples}, and `invalid-weight`
   * @example
   * ```ts run
   * const model = await new KernelDensity({
   *   bandwidth: 1,
   *   kernel: "tophat",
   * }).fit([[0], [3]]);
   * await model.score([[0.5], [2.5]]) // ≈ -1.3862943611198906
   * ```
   */
  async score(X: MatrixLike, context: WeightedBatchContext = {}): Promise<number> {
    const caller = `${KERNEL_DENSITY}.score`;
    const values = await this.#logDensities(X, "score", context);
    const weights = checkSampleWeight((context as WeightedBatchContext | null)?.sampleWeight, values.length, caller);
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < values.length; i++) {
      const w = weights?.[i] ?? 1;
      if (w === 0) continue; // −Infinity of a row that does not count is no NaN
      sum += w * values[i]!;
      weight += w;
    }
    return sum / weight;
  }

  /**
   * Draws rows: a training row by weight, moved by a draw from the kernel.
   *
   * @param n a whole number ≥ 1
   * @param options the same `randomState` gives the same rows; without it a seed is drawn
   * @throws MixturaError `invalid-option`
   * @example
   * ```ts run
   * const model = await new KernelDensity({
   *   bandwidth: 0.5,
   *   kernel: "tophat",
   * }).fit([[0], [10]]);
   * const { X } = model.sample(100, { randomState: 7 });
   * X.data.every((x) => Math.abs(x) < 0.5 || Math.abs(x - 10) < 0.5)
   * // => true
   * ```
   */
  sample(n: number, options?: { readonly randomState?: number }): { X: Matrix } {
    return { X: matrix(drawRows(this.#payload, n, options), n, this.featureCount, this.featureNames) };
  }

  /** Reads a model from untrusted JSON. */
  static fromJSON(json: unknown): FittedKernelDensity {
    return new FittedKernelDensity(readModel(json, KERNEL_DENSITY, readParameters));
  }

  /** @internal The training rows are part of them. */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return parametersToJSON(this.#payload);
  }

  async #logDensities(X: MatrixLike, method: string, context: BatchContext | null): Promise<Float64Array> {
    const signal = context?.signal;
    const pace = createPace(signal);
    pace.check();
    const { data } = batchRows(this, method, X, context);
    return logDensities(this.#sum, this.#whitening === undefined ? data : await whitened(this.#whitening, data, pace), pace);
  }
}

/** Whitened coordinates start from the mean of the rows, so that an offset common to all of them costs no digits. */
function whiteningOf({ rows, bandwidth, featureCount: d }: KernelDensityPayload, factor: Float64Array): Whitening {
  const centre = new Float64Array(d);
  for (let at = 0; at < rows.length; at++) centre[at % d]! += (rows[at]! - centre[at % d]!) / (Math.floor(at / d) + 1);
  return { centre, bandwidth, inverseFactor: invertLower(factor, d) };
}

function kernelSum(payload: KernelDensityPayload, whitening: Whitening | undefined): KernelSum {
  const { featureCount: d, kernel, bandwidth, factor, rows, weights } = payload;
  const points = whitening === undefined ? rows : rows.slice();
  if (whitening !== undefined) for (let at = 0; at < points.length; at += d) whitenRow(whitening, points, at);
  if (!points.every(Number.isFinite)) throw invalidField("training", "rows within reach of the bandwidth", "rows beyond it");
  let logNormaliser = logIntegral(kernel, d) + Math.log(weights?.reduce((sum, w) => sum + w, 0) ?? rows.length / d);
  for (let j = 0; j < d; j++) logNormaliser += Math.log(bandwidth[j]!) + Math.log(factor?.[j * (d + 1)] ?? 1);
  return {
    kernel,
    points,
    features: d,
    inverseBandwidth: whitening === undefined ? bandwidth.map((width) => 1 / width) : new Float64Array(d).fill(1),
    ...present({ weights, logWeights: weights?.map(Math.log) }),
    logNormaliser,
  };
}

function pointOf(sum: KernelSum, whitening: Whitening | undefined, names: readonly string[] | undefined): KernelDensityPoint {
  const density = pointDensity(sum);
  const query = new Float64Array(sum.features);
  const read = pointReader(sum.features, names);
  return Object.freeze({
    logDensity(x: PointLike): number {
      const point = read(x);
      for (let j = 0; j < query.length; j++) query[j] = point[j]!;
      if (whitening !== undefined) whitenRow(whitening, query, 0);
      return density(query);
    },
  });
}
