import type { BatchContext, Matrix, MatrixLike, Transformer } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { createPace, batchRows, ModelBase, readModel, forEachRow } from "@mixtura/core/authoring";

/** The name of the model in files. */
export const UNIT_RANGE = "UnitRange";

/** What the model is made of; its JSON holds the same. */
export interface UnitRangePayload extends ModelRecord, UnitRangeParameters {}

interface UnitRangeParameters {
  /** Taken from every value. Length d. */
  readonly origin: Float64Array;
  /** What is divided by then. Length d, above 0. */
  readonly range: Float64Array;
}

/** Every feature by its own range. Comes from `UnitRange.fit` or from JSON; never changes. */
export class FittedUnitRange extends ModelBase implements Transformer {
  readonly type: typeof UNIT_RANGE = UNIT_RANGE;
  readonly outputCount: number;
  readonly #payload: UnitRangePayload;

  constructor(payload: UnitRangePayload) {
    super(payload);
    this.#payload = { ...payload, origin: payload.origin.map((value) => value + 0) }; // JSON cannot hold negative zeros
    this.outputCount = payload.featureCount;
    Object.freeze(this);
  }

  /** The range of each feature, in its own units. A copy. */
  get range(): Float64Array {
    return this.#payload.range.slice();
  }

  /** The rows in the new coordinates. O(n·d). */
  apply(X: MatrixLike, context: BatchContext = {}): Promise<Matrix> {
    const { origin, range } = this.#payload;
    return this.#changed("apply", X, context, (value, j) => (value - origin[j]!) / range[j]!);
  }

  /** Rows in the old coordinates. O(n·d). */
  invert(Y: MatrixLike, context: BatchContext = {}): Promise<Matrix> {
    const { origin, range } = this.#payload;
    return this.#changed("invert", Y, context, (value, j) => origin[j]! + value * range[j]!);
  }

  /** The natural logarithm of |det ∂apply/∂x| at each row, −Σⱼ log rangeⱼ: the same everywhere. */
  async logJacobian(X: MatrixLike, { signal }: BatchContext = {}): Promise<Float64Array> {
    createPace(signal).check();
    const { rows } = batchRows(this, "logJacobian", X);
    return new Float64Array(rows).fill(-this.#payload.range.reduce((sum, range) => sum + Math.log(range), 0));
  }

  /** Reads a model from JSON that is not trusted. */
  static fromJSON(json: unknown): FittedUnitRange {
    return new FittedUnitRange(readModel(json, UNIT_RANGE, readParameters));
  }

  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    const { origin, range } = this.#payload;
    return { origin: [...origin], range: [...range] };
  }

  async #changed(
    method: string,
    X: MatrixLike,
    { signal }: BatchContext,
    value: (value: number, feature: number) => number,
  ): Promise<Matrix> {
    const pace = createPace(signal);
    pace.check();
    const { data, rows, columns } = batchRows(this, method, X);
    const out = new Float64Array(data.length);
    await forEachRow(rows, columns, pace, (row) => {
      for (let j = 0; j < columns; j++) out[row * columns + j] = value(data[row * columns + j]!, j);
    });
    return matrix(out, rows, columns, this.featureNames);
  }
}

function readParameters(reader: FieldReader, { featureCount }: Features): UnitRangeParameters {
  const range = reader.numbers("range", featureCount);
  if (range.some((value) => !(value > 0))) throw reader.fail("range", "numbers above 0");
  return { origin: reader.numbers("origin", featureCount), range };
}
