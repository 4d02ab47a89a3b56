import type { Mixture } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import type { Candidate } from "./candidate.ts";
import type { Job } from "./jobs.ts";
import type { PartialSelection } from "./selection.ts";
import type { Circumstances } from "./selection-json.ts";
import { selectionToJSON } from "./selection-json.ts";

/**
 * What a selection had done when it was aborted: the candidates so far, and JSON to go on with.
 *
 * @returns `undefined` for any other error
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.3, 0.5, 9, 9.1, 9.3, 9.4, 9.5].map((x) => [
 *   x,
 * ]);
 * const controller = new AbortController();
 * const options = {
 *   nComponents: [1, 2, 3],
 *   covarianceType: "full",
 *   randomState: 1,
 * } as const;
 * const done = await selectMixture(X, options, {
 *   signal: controller.signal,
 *   onCandidate: () => controller.abort(),
 * }).catch(partialSelection);
 * done?.candidates.length // => 1
 * const { best } = await selectMixture(X, options, {
 *   resume: JSON.stringify(done),
 * });
 * best.nComponents // => 2
 * ```
 */
export function partialSelection(error: unknown): PartialSelection | undefined {
  if (!isMixturaError(error, "aborted")) return undefined;
  const { done } = error.detail;
  return typeof done === "object" && done !== null && "candidates" in done && "toJSON" in done ? (done as PartialSelection) : undefined;
}

/** The jobs that are done, in the order asked for. */
export function partialOf(
  jobs: readonly Job[],
  rows: ReadonlyMap<Job, Candidate<Mixture>>,
  circumstances: Circumstances,
): PartialSelection<Mixture> {
  const candidates = Object.freeze(jobs.flatMap((job) => rows.get(job) ?? []));
  return Object.freeze({ candidates, seed: circumstances.seed, toJSON: () => selectionToJSON(circumstances, candidates) });
}

/** An abort that says what was done by then. */
export function abortedWith(error: MixturaError<"aborted">, done: PartialSelection<Mixture>): MixturaError<"aborted"> {
  return new MixturaError("aborted", error.message, { ...error.detail, done }, { cause: error.cause });
}
