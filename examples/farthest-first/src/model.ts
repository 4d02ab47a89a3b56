import type { BatchContext, Clustering, Matrix, MatrixLike } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import { checkPoint, ModelBase, readModel, valueOfEachRow } from "@mixtura/core/authoring";
import { squaredDistance } from "./traversal.ts";

/** The name of the model in files. */
export const FARTHEST_FIRST = "FarthestFirst";

/** What the model is made of; its JSON holds the same. */
export interface FarthestFirstPayload extends ModelRecord, FarthestFirstParameters {}

interface FarthestFirstParameters {
  /** k×d */
  readonly centres: Float64Array;
}

/** Clusters around centres. Comes from `FarthestFirst.fit` or from JSON; never changes. */
export class FittedFarthestFirst extends ModelBase implements Clustering {
  readonly type: typeof FARTHEST_FIRST = FARTHEST_FIRST;
  readonly labelCount: number;
  /** Answers about one point, without allocation. */
  readonly point: { readonly label: (x: ArrayLike<number>) => number };
  readonly #payload: FarthestFirstPayload;

  constructor(payload: FarthestFirstPayload) {
    super(payload);
    const { centres: given, featureCount } = payload;
    const centres = given.map((value) => value + 0); // JSON cannot hold negative zeros
    this.#payload = { ...payload, centres };
    this.labelCount = centres.length / featureCount;
    const label = (x: ArrayLike<number>): number => {
      checkPoint(x, featureCount);
      return nearest(centres, x, 0, featureCount);
    };
    this.point = Object.freeze({ label });
    Object.freeze(this);
  }

  /** The centres, k×d. A copy. */
  get centres(): Matrix {
    return matrix(this.#payload.centres.slice(), this.labelCount, this.featureCount, this.featureNames);
  }

  /** The nearest centre of each row, the first of equals. O(n·k·d). */
  async predict(X: MatrixLike, context: BatchContext = {}): Promise<Int32Array> {
    const { centres, featureCount } = this.#payload;
    return Int32Array.from(await valueOfEachRow(this, "predict", X, context, (cells, at) => nearest(centres, cells, at, featureCount)));
  }

  /** Reads a model from JSON that is not trusted. */
  static fromJSON(json: unknown): FittedFarthestFirst {
    return new FittedFarthestFirst(readModel(json, FARTHEST_FIRST, readParameters));
  }

  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    const { data, rows, columns } = this.centres;
    return { centres: Array.from({ length: rows }, (_, k) => [...data.subarray(k * columns, (k + 1) * columns)]) };
  }
}

function readParameters(reader: FieldReader, { featureCount }: Features): FarthestFirstParameters {
  const k = reader.list("centres").length;
  if (k === 0) throw reader.fail("centres", "at least one centre");
  return { centres: reader.rows("centres", k, featureCount) };
}

/** The centre nearest to the row that starts at a cell. */
function nearest(centres: Float64Array, cells: ArrayLike<number>, at: number, d: number): number {
  let best = 0;
  let least = Infinity;
  for (let k = 0; k * d < centres.length; k++) {
    const distance = squaredDistance(cells, at, centres, k * d, d);
    if (distance < least) [best, least] = [k, distance];
  }
  return best;
}
