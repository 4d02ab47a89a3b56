import type { PassBackend } from "@mixtura/backend/internal/rows";
import type { RestartTrace } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { Optimum } from "../concentrate/concentrate.ts";

/** Concentration steps of one search at most; usually fewer than ten are needed. */
export const MAX_STEPS = 200;

/** Where a search runs and what it reports to. */
export interface SearchContext {
  readonly backend: PassBackend;
  readonly pace: Pace;
  /** Called after every concentration step of the search `restart`, one of `restarts`. */
  readonly onStep: (restart: number, restarts: number, step: number, logDeterminant: number) => void;
}

/** What a search found. */
export interface SearchResult {
  readonly best: Optimum;
  readonly restarts: readonly RestartTrace[];
}

/** How one start went, as traces have it: the score is minus the log-determinant, per feature it is that of a density. */
export interface Run {
  readonly converged: boolean;
  readonly iterations: number;
  readonly logDeterminant: number;
}

/** Runs as traces list them, with one of them chosen: the first of least determinant. */
export function restartsOf(runs: readonly Run[]): { readonly chosen: number; readonly restarts: readonly RestartTrace[] } {
  const chosen = runs.reduce((best, run, index) => (run.logDeterminant < runs[best]!.logDeterminant ? index : best), 0);
  const restarts = runs.map(({ converged, iterations, logDeterminant }, restart) =>
    Object.freeze({
      restart,
      converged,
      iterations,
      score: logDeterminant > -Infinity ? -logDeterminant : 0,
      degenerate: !(logDeterminant > -Infinity),
      chosen: restart === chosen,
    }),
  );
  return { chosen, restarts: Object.freeze(restarts) };
}
