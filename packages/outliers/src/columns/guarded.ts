import type { Matrix, MatrixLike } from "@mixtura/core";
import type { Scoring } from "../detector/scoring.ts";
import { mostRoundingsOff } from "./breach.ts";
import type { KnownColumns, KnownConstant } from "./known.ts";

/** Rows that keep all dependencies score this at least, and rows that break one less. */
const LEAST_KEEPING = -1e300;

/** The score of a row that breaks a dependency by a number of roundings. */
function scoreOfBreach(roundings: number): number {
  return LEAST_KEEPING * (2 + Math.log1p(roundings)); // 711.8 × 1e300 at most
}

/**
 * A scoring under which rows that break a dependency of the training rows score below all that do not, in the order of their breaches, and features
 * that are constant in the training rows say nothing. The scores of other rows are those of the model.
 */
export function guarded(scoring: Scoring, known: KnownColumns): Scoring {
  const { dependencies, constants } = known;
  if (dependencies.length + constants.length === 0) return scoring;
  const own = new Float64Array(scoring.model.featureCount);
  return {
    ...scoring,
    async batch(X, context) {
      const scores = await scoring.batch(withConstants(X, constants), context);
      if (dependencies.length === 0) return scores;
      const { data, columns } = hostOf(X);
      for (let i = 0; i < scores.length; i++) {
        const roundings = mostRoundingsOff(dependencies, data, i * columns);
        scores[i] = roundings > 0 ? scoreOfBreach(roundings) : Math.max(LEAST_KEEPING, scores[i]!);
      }
      return scores;
    },
    point(x, out) {
      const roundings = mostRoundingsOff(dependencies, x, 0);
      if (roundings > 0) {
        out[0] = scoreOfBreach(roundings);
        return;
      }
      if (constants.length === 0) scoring.point(x, out);
      else {
        for (let j = 0; j < own.length; j++) own[j] = x[j]!;
        for (let i = 0; i < constants.length; i++) own[constants[i]!.feature] = constants[i]!.value;
        scoring.point(own, out);
      }
      if (dependencies.length > 0 && !(out[0]! >= LEAST_KEEPING)) out[0] = LEAST_KEEPING;
    },
  };
}

/** Rows with the training rows' value in each constant feature; the same rows where they have it. */
export function withConstants(X: MatrixLike, constants: readonly KnownConstant[]): MatrixLike {
  if (constants.length === 0) return X;
  const host = hostOf(X);
  return hasConstants(host, constants) ? X : replaced(host, constants);
}

function hasConstants({ data, rows, columns }: Matrix, constants: readonly KnownConstant[]): boolean {
  for (const { feature, value } of constants)
    for (let i = 0, at = feature; i < rows; i++, at += columns) if (data[at] !== value) return false;
  return true;
}

function replaced({ data, rows, columns, featureNames }: Matrix, constants: readonly KnownConstant[]): Matrix {
  const out = data.slice();
  for (const { feature, value } of constants) for (let i = 0, at = feature; i < rows; i++, at += columns) out[at] = value;
  return { data: out, rows, columns, ...(featureNames === undefined ? {} : { featureNames }) };
}

/** The numbers of rows that were checked: a matrix, or one that lies on a backend, too. Without the module that converts what was not. */
export function hostOf(X: MatrixLike): Matrix {
  return "host" in X ? X.host : (X as Matrix);
}
