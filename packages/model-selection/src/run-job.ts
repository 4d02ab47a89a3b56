import type { Backend } from "@mixtura/backend";
import type { FitContext, Mixture } from "@mixtura/core";
import { movedTo } from "@mixtura/core/internal";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import { failedCandidate, fittedCandidate } from "./candidate.ts";
import type { CrossValidation } from "./cross-validate.ts";
import { concernsOneCandidate } from "./failure.ts";
import { fitBest } from "./fit-candidate.ts";
import type { Job } from "./jobs.ts";
import type { OpenData } from "./open-data.ts";

/** Fits a candidate; one that cannot be fitted is a row with its error. */
export async function fitJob(
  { choice, recipe }: Job,
  before: FittedCandidate<Mixture> | undefined,
  data: OpenData,
  context: FitContext,
  held: () => Promise<CrossValidation | undefined>,
): Promise<Candidate<Mixture>> {
  const started = performance.now();
  const origin = () => ({
    ...choice,
    estimator: recipe.plugin.type,
    splitFrom: before?.nComponents,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    const { model, start } = await fitBest(recipe, choice, data.X, before?.model, context);
    const crossValidation = await held();
    return fittedCandidate(model, origin(), start, crossValidation);
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(origin(), error);
    throw error;
  }
}

/** Earlier work, with its cross-validation made up for where that is the criterion now. */
export async function takeOver(
  earlier: FittedCandidate<Mixture>,
  backend: Backend | undefined,
  folds: number | undefined,
  seed: number,
  held: () => Promise<CrossValidation | undefined>,
): Promise<Candidate<Mixture>> {
  const { crossValidation, start, splitFrom, model, ...row } = earlier;
  const usable = folds === undefined || (crossValidation?.folds.length === folds && crossValidation.seed === seed);
  const origin = { ...row, splitFrom };
  try {
    return fittedCandidate(
      movedTo(model, backend),
      origin,
      start,
      folds === undefined ? undefined : usable ? crossValidation : await held(),
    );
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(origin, error);
    throw error;
  }
}
