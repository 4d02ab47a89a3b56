import type { Matrix, MatrixLike, Mixture } from "@mixtura/core";
import { isMixture, MixturaError, toMatrix } from "@mixtura/core";
import { createPace, rowRange, show } from "@mixtura/core/authoring";

/** Responsibilities that are held at a time: 4 MB. */
const RESPONSIBILITIES_AT_ONCE = 2 ** 19;

/** Responsibilities of consecutive rows. */
export interface ResponsibilityBlock {
  /** Index of the first row. */
  readonly start: number;
  readonly rows: number;
  /** rows×k */
  readonly responsibilities: Float64Array;
}

/** The rows as a matrix of the model's features. */
export function rowsOf(model: Mixture, X: MatrixLike, caller: string): Matrix {
  if (!isMixture(model)) {
    throw new MixturaError("invalid-option", `${caller}: "model" must be a fitted mixture, found ${show(model)}.`, {
      option: "model",
      found: model,
    });
  }
  const names = model.featureNames;
  return toMatrix(X, { caller, features: { count: model.featureCount, ...(names === undefined ? {} : { names }) } });
}

/** The responsibilities of all rows, block after block, so that nothing of size n×k is ever held. */
export async function* responsibilityBlocks(
  model: Mixture,
  X: Matrix,
  signal: AbortSignal | undefined,
): AsyncGenerator<ResponsibilityBlock> {
  const pace = createPace(signal);
  const size = Math.max(1, Math.floor(RESPONSIBILITIES_AT_ONCE / model.nComponents));
  for (let start = 0; start < X.rows; start += size) {
    pace.check();
    const rows = Math.min(size, X.rows - start);
    const { data } = await model.predictProba(rowRange(X, start, start + rows), signal === undefined ? {} : { signal });
    yield { start, rows, responsibilities: data };
    if (pace.due()) await pace.turn();
  }
}
