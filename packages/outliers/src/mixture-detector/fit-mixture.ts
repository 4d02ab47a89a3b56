import type { Backend } from "@mixtura/backend";
import type { AnyOptionDeclaration, Diagnostic, FitContext, FittedModel, MatrixLike } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import { GaussianMixture } from "@mixtura/mixture";
import type { Candidate, FittedCandidate } from "@mixtura/model-selection";
import { selectMixture } from "@mixtura/model-selection";
import { usualCounts } from "@mixtura/model-selection/internal";
import { counted } from "@mixtura/wording/internal";
import { passedOn } from "../detector/progress.ts";
import type { CheckedMixtureDetectorOptions } from "./options.ts";
import { mixtureDetectorOptions } from "./options.ts";
import { MIXTURE_DETECTOR } from "./payload.ts";

/** Starts that a sweep makes of the solutions next to a candidate, at the most. */
const STARTS_FROM_OTHERS = 6;

/** A density, and what there is to say about how it was come by. */
export interface ChosenMixture {
  readonly mixture: FittedModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** Options of a single fit, which a choice among several cannot share. */
const SINGLE = ["weightsInit", "meansInit", "precisionsInit", "labelsInit", "init"] as const;

/** Whether there is a single candidate, so that nothing is to be chosen. */
function isSingle({ nComponents, covarianceType }: CheckedMixtureDetectorOptions): boolean {
  return [nComponents].flat().length === 1 && [covarianceType].flat().length === 1;
}

/** Options that have a say although a mixture is given. */
const JUDGING = ["threshold", "novelty", "calibrationFraction", "mixture", "randomState"];

/**
 * Options that would be passed over: explicit starts, which fit one number of components only, where there are several to choose from, and all
 * given for a fit where a fitted mixture is given.
 *
 * @throws MixturaError `invalid-option`
 */
export function checkFit(options: CheckedMixtureDetectorOptions): void {
  const refuse = (option: string, why: string): MixturaError =>
    new MixturaError("invalid-option", `${MIXTURE_DETECTOR}: "${option}" ${why}`, { option, found: given[option] });
  const given: Readonly<Record<string, unknown>> = { ...options };
  if (options.mixture !== undefined) {
    const superfluous = Object.entries<AnyOptionDeclaration>(mixtureDetectorOptions).find(
      ([name, { default: preset }]) => !JUDGING.includes(name) && JSON.stringify(given[name]) !== JSON.stringify(preset),
    );
    if (superfluous !== undefined) throw refuse(superfluous[0], "is about a fit, but a fitted mixture is given. Leave one of them out.");
  }
  const start = SINGLE.find((name) => options[name] !== undefined);
  if (start === undefined || isSingle(options)) return;
  throw refuse(start, "fits one mixture, but there are several to choose from. Give nComponents and covarianceType one value each.");
}

/**
 * Fits the mixture, or chooses it by BIC. Where no candidate is sound, the data being degenerate, the simplest of those that could be fitted
 * serves, and a diagnostic says so.
 */
export async function fitMixture(
  X: MatrixLike,
  options: CheckedMixtureDetectorOptions,
  seed: number,
  backend: Backend | undefined,
  context: FitContext,
): Promise<ChosenMixture> {
  const {
    threshold: _,
    novelty: _novelty,
    calibrationFraction: _fraction,
    mixture: _mixture,
    constants: _constants,
    nComponents,
    covarianceType,
    ...fitting
  } = options;
  const shared = { ...fitting, randomState: seed, ...(backend === undefined ? {} : { backend }) };
  const counts = nComponents === undefined ? undefined : [...new Set([nComponents].flat())];
  const types = [...new Set([covarianceType].flat())];
  if (counts?.length === 1 && types.length === 1) {
    const choice = { nComponents: counts[0]!, covarianceType: types[0]! };
    const inner = { ...context, ...passedOn(MIXTURE_DETECTOR, options.nInit, context) };
    return { mixture: await new GaussianMixture({ ...shared, ...choice }).fit(X, inner), diagnostics: [] };
  }
  const { onProgress } = passedOn(
    MIXTURE_DETECTOR,
    (counts ?? usualCounts).length * types.length * (options.nInit + STARTS_FROM_OTHERS),
    context,
  );
  try {
    const { winner, candidates } = await selectMixture(
      X,
      { ...shared, ...(counts === undefined ? {} : { nComponents: counts }), covarianceType: types },
      { ...context, ...(onProgress === undefined ? { onProgress: undefined as never } : { onProgress: ({ fit }) => onProgress(fit) }) },
    );
    return { mixture: winner.model, diagnostics: [chosen(winner, candidates.length)] };
  } catch (error) {
    if (!isMixturaError(error, "no-sound-candidate")) throw error;
    const simplest = simplestOf(error.detail.candidates as readonly Candidate[]);
    if (simplest === undefined) throw isMixturaError(error.cause) ? error.cause : error;
    return { mixture: simplest.model, diagnostics: [nothingSound(simplest)] };
  }
}

function simplestOf(candidates: readonly Candidate[]): FittedCandidate | undefined {
  const fitted = candidates.filter((candidate): candidate is FittedCandidate => candidate.error === undefined);
  return fitted.toSorted((a, b) => a.nParameters - b.nParameters)[0];
}

function chosen({ nComponents, covarianceType, bic }: FittedCandidate, candidates: number): Diagnostic {
  return {
    code: "mixture-chosen",
    severity: "info",
    message: `BIC chose ${counted(nComponents, "component")} with ${covarianceType} covariances among ${candidates} candidates.`,
    detail: { nComponents, covarianceType, bic, candidates },
  };
}

function nothingSound({ nComponents, covarianceType }: FittedCandidate): Diagnostic {
  return {
    code: "no-sound-candidate",
    severity: "warning",
    message:
      `Every mixture tried has a component on too few rows or on hardly any spread; the simplest one serves (${nComponents}, ${covarianceType}). ` +
      "Look for repeated rows and constant features.",
    detail: { nComponents, covarianceType },
  };
}
