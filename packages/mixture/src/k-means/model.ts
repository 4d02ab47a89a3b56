import type { Backend, GaussianComponents } from "@mixtura/backend";
import { BackendModelBase } from "@mixtura/backend/authoring";
import { centroidComponents } from "@mixtura/backend/internal/factors";
import type { PassBackend, FastBackendModule } from "@mixtura/backend/internal/rows";
import type { BatchContext, BlockSource, Clustering, IterativeTrace, Matrix, MatrixLike, WeightedBatchContext } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { iterativeTraceFromJSON, readModel } from "@mixtura/core/authoring";
import { nestRows } from "../covariance/blocks-json.ts";
import type { Point } from "../fitted/point.ts";
import { mixturePoint } from "../fitted/point.ts";

/** The parameters of a k-means model; its JSON holds the same. */
export interface KMeansPayload extends ModelRecord<IterativeTrace>, KMeansParameters {}

interface KMeansParameters {
  /** k×d */
  readonly clusterCenters: Float64Array;
  readonly inertia: number;
}

/** The name of the model in files. */
export const K_MEANS = "KMeans";

/** Synchronous answers about one point. */
export interface KMeansPoint {
  /** The nearest centre; the first of equals. */
  readonly label: (x: Point) => number;
}

/** Clusters around centres. Comes from `KMeans.fit` or `KMeans.load`; never changes. */
export class FittedKMeans extends BackendModelBase implements Clustering {
  readonly type: typeof K_MEANS = K_MEANS;
  declare readonly trace: IterativeTrace;
  readonly nClusters: number;
  readonly labelCount: number;
  /** Σ w ‖x − nearest centre‖² over the training rows, in squared units of the data. */
  readonly inertia: number;
  readonly point: KMeansPoint;

  readonly #payload: KMeansPayload;
  readonly #components: GaussianComponents;

  /** @internal */
  constructor(payload: KMeansPayload, backend?: PassBackend) {
    super(payload, backend);
    const { featureCount, clusterCenters, inertia } = payload;
    const centres = clusterCenters.map((value) => value + 0); // JSON cannot hold negative zeros
    this.#payload = { ...payload, clusterCenters: centres };
    this.nClusters = this.labelCount = centres.length / featureCount;
    this.inertia = inertia;
    this.#components = centroidComponents(centres, this.nClusters);
    const { label } = mixturePoint(this.#components, payload.featureNames);
    this.point = Object.freeze({ label });
    Object.freeze(this);
  }

  /** The centres, k×d. A copy. */
  get clusterCenters(): Matrix {
    return matrix(this.#payload.clusterCenters.slice(), this.nClusters, this.featureCount, this.featureNames);
  }

  /**
   * The nearest centre of each row; the first of equals. O(n·k·d).
   *
   * @example
   * ```ts run
   * const model = await new KMeans({ nClusters: 2, randomState: 1 }).fit(
   *   [[0], [1], [10], [11]],
   * );
   * const [low, high] = await model.predict([[-5], [20]]);
   * low !== high // => true
   * ```
   */
  predict(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Int32Array> {
    return this.withRows("predict", X, context, ({ rows, components }) => rows.labels(components));
  }

  /**
   * The Euclidean distance of each row to each centre, n×k. One beyond the range of doubles is the largest double, so that no row takes others with it.
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = await new KMeans({ nClusters: 1 }).fit([[0, 0], [6, 8]]);
   * (await model.transform([[3, 4], [0, 0]])).data // => [0, 5]
   * ```
   */
  transform(X: MatrixLike | BlockSource, context?: BatchContext): Promise<Matrix> {
    return this.withRows("transform", X, context, async ({ rows, components, host }) => {
      const squares = await rows.squaredMahalanobis(components);
      // The square of a distance above 1e154 overflows; the distance itself does not.
      const distances = squares.map((square, at) => (square < Infinity ? Math.sqrt(square) : this.#farDistance(host, at)));
      return matrix(distances, rows.count, this.nClusters);
    });
  }

  /**
   * Minus the inertia of the rows, as scikit-learn has it: higher is better. −Infinity where the inertia is beyond the range of doubles.
   *
   * @example
   * ```ts run
   * const model = await new KMeans({ nClusters: 1 }).fit([[0], [2]]);
   * await model.score([[0], [2], [4]]) // => -11
   * ```
   */
  score(X: MatrixLike | BlockSource, context: WeightedBatchContext = {}): Promise<number> {
    return this.withRows(
      "score",
      X,
      context,
      async ({ rows, components }) => {
        const { logLikelihood } = await rows.expectation(components, { scatter: "none", assignment: "hard" });
        return 2 * logLikelihood + 0;
      },
      { join: "sum" },
    );
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    return new FittedKMeans(this.#payload, backend) as this;
  }

  /** Reads a model from untrusted JSON. */
  static fromJSON(json: unknown): FittedKMeans {
    return new FittedKMeans(readModel(json, K_MEANS, readParameters, iterativeTraceFromJSON));
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return { clusterCenters: nestRows(this.#payload.clusterCenters, this.featureCount), inertia: this.inertia };
  }

  /** @internal */
  protected batchComponents(): GaussianComponents {
    return this.#components;
  }

  /** @internal */
  protected fastBackend(): Promise<FastBackendModule> {
    return import("@mixtura/backend-wasm/default");
  }

  /** The distance that stands at a place of the n×k table, without squares that overflow; the largest double where it is beyond. */
  #farDistance({ data, columns }: Matrix, at: number): number {
    const centre = at % this.nClusters;
    const row = (at - centre) / this.nClusters;
    const centres = this.#payload.clusterCenters;
    const half = (j: number): number => data[row * columns + j]! / 2 - centres[centre * columns + j]! / 2;
    let longest = 0;
    for (let j = 0; j < columns; j++) longest = Math.max(longest, Math.abs(half(j)));
    let square = 0;
    for (let j = 0; j < columns; j++) square += (half(j) / longest) ** 2;
    return Math.min(Number.MAX_VALUE, 2 * longest * Math.sqrt(square));
  }
}

function readParameters(reader: FieldReader, { featureCount: d }: Features): KMeansParameters {
  const k = reader.list("clusterCenters").length;
  if (k === 0) throw reader.fail("clusterCenters", "at least one centre");
  return { clusterCenters: reader.rows("clusterCenters", k, d), inertia: reader.number("inertia") };
}
