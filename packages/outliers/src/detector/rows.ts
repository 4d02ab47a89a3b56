import type { Matrix, MatrixLike } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { createRandom, inStrides } from "@mixtura/core/authoring";
import { countCopies } from "../threshold/calibration.ts";
import { checkCalibrationRows, drawHeldOut, heldRows } from "../threshold/conformal.ts";

/** Rows and how many each stands for. */
export interface WeightedRows {
  readonly X: MatrixLike;
  readonly weights: Float64Array | undefined;
}

/** Rows to fit and rows to calibrate on. */
export interface SplitRows {
  readonly training: WeightedRows;
  readonly held: WeightedRows;
}

/** Sets the random stream of the split apart from those of starts. */
const SPLIT_STREAM = 0xca11b;

/**
 * Deals rows to fit and calibration at random. Rows of weight w are w rows, which may be dealt to either.
 *
 * @throws MixturaError `too-few-rows` where the calibration rows cannot keep the rate, `invalid-weight` for weights that are not whole
 */
export async function splitRows(
  X: Matrix,
  weights: Float64Array | undefined,
  { rate, fraction, seed }: { readonly rate: number; readonly fraction: number; readonly seed: number },
  pace: Pace,
  caller: string,
): Promise<SplitRows> {
  const total = countCopies(X.rows, weights, caller);
  const count = heldRows(total, fraction);
  checkCalibrationRows(rate, count, caller, { total, fraction });
  const held = await drawHeldOut(X.rows, weights, total, count, createRandom(seed, SPLIT_STREAM), pace);
  const left = held.map((copies, row) => (weights?.[row] ?? 1) - copies);
  const pick = async (copies: Float64Array): Promise<WeightedRows> => {
    const rows = await pickRows(X, (row) => copies[row]! > 0, pace);
    return { X: rows, weights: weights === undefined ? undefined : copies.filter((copy) => copy > 0) };
  };
  return { training: await pick(left), held: await pick(held) };
}

/** A copy of some rows. */
export async function pickRows(X: Matrix, wanted: (row: number) => boolean, pace: Pace): Promise<Matrix> {
  const { data, rows, columns, featureNames } = X;
  let count = 0;
  for (let row = 0; row < rows; row++) if (wanted(row)) count++;
  const picked = new Float64Array(count * columns);
  let at = 0;
  await inStrides(rows, pace, (start, end) => {
    for (let row = start; row < end; row++) {
      if (!wanted(row)) continue;
      picked.set(data.subarray(row * columns, (row + 1) * columns), at);
      at += columns;
    }
  });
  return matrix(picked, count, columns, featureNames);
}
