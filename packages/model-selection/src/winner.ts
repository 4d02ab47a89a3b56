import { covarianceTypes } from "@mixtura/mixture";
import type { Candidate, FittedCandidate } from "./candidate.ts";
import type { Criterion } from "./options.ts";

/** Values closer than this, relative to their size, differ by rounding only and count as equal. */
const ROUNDING = 1e-9;

/**
 * The sound candidate of the lowest criterion. Among equals the one with fewer parameters wins, then fewer components, then the form that
 * comes first in `covarianceTypes`: so the order in which candidates were listed never matters.
 *
 * @returns `undefined` when every candidate failed or is degenerate
 * @remarks With one feature, full, diag and spherical are the same model, and so are full and tied with one component: they tie.
 */
export function winnerOf(candidates: readonly Candidate[], criterion: Criterion): FittedCandidate | undefined {
  const sound = candidates.filter((candidate): candidate is FittedCandidate => candidate.error === undefined && !candidate.degenerate);
  const lowest = Math.min(...sound.map((candidate) => candidate[criterion]));
  const equals = sound.filter((candidate) => candidate[criterion] - lowest <= ROUNDING * Math.max(1, Math.abs(lowest)));
  return equals.toSorted(
    (a, b) =>
      a.nParameters - b.nParameters ||
      a.nComponents - b.nComponents ||
      covarianceTypes.indexOf(a.covarianceType) - covarianceTypes.indexOf(b.covarianceType),
  )[0];
}
