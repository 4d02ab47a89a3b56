import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { option } from "../input/components.ts";

/** One row of a model selection, as `selectMixture` gives them. */
export interface PlotCandidate {
  readonly nComponents: number;
  /** Candidates of one covariance type are joined by a line; where it is absent, those of one form. */
  readonly covarianceType?: string | undefined;
  readonly form?: string | undefined;
  readonly bic?: number | undefined;
  readonly aic?: number | undefined;
  readonly aicc?: number | undefined;
  readonly icl?: number | undefined;
  /** −2 × held-out log-likelihood. */
  readonly cv?: number | undefined;
  /** Drawn hollow: it cannot win. */
  readonly degenerate?: boolean | undefined;
  /** Anything here marks a candidate that could not be fitted. */
  readonly error?: unknown;
}

/** Which candidate won: its row, or a fitted model with a covariance type. */
export interface PlotWinner {
  readonly nComponents: number;
  readonly covarianceType?: string | undefined;
  /** The form of a row; what a model has under that name says more, and is passed over. */
  readonly form?: unknown;
}

/** The criteria that can be drawn, and what they are called. */
export const CRITERIA = { bic: "BIC", aic: "AIC", aicc: "AICc", icl: "ICL", cv: "CV" } as const;

/** One of the criteria. */
export type CriterionKey = keyof typeof CRITERIA;

/** A candidate in one criterion. */
export interface Row {
  readonly nComponents: number;
  /** The covariance type, or the form in its place. */
  readonly covarianceType: string;
  readonly isForm: boolean;
  /** `undefined` where the candidate has none. */
  readonly value: number | undefined;
  readonly sound: boolean;
}

/** Checks candidates and takes one criterion of them. */
export function readCandidates(given: readonly PlotCandidate[], criterion: CriterionKey, caller: string): Row[] {
  if (!Array.isArray(given) || given.length === 0) throw option(caller, "candidates", "a list of at least one candidate", given);
  return (given as readonly PlotCandidate[]).map((candidate, index) => {
    const { nComponents, form, covarianceType = form, degenerate, error } = candidate ?? {};
    if (!Number.isInteger(nComponents) || nComponents < 1 || typeof covarianceType !== "string") {
      throw option(caller, `candidates[${index}]`, "{ nComponents, covarianceType, … }", candidate);
    }
    const found = candidate[criterion];
    if (found !== undefined && typeof found !== "number") throw option(caller, `candidates[${index}].${criterion}`, "a number", found);
    const value = error === undefined && found !== undefined && Number.isFinite(found) ? found : undefined;
    return {
      nComponents,
      covarianceType,
      isForm: candidate.covarianceType === undefined,
      value,
      sound: value !== undefined && degenerate !== true,
    };
  });
}

/** The winner that is given, or the lowest sound one. */
export function readBest(given: PlotWinner | undefined, rows: readonly Row[], caller: string): Row | undefined {
  if (given === undefined) {
    const sound = rows.filter((row) => row.sound);
    return sound.reduce<Row | undefined>((best, row) => (best === undefined || row.value! < best.value! ? row : best), undefined);
  }
  const found = rows.find((row) => row.nComponents === given.nComponents && row.covarianceType === (given.covarianceType ?? given.form));
  if (found?.value !== undefined) return found;
  throw new MixturaError("invalid-option", `${caller}: "best" must be one of the candidates that have a value, found ${show(given)}.`, {
    option: "best",
    found: given,
  });
}
