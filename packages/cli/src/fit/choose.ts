import type { Table } from "@mixtura/io";
import type { BackendChoice } from "@mixtura/mixture";
import { BayesianGaussianMixture, GaussianMixture } from "@mixtura/mixture";
import type { SelectionProgress } from "@mixtura/model-selection";
import { selectMixture } from "@mixtura/model-selection";
import type { Outcome } from "@mixtura/report";
import type { Terminal } from "../terminal.ts";
import type { MixtureChoice } from "./estimator.ts";
import { selectionOptions, singleChoice } from "./estimator.ts";

/** Fits the one mixture that was asked for, or chooses among several. */
export async function chooseMixture(table: Table, choice: MixtureChoice, { backend }: BackendChoice, terminal: Terminal): Promise<Outcome> {
  const { X, sampleWeight } = table;
  const { estimator, posterior } = choice;
  const context = { signal: terminal.signal, ...(sampleWeight === undefined ? {} : { sampleWeight }) };
  const place = backend === undefined ? {} : { backend };
  const single = singleChoice(choice);
  if (single !== undefined) {
    const { criterion = "bic", rule: _rule, folds: _folds, splitStart: _splitStart, concurrency: _concurrency, ...shared } = choice.options;
    const onProgress = (fit: SelectionProgress["fit"]): void =>
      terminal.progress(progressLine({ ...single, estimator, candidate: 0, candidates: 1, fit }));
    const { estimator: _estimator, acceleration: _acceleration, ...options } = { ...shared, ...single, ...place };
    const asked =
      estimator === "GaussianMixture" ? new GaussianMixture(options) : new BayesianGaussianMixture({ ...options, ...posterior });
    const model = await asked.fit(X, { ...context, onProgress });
    return { model, candidates: [], criterion, seed: model.trace.seed, elapsedMilliseconds: model.trace.elapsedMilliseconds };
  }
  const { best, ...rest } = await selectMixture(
    X,
    { ...selectionOptions(choice), ...place },
    { ...context, onProgress: (event) => terminal.progress(progressLine(event)) },
  );
  return { model: best, ...rest };
}

/** How far a selection is. */
export function progressLine({ candidate, candidates, nComponents, covarianceType, estimator, fold, fit }: SelectionProgress): string {
  const place = candidates === 1 ? "" : `${candidate + 1}/${candidates} `;
  const start = fit.restarts === 1 ? "" : `, start ${fit.restart + 1}/${fit.restarts}`;
  const bound = estimator === "BayesianGaussianMixture" ? "bound" : "log-likelihood";
  const step = fit.phase === "seeding" ? ", seeding" : `, iteration ${fit.iteration}, ${bound} per row ${fit.bound?.toFixed(4) ?? ""}`;
  return `fitting ${place}K = ${nComponents} ${covarianceType}${fold === undefined ? "" : `, without fold ${fold + 1}`}${start}${step}`;
}
