import type { Mixture } from "@mixtura/core";
import type { Candidate } from "@mixtura/model-selection";
import { leftOutColumns } from "../files/left-out.ts";
import type { FitFacts } from "./fit-facts.ts";
import { featureNames } from "./fit-facts.ts";

/** The result of `fit` as plain data, for `--json`. */
export function fitReport(facts: FitFacts): object {
  const { source, table, ids, outcome, survey, agreement, output } = facts;
  const { model, candidates, openComponents, criterion, seed, elapsedMilliseconds } = outcome;
  const { nComponents, form, nParameters, trace, degenerateComponents } = model;
  const features = featureNames(facts);
  return {
    data: {
      source,
      rows: table.X.rows,
      features,
      droppedRows: table.dropped.count,
      skippedColumns: table.skippedColumns,
      leftOutColumns: leftOutColumns(table) ?? [],
    },
    criterion,
    seed,
    elapsedMilliseconds,
    candidates: candidates.map(candidateRow),
    ...(openComponents === undefined ? {} : { openComponents }),
    best: {
      nComponents,
      ...form?.options,
      ...figuresOf(model),
      nParameters,
      converged: trace.converged,
      degenerate: degenerateComponents.length > 0,
      sizes: [...survey.sizes],
      diagnostics: trace.diagnostics,
    },
    unusualRows: survey.unusual.map(({ index, label, logDensity, fraction, values }) => ({
      index: table.rowIndices?.[index] ?? index,
      ...(ids === undefined ? {} : { id: ids.cells[index] }),
      label,
      logDensity,
      fractionOfDraws: fraction,
      values: Object.fromEntries(features.map((name, column) => [name, values[column]])),
    })),
    ...(agreement === undefined ? {} : { agreement }),
    savedTo: output ?? null,
    model,
  };
}

function candidateRow({
  nComponents,
  covarianceType,
  bic,
  aic,
  aicc,
  icl,
  cv,
  logLikelihood,
  nParameters,
  converged,
  degenerate,
  start,
  seconds,
  diagnostics,
  error,
}: Candidate<Mixture>): object {
  if (error !== undefined) return { nComponents, covarianceType, error: { code: error.code, message: error.message } };
  const criteria = { bic, aic, aicc: Number.isFinite(aicc) ? aicc : null, icl, ...(cv === undefined ? {} : { cv }) };
  return { nComponents, covarianceType, ...criteria, logLikelihood, nParameters, converged, degenerate, start, seconds, diagnostics };
}

/** The criteria of maximum likelihood, or what a posterior says of its components. */
function figuresOf({ criteria, objective, occupiedComponents, expectedComponents, weights, priorWeights }: Mixture): object {
  if (criteria !== undefined) {
    const { bic, aic, icl, logLikelihood } = criteria;
    return { bic, aic, icl, logLikelihood };
  }
  return {
    ...(objective === undefined ? {} : { lowerBound: objective.value / objective.weight }),
    ...(occupiedComponents === undefined ? {} : { effectiveComponents: occupiedComponents.length }),
    ...(expectedComponents === undefined ? {} : { expectedComponents }),
    weights: [...weights],
    ...(priorWeights === undefined ? {} : { priorWeights: [...priorWeights] }),
  };
}
