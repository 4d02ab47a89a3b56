import type { Data, FitContext, Mixture, MixturePlugin } from "@mixtura/core";
import { present } from "@mixtura/core/authoring";
import type { BackendChoice } from "@mixtura/mixture";
import type { CandidateChoice } from "./candidate.ts";
import { fitBest, oneComponent } from "./fit-candidate.ts";
import type { SharedOptions } from "./options.ts";
import { selectMixtureOptions } from "./options.ts";

/**
 * Fits one choice as a selection would: with as many starts, and one that is split from one component. A degenerate model is returned as it is.
 *
 * @throws (by rejection) what the fit rejects with
 */
export async function fitSingle<Fitted extends Mixture>(
  plugin: MixturePlugin<never, Fitted>,
  choice: CandidateChoice,
  {
    backend,
    nInit,
    splitStart = selectMixtureOptions.splitStart.default,
    ...options
  }: SharedOptions & BackendChoice & { readonly randomState: number; readonly splitStart?: boolean },
  X: Data,
  context: FitContext,
): Promise<Fitted> {
  // Estimators that budget their starts know better than a number.
  const starts = nInit ?? (plugin.options["nInit"]?.default === "auto" ? undefined : selectMixtureOptions.nInit.default);
  const shared = { ...options, ...present({ nInit: starts }) };
  const recipe = { plugin, shared, given: new Set(Object.keys(shared)), ...(backend === undefined ? {} : { backend }) };
  const { model } = await fitBest(recipe, choice, X, splitStart ? await oneComponent(recipe, choice, X, context) : undefined, context);
  return model;
}
