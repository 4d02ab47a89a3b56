import type { Mixture } from "@mixtura/core";
import { covarianceTypes } from "@mixtura/mixture";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import { standardErrorOfDifference } from "./folds.ts";
import type { Criterion, SelectionRule } from "./options.ts";

/** Values closer than this, relative to their size, differ by rounding only and count as equal. */
const ROUNDING = 1e-9;

/**
 * The sound candidate of the lowest criterion. Among equals the one with fewer parameters wins, then fewer components, then the form that
 * comes first in `covarianceTypes`: so the order in which candidates were listed never matters.
 *
 * By the rule "one-standard-error" all candidates count as equals of the lowest one whose mean held-out log-likelihood is less than one
 * standard error below its mean: the standard error of the difference, fold by fold, as all candidates have the same folds.
 *
 * @returns `undefined` when every candidate failed, is degenerate, or has no finite value
 * @remarks With one feature, full, diag and spherical are the same model, and so are full and tied with one component: they tie.
 */
export function winnerOf(
  candidates: readonly Candidate<Mixture>[],
  criterion: Criterion,
  rule: SelectionRule = "lowest",
): FittedCandidate<Mixture> | undefined {
  const sound = candidates.filter((candidate) => isSound(candidate, criterion));
  const lowest = first(sound, criterion);
  if (lowest === undefined) return undefined;
  const value = lowest[criterion]!;
  const equals = sound.filter((candidate) => {
    const excess = candidate[criterion]! - value;
    if (excess <= ROUNDING * Math.max(1, Math.abs(value))) return true;
    if (rule === "lowest") return false;
    const { weight, folds } = candidate.crossValidation!;
    return excess <= 2 * weight * standardErrorOfDifference(folds, lowest.crossValidation!.folds);
  });
  return equals.toSorted(bySimplicity)[0];
}

/** Whether a candidate may win. */
export function isSound(candidate: Candidate<Mixture>, criterion: Criterion): candidate is FittedCandidate<Mixture> {
  return candidate.error === undefined && !candidate.degenerate && Number.isFinite(candidate[criterion]);
}

function first(sound: readonly FittedCandidate<Mixture>[], criterion: Criterion): FittedCandidate<Mixture> | undefined {
  return sound.toSorted((a, b) => a[criterion]! - b[criterion]! || bySimplicity(a, b))[0];
}

function bySimplicity(a: FittedCandidate<Mixture>, b: FittedCandidate<Mixture>): number {
  return (
    a.nParameters - b.nParameters ||
    a.nComponents - b.nComponents ||
    covarianceTypes.indexOf(a.covarianceType!) - covarianceTypes.indexOf(b.covarianceType!) || // −1 where there is none
    (a.estimator < b.estimator ? -1 : Number(a.estimator > b.estimator))
  );
}
