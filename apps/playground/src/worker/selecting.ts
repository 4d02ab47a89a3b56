import type { Backend } from "@mixtura/backend";
import type { MatrixLike } from "@mixtura/core";
import type { Candidate } from "@mixtura/model-selection";
import type { BackendChoice, SelectMixtureOptions } from "mixtura";
import { selectMixture } from "mixtura";
import type { SelectionChoice } from "../state/state.ts";
import type { CandidateFacts, SelectionFacts } from "./protocol.ts";

/** Criteria that every fitted candidate has; "cv" joins where it is asked for. */
const VALUES = ["bic", "aic", "aicc", "icl", "cv"] as const;

/** Tries numbers of clusters and covariance types, and reports each candidate as soon as it is done. */
export async function search(
  X: MatrixLike,
  { from, to, types, criterion, starts }: SelectionChoice,
  seed: number,
  backend: Backend | undefined,
  signal: AbortSignal,
  report: (facts: CandidateFacts, candidate: Candidate) => void,
): Promise<SelectionFacts> {
  const options = {
    nComponents: Array.from({ length: to - from + 1 }, (_, index) => from + index),
    covarianceType: types,
    criterion,
    nInit: starts,
    randomState: seed,
    ...(backend === undefined ? {} : { backend }),
  } as SelectMixtureOptions & BackendChoice;
  let index = 0;
  const candidates: Candidate[] = [];
  const { winner, openComponents, elapsedMilliseconds } = await selectMixture(X, options, {
    signal,
    onCandidate(candidate) {
      candidates.push(candidate);
      report(factsOf(candidate, index++), candidate);
    },
  });
  const place = candidates.findIndex(
    ({ nComponents, covarianceType }) => nComponents === winner.nComponents && covarianceType === winner.covarianceType,
  );
  return { winner: place, open: openComponents, milliseconds: elapsedMilliseconds };
}

function factsOf(candidate: Candidate, index: number): CandidateFacts {
  const { estimator, nComponents, covarianceType, degenerate, converged, start, error } = candidate;
  const values = VALUES.map((name) => [name, candidate[name]] as const).filter(
    (entry): entry is [(typeof VALUES)[number], number] => entry[1] !== undefined,
  );
  return {
    index,
    estimator,
    nComponents,
    covarianceType,
    values: Object.fromEntries(values),
    degenerate,
    converged,
    start,
    failure: error?.message,
  };
}
