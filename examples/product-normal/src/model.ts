import type { BatchContext, Density, Matrix, MatrixLike, Measure, WeightedBatchContext } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { checkPoint, checkSampleWeight, createRandom, drawSeed, ModelBase, readModel, valueOfEachRow } from "@mixtura/core/authoring";

/** The name of the model in files. */
export const PRODUCT_NORMAL = "ProductNormal";

/** What the model is made of; its JSON holds the same. */
export interface ProductNormalPayload extends ModelRecord, ProductNormalParameters {}

interface ProductNormalParameters {
  /** Length d. */
  readonly means: Float64Array;
  /** Length d, above 0. */
  readonly deviations: Float64Array;
}

/** A normal distribution for every feature by itself. Comes from `ProductNormal.fit` or from JSON; never changes. */
export class FittedProductNormal extends ModelBase implements Density {
  readonly type: typeof PRODUCT_NORMAL = PRODUCT_NORMAL;
  readonly measure: Measure = "original-units";
  /** Answers about one point, without allocation. */
  readonly point: { readonly logDensity: (x: ArrayLike<number>) => number };
  readonly #payload: ProductNormalPayload;
  readonly #logDensity: (cells: ArrayLike<number>, at: number) => number;

  constructor(payload: ProductNormalPayload) {
    super(payload);
    this.#payload = payload;
    this.#logDensity = logDensityOf(payload);
    const logDensity = (x: ArrayLike<number>): number => {
      checkPoint(x, payload.featureCount);
      return this.#logDensity(x, 0);
    };
    this.point = Object.freeze({ logDensity });
    Object.freeze(this);
  }

  /** The mean of each feature. A copy. */
  get means(): Float64Array {
    return this.#payload.means.slice();
  }

  /** The standard deviation of each feature. A copy. */
  get deviations(): Float64Array {
    return this.#payload.deviations.slice();
  }

  /** Natural-log density of each row. O(n·d). */
  scoreSamples(X: MatrixLike, context: BatchContext = {}): Promise<Float64Array> {
    return valueOfEachRow(this, "scoreSamples", X, context, this.#logDensity);
  }

  /** Mean natural-log density of the rows, weighted where weights are given. */
  async score(X: MatrixLike, context: WeightedBatchContext = {}): Promise<number> {
    const values = await this.scoreSamples(X, context);
    const weights = checkSampleWeight(context.sampleWeight, values.length, `${PRODUCT_NORMAL}.score`);
    let [sum, total] = [0, 0];
    values.forEach((value, row) => {
      const weight = weights?.[row] ?? 1;
      sum += weight > 0 ? weight * value : 0;
      total += weight;
    });
    return sum / total;
  }

  /** Draws rows; the same seed gives the same rows. */
  sample(n: number, { randomState = drawSeed() }: { readonly randomState?: number } = {}): { X: Matrix } {
    if (!Number.isSafeInteger(n) || n < 1) {
      const message = `${PRODUCT_NORMAL}.sample: the number of rows must be a whole number ≥ 1, found ${n}.`;
      throw new MixturaError("invalid-option", message, { option: "n", found: n });
    }
    const { means, deviations, featureCount: d } = this.#payload;
    const random = createRandom(randomState);
    const data = Float64Array.from({ length: n * d }, (_, at) => means[at % d]! + deviations[at % d]! * random.normal());
    return { X: matrix(data, n, d, this.featureNames) };
  }

  /** Reads a model from JSON that is not trusted. */
  static fromJSON(json: unknown): FittedProductNormal {
    return new FittedProductNormal(readModel(json, PRODUCT_NORMAL, readParameters));
  }

  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    const { means, deviations } = this.#payload;
    return { means: [...means], deviations: [...deviations] };
  }
}

function readParameters(reader: FieldReader, { featureCount }: Features): ProductNormalParameters {
  const deviations = reader.numbers("deviations", featureCount);
  if (deviations.some((deviation) => !(deviation > 0))) throw reader.fail("deviations", "numbers above 0");
  return { means: reader.numbers("means", featureCount), deviations };
}

/** −½ Σⱼ (log 2π + 2 log sⱼ + ((xⱼ − mⱼ) / sⱼ)²), for the row that starts at a cell. */
function logDensityOf({ means, deviations }: ProductNormalParameters): (cells: ArrayLike<number>, at: number) => number {
  const constant = deviations.reduce((sum, deviation) => sum + 0.5 * Math.log(2 * Math.PI) + Math.log(deviation), 0);
  return (cells, at) => {
    let squares = 0;
    for (let j = 0; j < means.length; j++) squares += ((cells[at + j]! - means[j]!) / deviations[j]!) ** 2;
    return -constant - squares / 2;
  };
}
