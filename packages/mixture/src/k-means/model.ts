import type { Backend, GaussianComponents, PassBackend } from "@mixtura/backend";
import { centroidComponents } from "@mixtura/backend/factors";
import type { BatchWork } from "@mixtura/backend/batch";
import type { Clustering, Features, FitTrace, Matrix, MatrixLike, ModelJSON } from "@mixtura/core";
import {
  featuresToJSON,
  matrix,
  MixturaError,
  modelJSON,
  readFeatures,
  readModelHeads,
  readObject,
  traceFromJSON,
  traceToJSON,
} from "@mixtura/core";
import type { BatchContext } from "../gaussian-mixture/model.ts";
import type { Point } from "../gaussian-mixture/point.ts";
import { mixturePoint } from "../gaussian-mixture/point.ts";

/** What a k-means model is made of; its JSON holds the same. */
export interface KMeansPayload extends Features {
  /** k×d */
  readonly clusterCenters: Float64Array;
  readonly inertia: number;
  readonly trace: FitTrace;
}

/** The name of the model in files. */
export const K_MEANS = "KMeans";

/** Synchronous answers about one point. */
export interface KMeansPoint {
  /** The nearest centre; the first of equals. */
  readonly label: (x: Point) => number;
}

/** Clusters around centres. Comes from `KMeans.fit` or `KMeans.load`; never changes. */
export class FittedKMeans implements Clustering {
  readonly type: typeof K_MEANS = K_MEANS;
  readonly featureCount: number;
  declare readonly featureNames?: readonly string[];
  readonly nClusters: number;
  readonly labelCount: number;
  /** Σ w ‖x − nearest centre‖² over the training rows, in squared units of the data. */
  readonly inertia: number;
  readonly trace: FitTrace;
  readonly point: KMeansPoint;

  readonly #payload: KMeansPayload;
  readonly #components: GaussianComponents;
  readonly #backend: PassBackend | undefined;

  /** @internal */
  constructor(payload: KMeansPayload, backend?: PassBackend) {
    const { featureCount, featureNames, clusterCenters, inertia, trace } = payload;
    const centres = clusterCenters.map((value) => value + 0); // JSON cannot hold negative zeros
    this.#payload = { ...payload, clusterCenters: centres };
    this.#backend = backend;
    this.featureCount = featureCount;
    if (featureNames !== undefined) this.featureNames = Object.freeze([...featureNames]);
    this.nClusters = this.labelCount = centres.length / featureCount;
    this.inertia = inertia;
    this.trace = Object.freeze(trace);
    this.#components = centroidComponents(centres, this.nClusters);
    const { label } = mixturePoint(this.#components);
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
   * const model = await new KMeans({ nClusters: 2, randomState: 1 }).fit([[0], [1], [10], [11]]);
   * const [low, high] = await model.predict([[-5], [20]]);
   * low !== high // => true
   * ```
   */
  predict(X: MatrixLike, context?: BatchContext): Promise<Int32Array> {
    return this.#withRows("predict", X, context, ({ rows, components }) => rows.labels(components));
  }

  /**
   * The Euclidean distance of each row to each centre, n×k.
   *
   * @throws (by rejection) MixturaError `invalid-shape`, `not-finite` (also where a distance is beyond the range of doubles),
   *   `feature-mismatch`, `aborted`
   * @example
   * ```ts run
   * const model = await new KMeans({ nClusters: 1 }).fit([[0, 0], [6, 8]]);
   * (await model.transform([[3, 4], [0, 0]])).data // => [0, 5]
   * ```
   */
  transform(X: MatrixLike, context?: BatchContext): Promise<Matrix> {
    return this.#withRows("transform", X, context, async ({ rows, components, host }) => {
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
  score(X: MatrixLike, context: BatchContext & { readonly sampleWeight?: ArrayLike<number> } = {}): Promise<number> {
    return this.#withRows("score", X, context, async ({ rows, components }) => {
      const { logLikelihood } = await rows.expectation(components, { scatter: "none", assignment: "hard" });
      return 2 * logLikelihood;
    });
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    return new FittedKMeans(this.#payload, backend) as this;
  }

  /** The model as plain JSON data. */
  toJSON(): ModelJSON {
    const { featureCount: count, clusterCenters, inertia, trace } = this.#payload;
    const rows = Array.from({ length: this.nClusters }, (_, k) => [...clusterCenters.subarray(k * count, (k + 1) * count)]);
    return modelJSON(K_MEANS, {
      features: featuresToJSON(this.#payload),
      clusterCenters: rows,
      inertia,
      trace: traceToJSON(trace),
    });
  }

  /** Reads a model from JSON that nobody vouches for. */
  static fromJSON(json: unknown): FittedKMeans {
    const reader = readObject(readModelHeads(json));
    if (reader.string("type") !== K_MEANS) throw reader.fail("type", `"${K_MEANS}"`);
    const features = readFeatures(reader);
    const k = reader.list("clusterCenters").length;
    if (k === 0) throw reader.fail("clusterCenters", "at least one centre");
    return new FittedKMeans({
      ...features,
      clusterCenters: reader.rows("clusterCenters", k, features.featureCount),
      inertia: reader.number("inertia"),
      trace: traceFromJSON(reader.object("trace")),
    });
  }

  /** The distance that stands at a place of the n×k table, without squares that overflow. */
  #farDistance({ data, columns }: Matrix, at: number): number {
    const centre = at % this.nClusters;
    const row = (at - centre) / this.nClusters;
    const centres = this.#payload.clusterCenters;
    const distance = Math.hypot(...centres.subarray(centre * columns, (centre + 1) * columns).map((c, j) => data[row * columns + j]! - c));
    if (distance < Infinity) return distance;
    throw new MixturaError(
      "not-finite",
      `KMeans.transform: row ${row} is farther from centre ${centre} than a double can say. Divide the features by a large number first.`,
      { row, column: centre, found: distance },
    );
  }

  async #withRows<T>(
    method: string,
    X: MatrixLike,
    context: BatchContext & { readonly sampleWeight?: ArrayLike<number> } = {},
    work: (batch: BatchWork) => Promise<T>,
  ): Promise<T> {
    const { withRows } = await import("../gaussian-mixture/with-rows.ts"); // not needed to answer for single points
    const features = { count: this.featureCount, ...(this.featureNames === undefined ? {} : { names: this.featureNames }) };
    const { signal, sampleWeight } = context;
    const [components, backend] = [this.#components, this.#backend];
    return withRows({ X, features, components, backend, signal, sampleWeight, caller: `KMeans.${method}` }, work);
  }
}
