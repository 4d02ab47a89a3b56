import type { Mixture } from "@mixtura/core";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import { standardErrorOfDifference } from "./folds.ts";
import type { Criterion, SelectionRule } from "./options.ts";
import { isSound, winnerOf } from "./winner.ts";

/** Differences of BIC below this are no strong evidence (Kass & Raftery 1995, §3.2). */
const NO_STRONG_EVIDENCE = 6;

/**
 * The numbers of components that a selection leaves open, in ascending order, the winner's among them: those of candidates within 6 of its criterion
 * (with "cv", within one standard error), and those that would have won had the winner's best start been missed. A choice that hangs on one
 * lucky start may fall otherwise with another seed.
 */
export function openCounts(
  candidates: readonly Candidate<Mixture>[],
  winner: FittedCandidate<Mixture>,
  criterion: Criterion,
  rule: SelectionRule,
): number[] {
  const sound = candidates.filter((candidate) => isSound(candidate, criterion));
  const close = sound.filter((candidate) => {
    const excess = candidate[criterion]! - winner[criterion]!;
    if (criterion !== "cv") return excess < NO_STRONG_EVIDENCE;
    const { weight, folds } = candidate.crossValidation!;
    return excess <= 2 * weight * standardErrorOfDifference(folds, winner.crossValidation!.folds);
  });
  const others = [winner, ...close, ...withoutBestStart(candidates, winner, criterion, rule)];
  return [...new Set(others.map(({ nComponents }) => nComponents))].toSorted((a, b) => a - b);
}

/** The winner, had the best start of the one that won been missed. */
function withoutBestStart(
  candidates: readonly Candidate<Mixture>[],
  winner: FittedCandidate<Mixture>,
  criterion: Criterion,
  rule: SelectionRule,
): FittedCandidate<Mixture>[] {
  const { nextStart, model } = winner;
  if (criterion === "cv" || nextStart === undefined || model.objective === undefined) return [];
  const missed = Object.freeze({ ...winner, [criterion]: winner[criterion]! + 2 * (model.objective.value - nextStart) });
  const other = winnerOf(
    candidates.map((candidate) => (candidate === winner ? missed : candidate)),
    criterion,
    rule,
  );
  return other === undefined ? [] : [other];
}
