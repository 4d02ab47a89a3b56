import type { Backend } from "@mixtura/backend";
import type { FitContext } from "@mixtura/core";
import type { Candidate, FittedCandidate, FittedMixture } from "./candidate.ts";
import { failedCandidate, fittedCandidate } from "./candidate.ts";
import type { CrossValidation } from "./cross-validate.ts";
import { concernsOneCandidate } from "./failure.ts";
import { fitBest } from "./fit-candidate.ts";
import type { Job } from "./jobs.ts";
import type { OpenData } from "./open-data.ts";
import { weightOf } from "./selection-json.ts";

/** Fits a candidate; one that cannot be fitted is a row with its error. */
export async function fitJob(
  { choice, recipe }: Job,
  before: FittedCandidate<FittedMixture> | undefined,
  data: OpenData,
  context: FitContext,
  held: () => Promise<CrossValidation | undefined>,
): Promise<Candidate<FittedMixture>> {
  const started = performance.now();
  const origin = () => ({ estimator: recipe.plugin.type, splitFrom: before?.nComponents, seconds: (performance.now() - started) / 1000 });
  try {
    const { model, start } = await fitBest(recipe, choice, data.X, before?.model, context);
    const crossValidation = await held();
    return fittedCandidate(model, origin(), data.weight ?? weightOf(model), start, crossValidation);
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(choice, origin(), error);
    throw error;
  }
}

/** Earlier work, with its cross-validation made up for where that is the criterion now. */
export async function takeOver(
  earlier: FittedCandidate<FittedMixture>,
  backend: Backend | undefined,
  folds: number | undefined,
  seed: number,
  held: () => Promise<CrossValidation | undefined>,
  weight: number | undefined,
): Promise<Candidate<FittedMixture>> {
  const { crossValidation, start, splitFrom, ...row } = earlier;
  const model = backend === undefined ? row.model : row.model.withBackend(backend);
  const usable = folds === undefined || (crossValidation?.folds.length === folds && crossValidation.seed === seed);
  const origin = { estimator: row.estimator, splitFrom, seconds: row.seconds };
  try {
    return fittedCandidate(
      model,
      origin,
      weight ?? weightOf(model),
      start,
      folds === undefined ? undefined : usable ? crossValidation : await held(),
    );
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(row, origin, error);
    throw error;
  }
}
