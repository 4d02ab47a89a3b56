// Rows that a batch method is asked about, for models that compute where they are called. Apart from the base of models, since programs that answer
// for single points read no rows.
import type { BlockSource } from "../block-source.ts";
import { checkContext } from "../context.ts";
import { isBlockSource } from "../block-source.ts";
import type { BatchContext } from "../capabilities/batch-context.ts";
import { toMatrix } from "../convert/to-matrix.ts";
import { MixturaError } from "../errors.ts";
import type { FittedModel } from "../estimator.ts";
import { joinedValues } from "../lists.ts";
import type { Matrix, MatrixLike } from "../matrix.ts";
import { createPace } from "../pace.ts";
import { readBlocks } from "../read-blocks.ts";
import { present } from "../present.ts";
import { forEachRow } from "./for-each-row.ts";

/**
 * The rows given to a model's method, checked, with columns in the model's order.
 *
 * @throws MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`
 */
export function batchRows({ type, featureCount: count, featureNames }: FittedModel, method: string, X: MatrixLike): Matrix {
  return toMatrix(X, { caller: `${type}.${method}`, features: { count, ...present({ names: featureNames }) } });
}

/**
 * One number for each row that a model's method was given, with turns for the event loop.
 *
 * @param value gets the cells of all rows and where a row starts
 * @throws (by rejection) MixturaError as {@link batchRows} does, and `aborted`
 */
export async function valueOfEachRow(
  model: FittedModel,
  method: string,
  X: MatrixLike | BlockSource,
  context: BatchContext | null | undefined,
  value: (cells: Float64Array, at: number) => number,
): Promise<Float64Array> {
  const caller = `${model.type}.${method}`;
  const { signal } = checkContext(context, caller);
  const pace = createPace(signal);
  pace.check();
  if (isBlockSource(X)) {
    const parts: Float64Array[] = [];
    const { columns, featureNames } = X;
    for await (const { X: block } of readBlocks(X, pace, caller)) {
      if (block.rows === 0) continue;
      const rows = { data: block.data.subarray(0, block.rows * columns), rows: block.rows, columns, ...present({ featureNames }) };
      parts.push(await valueOfEachRow(model, method, rows, present({ signal }), value));
    }
    if (parts.length === 0)
      throw new MixturaError("invalid-shape", `${caller}: the source gave no rows.`, { expected: "at least 1 row", found: "0 rows" });
    return joinedValues(parts);
  }
  const { data, rows, columns } = batchRows(model, method, X);
  const values = new Float64Array(rows);
  await forEachRow(rows, columns, pace, (row) => (values[row] = value(data, row * columns)));
  return values;
}
