import type { Table } from "@mixtura/io";
import type { BackendChoice } from "@mixtura/mixture";
import { GaussianMixture } from "@mixtura/mixture";
import type { SelectionProgress, SelectMixtureOptions } from "@mixtura/model-selection";
import { selectMixture } from "@mixtura/model-selection";
import type { Outcome } from "@mixtura/report";
import type { Terminal } from "../terminal.ts";

/** Fits the one mixture that was asked for, or chooses among several. */
export async function chooseMixture(table: Table, options: SelectMixtureOptions & BackendChoice, terminal: Terminal): Promise<Outcome> {
  const { X, sampleWeight } = table;
  const context = { signal: terminal.signal, ...(sampleWeight === undefined ? {} : { sampleWeight }) };
  const {
    nComponents,
    covarianceType,
    criterion = "bic",
    estimator: _estimator,
    rule: _rule,
    folds: _folds,
    splitStart: _splitStart,
    concurrency: _concurrency,
    ...shared
  } = options;
  const counts = [nComponents ?? []].flat();
  const types = [covarianceType ?? []].flat();
  if (counts.length === 1 && types.length === 1) {
    const choice = { nComponents: counts[0]!, covarianceType: types[0]! };
    const onProgress = (fit: SelectionProgress["fit"]): void =>
      terminal.progress(progressLine({ ...choice, estimator: "GaussianMixture", candidate: 0, candidates: 1, fit }));
    const model = await new GaussianMixture({ ...shared, ...choice }).fit(X, { ...context, onProgress });
    return { model, candidates: [], criterion, seed: model.trace.seed, elapsedMilliseconds: model.trace.elapsedMilliseconds };
  }
  const { best, ...rest } = await selectMixture(X, options, { ...context, onProgress: (event) => terminal.progress(progressLine(event)) });
  return { model: best, ...rest };
}

/** How far a selection is. */
export function progressLine({ candidate, candidates, nComponents, covarianceType, fold, fit }: SelectionProgress): string {
  const place = candidates === 1 ? "" : `${candidate + 1}/${candidates} `;
  const start = fit.restarts === 1 ? "" : `, start ${fit.restart + 1}/${fit.restarts}`;
  const step =
    fit.phase === "seeding" ? ", seeding" : `, iteration ${fit.iteration}, log-likelihood per row ${fit.bound?.toFixed(4) ?? ""}`;
  return `fitting ${place}K = ${nComponents} ${covarianceType}${fold === undefined ? "" : `, without fold ${fold + 1}`}${start}${step}`;
}
