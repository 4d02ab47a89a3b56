import type { Backend } from "@mixtura/backend";
import type { FitContext, Mixture } from "@mixtura/core";
import { present } from "@mixtura/core/authoring";
import { movedTo } from "@mixtura/core/internal";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import { failedCandidate, fittedCandidate } from "./candidate.ts";
import type { CrossValidation } from "./cross-validate.ts";
import { concernsOneCandidate } from "./failure.ts";
import { fitBack, fitBest, nextStartOf, oneComponent } from "./fit-candidate.ts";
import type { Job } from "./jobs.ts";
import type { OpenData } from "./open-data.ts";

/** Fits a candidate; one that cannot be fitted is a row with its error. */
export async function fitJob(
  { choice, recipe }: Job,
  before: FittedCandidate<Mixture> | undefined,
  splitStart: boolean,
  data: OpenData,
  context: FitContext,
  held: (model: Mixture) => Promise<CrossValidation | undefined>,
): Promise<Candidate<Mixture>> {
  const started = performance.now();
  let from = before?.model;
  const origin = () => ({
    ...choice,
    estimator: recipe.plugin.type,
    splitFrom: from?.nComponents,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    if (splitStart) from ??= await oneComponent(recipe, choice, data.X, context);
    const { model, start, reached } = await fitBest(recipe, choice, data.X, from, context);
    const crossValidation = await held(model);
    return fittedCandidate({ model, start, ...present({ nextStart: nextStartOf({ reached }) }) }, origin(), crossValidation);
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(origin(), error);
    throw error;
  }
}

/** A candidate once more, from starts that one component more, merged, gives: itself where these lead no further. */
export async function fitJobBack(
  { choice, recipe }: Job,
  candidate: FittedCandidate<Mixture>,
  above: FittedCandidate<Mixture>,
  data: OpenData,
  context: FitContext,
  held: (model: Mixture) => Promise<CrossValidation | undefined>,
): Promise<FittedCandidate<Mixture>> {
  const started = performance.now();
  const { crossValidation, ...row } = candidate;
  const reached = [row.model.objective?.value, row.nextStart].filter((value) => value !== undefined);
  const { model, start, ...all } = await fitBack(
    recipe,
    choice,
    data.X,
    { model: row.model, start: row.start, reached },
    above.model,
    context,
  );
  const isBetter = model !== row.model;
  const seconds = row.seconds + (isBetter ? (performance.now() - started) / 1000 : 0);
  return fittedCandidate(
    { model, start, ...present({ nextStart: nextStartOf(all) }) },
    { ...row, splitFrom: row.splitFrom, seconds },
    isBetter ? await held(model) : crossValidation,
  );
}

/** Earlier work, with its cross-validation made up for where that is the criterion now. */
export async function takeOver(
  earlier: FittedCandidate<Mixture>,
  backend: Backend | undefined,
  folds: number | undefined,
  seed: number,
  held: (model: Mixture) => Promise<CrossValidation | undefined>,
): Promise<Candidate<Mixture>> {
  const { crossValidation, start, nextStart, splitFrom, model, ...row } = earlier;
  const usable = folds === undefined || (crossValidation?.folds.length === folds && crossValidation.seed === seed);
  const origin = { ...row, splitFrom };
  try {
    return fittedCandidate(
      { model: movedTo(model, backend), start, ...(nextStart === undefined ? {} : { nextStart }) },
      origin,
      folds === undefined ? undefined : usable ? crossValidation : await held(model),
    );
  } catch (error) {
    if (concernsOneCandidate(error)) return failedCandidate(origin, error);
    throw error;
  }
}
