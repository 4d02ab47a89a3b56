import type { CSVCell } from "@mixtura/io/internal";
import type { Mixture } from "@mixtura/core";
import type { Candidate } from "@mixtura/model-selection";

/** A candidate as one row of a table: the same columns whether or not it could be fitted. */
export function candidateRecord(candidate: Candidate<Mixture>): Readonly<Record<string, CSVCell>> {
  const { estimator, nComponents, covarianceType, nParameters, logLikelihood, lowerBound, bic, aic, aicc, icl, cv, crossValidation } =
    candidate;
  const { converged, degenerate, start, seconds, error } = candidate;
  return {
    estimator,
    nComponents,
    covarianceType,
    nParameters,
    logLikelihood,
    ...(lowerBound === undefined ? {} : { lowerBound }),
    bic,
    aic,
    aicc: aicc === Infinity ? undefined : aicc, // not defined for so few rows
    icl,
    ...(cv === undefined ? {} : { cv, cvStandardError: 2 * crossValidation!.weight * crossValidation!.standardError }),
    converged: error === undefined ? converged : undefined,
    degenerate: error === undefined ? degenerate : undefined,
    start,
    seconds,
    error: error?.code,
    reason: error?.message,
  };
}

/** All candidates as a table: columns by name, in the order in which they were asked for. */
export function candidateColumns(candidates: readonly Candidate<Mixture>[]): (readonly [name: string, cells: CSVCell[]])[] {
  const records = candidates.map(candidateRecord);
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  // A failed candidate has no cross-validation, whose columns would otherwise come last.
  const order = Object.keys(records.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)[0] ?? {});
  return names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).map((name) => [name, records.map((record) => record[name])]);
}
