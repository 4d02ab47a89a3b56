// Rows that a batch method is asked about, for models that compute where they are called. Apart from the base of models, since programs that answer
// for single points read no rows.
import type { BlockSource } from "../block-source.ts";
import { checkContext } from "../context.ts";
import { isBlockSource } from "../block-source.ts";
import type { BatchContext, DetectorContext, NotJudgedRow } from "../capabilities/batch-context.ts";
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
export function batchRows(model: FittedModel, method: string, X: MatrixLike, context?: BatchContext | null): Matrix {
  const { type, featureCount: count, featureNames } = model;
  const features = { count, ...present({ names: featureNames }) };
  return toMatrix(X, { caller: `${type}.${method}`, features, numericStrings: context?.numericStrings });
}

/**
 * One number for each row that a model's method was given, with turns for the event loop. Where the context asks for it, rows that cannot be read have NaN.
 *
 * @param value gets the cells of all rows and where a row starts
 * @param bad is filled with the rows that could not be read
 * @throws (by rejection) MixturaError as {@link batchRows} does, and `aborted`
 */
export async function valueOfEachRow(
  model: FittedModel,
  method: string,
  X: MatrixLike | BlockSource,
  context: DetectorContext | null | undefined,
  value: (cells: Float64Array, at: number) => number,
  bad: NotJudgedRow[] = [],
): Promise<Float64Array> {
  const caller = `${model.type}.${method}`;
  const checked = checkContext(context, caller);
  const { signal } = checked;
  const pace = createPace(signal);
  pace.check();
  if (isBlockSource(X)) {
    const parts: Float64Array[] = [];
    const { columns, featureNames } = X;
    let before = 0;
    for await (const { X: block } of readBlocks(X, pace, caller)) {
      if (block.rows === 0) continue;
      const rows = { data: block.data.subarray(0, block.rows * columns), rows: block.rows, columns, ...present({ featureNames }) };
      const found: NotJudgedRow[] = [];
      parts.push(await valueOfEachRow(model, method, rows, checked, value, found));
      for (const { row, reason } of found) bad.push({ row: before + row, reason });
      before += block.rows;
    }
    if (parts.length === 0)
      throw new MixturaError("invalid-shape", `${caller}: the source gave no rows.`, { expected: "at least 1 row", found: "0 rows" });
    return joinedValues(parts);
  }
  if (checked.badRows === "report") {
    const { readableRows, withBadRows } = await import("./readable-rows.ts"); // few ask for it
    const read = await readableRows(model, method, X, (some) => batchRows(model, method, some, checked), pace);
    for (const row of read.bad) bad.push(row);
    return withBadRows(read.X === undefined ? new Float64Array(0) : await valuesOf(read.X), read);
  }
  return valuesOf(batchRows(model, method, X, checked));

  async function valuesOf({ data, rows, columns }: Matrix): Promise<Float64Array> {
    const values = new Float64Array(rows);
    await forEachRow(rows, columns, pace, (row) => (values[row] = value(data, row * columns)));
    return values;
  }
}
