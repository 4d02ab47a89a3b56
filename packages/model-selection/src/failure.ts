import type { ErrorCode, MixturaError, Mixture } from "@mixtura/core";
import { isMixturaError, MixturaError as OurError } from "@mixtura/core";
import type { Candidate } from "./candidate.ts";

/** Failures that concern one candidate. Everything else (bad data, a lost device, an abort) ends the selection. */
const OF_ONE_CANDIDATE: readonly ErrorCode[] = ["too-few-rows", "too-many-features", "not-positive-definite", "not-supported"];

/** Whether other candidates may still succeed after this error. */
export function concernsOneCandidate(error: unknown): error is MixturaError {
  return isMixturaError(error) && OF_ONE_CANDIDATE.includes(error.code);
}

/** The error of a selection without a winner: what was tried and what to try. */
export function noSoundCandidate(candidates: readonly Candidate<Mixture>[]): MixturaError {
  const failed = candidates.filter(({ error }) => error !== undefined);
  if (failed.length === candidates.length) {
    const reason = failed[0]!.error!;
    const message =
      candidates.length === 1
        ? reason.message
        : `selectMixture: all ${candidates.length} candidates failed, the first one so: ${reason.message}`;
    return new OurError("no-sound-candidate", message, { candidates }, { cause: reason });
  }
  const tried = `K = ${rangeText(candidates.map(({ nComponents }) => nComponents))}, ${[...new Set(candidates.map(({ form }) => form))].join(", ")}`;
  const degenerate = candidates.filter((candidate) => candidate.degenerate).length;
  const undefinedValues = candidates.length - failed.length - degenerate;
  const counts = [
    `${degenerate} of ${candidates.length} candidates are degenerate`,
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(undefinedValues > 0 ? [`${undefinedValues} have no finite value of the criterion`] : []),
  ];
  return new OurError(
    "no-sound-candidate",
    `selectMixture: no candidate can be trusted (${tried}): ${counts.join(", ")}, so a component rests on too few rows or on hardly any spread, or there are as many parameters as numbers. ` +
      `Try smaller nComponents${candidates.some(({ covarianceType }) => covarianceType !== undefined) ? `, a stiffer covarianceType ("diag", "spherical") or a larger regCovar` : ""}, and look for repeated rows or constant features.`,
    { candidates },
  );
}

/** Whole numbers in short: "1 to 9", "2, 5". */
function rangeText(values: readonly number[]): string {
  const sorted = [...new Set(values)].toSorted((a, b) => a - b);
  const first = sorted[0]!;
  const last = sorted.at(-1)!;
  return sorted.length > 2 && last - first === sorted.length - 1 ? `${first} to ${last}` : sorted.join(", ");
}
