import { leastOf } from "@mixtura/core/internal";
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

/** The axis is cut off above when values rise over the median by more than this many times what the median is above the lowest. */
const MOST_ABOVE = 5;

/** Part of the range that is left free below the lowest mark. */
const ROOM_BELOW = 0.16;

/**
 * The range that shows which candidates are good: from the lowest sound value, not to the worst one but so far that half of all values
 * keep a good part of the height. Degenerate values count as far as they lie near.
 */
export function valueExtent(rows: readonly Row[]): { readonly low: number; readonly high: number; readonly cut: boolean } {
  const all = rows.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const sound = rows.flatMap(({ value, sound: trusted }) => (trusted && value !== undefined ? [value] : []));
  const base = (sound.length === 0 ? all : sound).toSorted((a, b) => a - b);
  if (base.length === 0) return { low: 0, high: 1, cut: false };
  const low = base[0]!;
  const middle = base[Math.floor(base.length / 2)]! / 2 - low / 2;
  const highest = base.at(-1)!;
  const cut = middle > 0 && highest / 2 - low / 2 > MOST_ABOVE * middle;
  const high = cut ? low + 2 * (MOST_ABOVE - 2) * middle : highest;
  const near = all.filter((value) => value <= high && value >= low - (high / 2 - low / 2));
  const lowest = leastOf(near);
  // Room below the lowest mark for the winner's name.
  const below = (high / 2 - lowest / 2) * 2 * ROOM_BELOW;
  return { low: Number.isFinite(lowest - below) ? lowest - below : lowest, high, cut };
}
