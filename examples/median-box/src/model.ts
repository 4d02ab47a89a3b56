import type { FittedModel, FitTrace, MatrixLike, ModelJSON } from "@mixtura/core";
import {
  checkPoint,
  createPace,
  inStrides,
  modelJSON,
  readModelHeads,
  readObject,
  toMatrix,
  traceFromJSON,
  traceToJSON,
} from "@mixtura/core";

/** The name of the model in files. */
export const MEDIAN_BOX = "MedianBox";

/** What the model is made of; its JSON holds the same. */
export interface MedianBoxPayload {
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  readonly cutoff: number;
  /** Length d. */
  readonly centre: Float64Array;
  /** Length d; 0 for features that are left out. */
  readonly spread: Float64Array;
  readonly trace: FitTrace;
}

/** What a batch method is told beside its data. */
export interface BatchContext {
  readonly signal?: AbortSignal;
}

/** Medians and deviations of every feature. Comes from `MedianBox.fit` or from JSON; never changes. */
export class FittedMedianBox implements FittedModel {
  readonly type: typeof MEDIAN_BOX = MEDIAN_BOX;
  readonly featureCount: number;
  declare readonly featureNames?: readonly string[];
  readonly cutoff: number;
  readonly trace: FitTrace;
  /** Answers about one point, without allocation. */
  readonly point: { readonly isOutlier: (x: ArrayLike<number>) => boolean };
  readonly #payload: MedianBoxPayload;

  constructor(payload: MedianBoxPayload) {
    const { featureCount, featureNames, cutoff, trace } = payload;
    this.#payload = payload;
    this.featureCount = featureCount;
    if (featureNames !== undefined) this.featureNames = Object.freeze([...featureNames]);
    this.cutoff = cutoff;
    this.trace = Object.freeze(trace);
    const isOutlier = (x: ArrayLike<number>): boolean => {
      checkPoint(x, featureCount);
      return farthest(payload, x, 0) > cutoff;
    };
    this.point = Object.freeze({ isOutlier });
    Object.freeze(this);
  }

  /** The median of each feature. A copy. */
  get centre(): Float64Array {
    return this.#payload.centre.slice();
  }

  /** How normal each row is: minus the largest distance of a feature from its median, in deviations. */
  async scoreSamples(X: MatrixLike, context: BatchContext = {}): Promise<Float64Array> {
    const pace = createPace(context.signal);
    pace.check();
    const features = { count: this.featureCount, ...(this.featureNames === undefined ? {} : { names: this.featureNames }) };
    const { data, rows, columns } = toMatrix(X, { caller: MEDIAN_BOX, features });
    const scores = new Float64Array(rows);
    await inStrides(rows, pace, (start, end) => {
      for (let i = start; i < end; i++) scores[i] = 0 - farthest(this.#payload, data, i * columns);
    });
    return scores;
  }

  /** A number per row that is negative for outliers. */
  async decisionFunction(X: MatrixLike, context: BatchContext = {}): Promise<Float64Array> {
    return (await this.scoreSamples(X, context)).map((score) => score + this.cutoff);
  }

  /** +1 for rows like the training rows, −1 for outliers. */
  async predict(X: MatrixLike, context: BatchContext = {}): Promise<Int32Array> {
    return Int32Array.from(await this.decisionFunction(X, context), (value) => (value < 0 ? -1 : 1));
  }

  /** The same model: it computes where it is called. */
  withBackend(): this {
    return this;
  }

  /** The model as plain JSON data. */
  toJSON(): ModelJSON {
    const { featureCount: count, featureNames, cutoff, centre, spread, trace } = this.#payload;
    return modelJSON(MEDIAN_BOX, {
      features: { count, ...(featureNames === undefined ? {} : { names: featureNames }) },
      cutoff,
      centre: [...centre],
      spread: [...spread],
      trace: traceToJSON(trace),
    });
  }

  /** Reads a model from JSON that nobody vouches for. */
  static fromJSON(json: unknown): FittedMedianBox {
    const reader = readObject(readModelHeads(json));
    if (reader.string("type") !== MEDIAN_BOX) throw reader.fail("type", `"${MEDIAN_BOX}"`);
    const features = reader.object("features");
    const count = features.count("count", 1);
    const cutoff = reader.number("cutoff");
    const spread = reader.numbers("spread", count);
    if (cutoff <= 0) throw reader.fail("cutoff", "a number > 0");
    if (spread.some((value) => value < 0)) throw reader.fail("spread", "numbers ≥ 0");
    return new FittedMedianBox({
      featureCount: count,
      ...(features.has("names") ? { featureNames: features.strings("names", count) } : {}),
      cutoff,
      centre: reader.numbers("centre", count),
      spread,
      trace: traceFromJSON(reader.object("trace")),
    });
  }
}

/** The largest distance of a feature from its median, in deviations. */
function farthest({ centre, spread }: MedianBoxPayload, data: ArrayLike<number>, at: number): number {
  let most = 0;
  for (let j = 0; j < centre.length; j++) {
    if (spread[j]! > 0) most = Math.max(most, Math.abs(data[at + j]! - centre[j]!) / spread[j]!);
  }
  return most;
}
