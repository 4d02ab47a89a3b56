import type { Backend } from "@mixtura/backend";
import type { Diagnostic, FitContext, FittedModel, MatrixLike } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import { GaussianMixture } from "@mixtura/mixture";
import type { Candidate, FittedCandidate } from "@mixtura/model-selection";
import { selectMixture } from "@mixtura/model-selection";
import { passedOn } from "../detector/progress.ts";
import type { CheckedMixtureDetectorOptions } from "./options.ts";
import { MIXTURE_DETECTOR } from "./payload.ts";

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

/**
 * Explicit starts fit one number of components only.
 *
 * @throws MixturaError `invalid-option`
 */
export function checkStarts(options: CheckedMixtureDetectorOptions): void {
  const option = SINGLE.find((name) => options[name] !== undefined);
  if (option === undefined || isSingle(options)) return;
  throw new MixturaError(
    "invalid-option",
    `${MIXTURE_DETECTOR}: "${option}" fits one mixture, but there are several to choose from. Give nComponents and covarianceType one value each.`,
    { option, found: options[option] },
  );
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
    nComponents,
    covarianceType,
    ...fitting
  } = options;
  const shared = { ...fitting, randomState: seed, ...(backend === undefined ? {} : { backend }) };
  const counts = [...new Set([nComponents].flat())];
  const types = [...new Set([covarianceType].flat())];
  if (counts.length === 1 && types.length === 1) {
    const estimator = new GaussianMixture({ ...shared, nComponents: counts[0]!, covarianceType: types[0]! });
    return { mixture: await estimator.fit(X, { ...context, ...passedOn(MIXTURE_DETECTOR, options.nInit, context) }), diagnostics: [] };
  }
  const { onProgress } = passedOn(MIXTURE_DETECTOR, counts.length * types.length * (options.nInit + 1), context);
  try {
    const { winner, candidates } = await selectMixture(
      X,
      { ...shared, nComponents: counts, covarianceType: types },
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
    message: `BIC chose ${nComponents} ${nComponents === 1 ? "component" : "components"} with ${covarianceType} covariances among ${candidates} candidates.`,
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
