import type { Matrix } from "@mixtura/core";
import { isMixturaError, matrix } from "@mixtura/core";
import type { Explanation } from "@mixtura/outliers";
import type { ExplanationMethod } from "@mixtura/outliers/internal";
import type { Detector } from "./detector.ts";

/** How rows are explained. */
export interface ExplainOptions {
  readonly method: ExplanationMethod;
  readonly signal: AbortSignal;
}

/** Reasons of some rows. */
export interface Reasons {
  readonly explanation: Explanation;
  /** Where in the explanation a row is, for those that are in it. */
  readonly place: ReadonlyMap<number, number>;
}

/** Explains some of the rows; nothing where there are none, or where the detector gives no reasons. */
export async function explainRows(
  detector: Detector,
  X: Matrix,
  rows: Int32Array,
  { method, signal }: ExplainOptions,
): Promise<Reasons | undefined> {
  if (rows.length === 0) return undefined;
  const explanation = await explain(detector, rows.length === X.rows ? X : picked(X, rows), method, signal);
  return explanation === undefined ? undefined : { explanation, place: new Map(Array.from(rows, (row, at) => [row, at])) };
}

/** Reasons in one form, for any detector; nothing where it gives none. */
async function explain(detector: Detector, X: Matrix, method: ExplanationMethod, signal: AbortSignal): Promise<Explanation | undefined> {
  if (typeof detector.explain !== "function") return undefined;
  let found: Matrix | Explanation;
  try {
    found = await detector.explain(X, { method, signal });
  } catch (error) {
    if (isMixturaError(error, "not-supported")) return undefined; // the model inside does not explain itself
    throw error;
  }
  if ("contributions" in found) return found;
  const { data, rows, columns } = found;
  const value = Float64Array.from({ length: rows }, (_, row) =>
    data.subarray(row * columns, (row + 1) * columns).reduce((sum, part) => sum + part, 0),
  );
  return { method: "own", value, contributions: found };
}

/** A copy of some rows. */
function picked({ data, columns, featureNames }: Matrix, rows: Int32Array): Matrix {
  const copy = new Float64Array(rows.length * columns);
  rows.forEach((row, index) => copy.set(data.subarray(row * columns, (row + 1) * columns), index * columns));
  return matrix(copy, rows.length, columns, featureNames);
}
