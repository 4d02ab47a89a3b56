import type { BackendChoice } from "@mixtura/mixture";
import { selectMixture } from "@mixtura/model-selection";
import type { SelectionProgress } from "@mixtura/model-selection/internal";
import { fitSingle } from "@mixtura/model-selection/internal";
import { drawSeed } from "@mixtura/core/authoring";
import { percent } from "@mixtura/wording/internal";
import type { Outcome } from "@mixtura/report/internal";
import type { FeatureTable } from "../files/left-out.ts";
import { provenanceOf } from "../files/provenance.ts";
import type { Terminal } from "../terminal.ts";
import type { MixtureChoice } from "./estimator.ts";
import { selectionOptions, singleChoice } from "./estimator.ts";

/** Fits the one mixture that was asked for, or chooses among several. */
export async function chooseMixture(
  path: string | undefined,
  table: FeatureTable,
  choice: MixtureChoice,
  { backend }: BackendChoice,
  terminal: Terminal,
): Promise<Outcome> {
  const { X, sampleWeight } = table;
  const { plugin, own } = choice;
  const context = {
    signal: terminal.signal,
    provenance: provenanceOf(path, table),
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
  };
  const place = backend === undefined ? {} : { backend };
  const single = singleChoice(choice);
  if (single !== undefined) {
    const { criterion = "bic", rule: _rule, folds: _folds, splitStart, concurrency: _concurrency, ...shared } = choice.options;
    const { estimator: _estimator, ...options } = { ...shared, ...single, ...own, ...place };
    const onProgress = (fit: SelectionProgress["fit"]): void =>
      terminal.progress(progressLine({ ...single, estimator: plugin.type, candidate: 0, candidates: 1, fit }, choice));
    const model = plugin.mixture.isPosterior
      ? await plugin.create(options as never).fit(X, { ...context, onProgress })
      : await fitSingle(
          plugin,
          single,
          { ...options, randomState: options.randomState ?? drawSeed(), ...(splitStart === undefined ? {} : { splitStart }) },
          X,
          { ...context, onProgress },
        );
    const { seed = 0, elapsedMilliseconds } = model.trace;
    return { model, candidates: [], criterion, seed, ...(elapsedMilliseconds === undefined ? {} : { elapsedMilliseconds }) };
  }
  const { best, ...rest } = await selectMixture(
    X,
    { ...selectionOptions(choice), ...place },
    { ...context, onProgress: (event) => terminal.progress(progressLine(event, choice)) },
  );
  return { model: best, ...rest };
}

/** How far a selection is. */
export function progressLine(
  { candidate, candidates, nComponents, covarianceType, fold, back, fit }: SelectionProgress,
  { plugin }: Pick<MixtureChoice, "plugin">,
): string {
  const place = candidates === 1 ? "" : back ? "again " : `${candidate + 1}/${candidates} `;
  const form = covarianceType === undefined ? "" : ` ${covarianceType}`;
  const start = fit.restarts === 1 ? "" : `, start ${fit.restart + 1}/${fit.restarts}`;
  const bound = plugin.mixture.isPosterior ? "bound" : "log-likelihood";
  const tried = fit.done === undefined ? "" : ` ${percent(fit.done)}`;
  const step =
    fit.phase === "seeding" ? `, seeding${tried}` : `, iteration ${fit.iteration}, ${bound} per row ${fit.bound?.toFixed(4) ?? ""}`;
  return `fitting ${place}K = ${nComponents}${form}${fold === undefined ? "" : `, without fold ${fold + 1}`}${start}${step}`;
}
