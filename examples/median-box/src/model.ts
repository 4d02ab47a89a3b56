import type { BatchContext, Detector, MatrixLike } from "@mixtura/core";
import type {
  FieldReader,
  Features,
  ModelRecord,
} from "@mixtura/core/authoring";
import {
  checkPoint,
  ModelBase,
  readModel,
  valueOfEachRow,
} from "@mixtura/core/authoring";

/** The name of the model in files. */
export const MEDIAN_BOX = "MedianBox";

/** What the model is made of; its JSON holds the same. */
export interface MedianBoxPayload
  extends ModelRecord, MedianBoxParameters {}

interface MedianBoxParameters {
  readonly cutoff: number;
  /** Length d. */
  readonly centre: Float64Array;
  /** Length d; 0 for features that are left out. */
  readonly spread: Float64Array;
}

/**
 * Medians and deviations of every feature. Comes from `MedianBox.fit`
 * or from JSON; never changes.
 */
export class FittedMedianBox extends ModelBase implements Detector {
  readonly type: typeof MEDIAN_BOX = MEDIAN_BOX;
  /** Rows that score less are outliers: minus `cutoff`. */
  readonly threshold: number;
  readonly cutoff: number;
  /** Answers about one point, without allocation. */
  readonly point: {
    readonly isOutlier: (x: ArrayLike<number>) => boolean;
  };
  readonly #payload: MedianBoxPayload;

  constructor(payload: MedianBoxPayload) {
    super(payload);
    const { featureCount, cutoff } = payload;
    this.#payload = payload;
    this.cutoff = cutoff;
    this.threshold = -cutoff;
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

  /**
   * How normal each row is: minus the largest distance of a feature
   * from its median, in deviations.
   */
  async scoreSamples(
    X: MatrixLike,
    context: BatchContext = {},
  ): Promise<Float64Array> {
    return valueOfEachRow(
      this,
      "scoreSamples",
      X,
      context,
      (cells, at) => 0 - farthest(this.#payload, cells, at),
    );
  }

  /** A number per row that is negative for outliers. */
  async decisionFunction(
    X: MatrixLike,
    context: BatchContext = {},
  ): Promise<Float64Array> {
    return (await this.scoreSamples(X, context)).map(
      (score) => score + this.cutoff,
    );
  }

  /** +1 for rows like the training rows, −1 for outliers. */
  async predict(
    X: MatrixLike,
    context: BatchContext = {},
  ): Promise<Int32Array> {
    return Int32Array.from(
      await this.decisionFunction(X, context),
      (value) => (value < 0 ? -1 : 1),
    );
  }

  /** Reads a model from JSON that is not trusted. */
  static fromJSON(json: unknown): FittedMedianBox {
    return new FittedMedianBox(
      readModel(json, MEDIAN_BOX, readParameters),
    );
  }

  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    const { cutoff, centre, spread } = this.#payload;
    return { cutoff, centre: [...centre], spread: [...spread] };
  }
}

function readParameters(
  reader: FieldReader,
  { featureCount }: Features,
): MedianBoxParameters {
  const cutoff = reader.number("cutoff");
  const spread = reader.numbers("spread", featureCount);
  if (cutoff <= 0) throw reader.fail("cutoff", "a number > 0");
  if (spread.some((value) => value < 0))
    throw reader.fail("spread", "numbers ≥ 0");
  return {
    cutoff,
    centre: reader.numbers("centre", featureCount),
    spread,
  };
}

/** The largest distance of a feature from its median, in deviations. */
function farthest(
  { centre, spread }: MedianBoxPayload,
  data: ArrayLike<number>,
  at: number,
): number {
  let most = 0;
  for (let j = 0; j < centre.length; j++) {
    if (spread[j]! > 0)
      most = Math.max(
        most,
        Math.abs(data[at + j]! - centre[j]!) / spread[j]!,
      );
  }
  return most;
}
