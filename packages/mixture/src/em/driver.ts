import type { ExpectationOptions, GaussianComponents, Moments, Scatter } from "@mixtura/backend";
import type { Rows } from "@mixtura/backend/authoring";
import { MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";

/** What is fitted: how a state meets the rows, and what becomes of it by what the rows say. */
export interface Scheme<State, Step extends Advance<State>> {
  readonly scatter: Scatter;
  /** The state as a pass over rows takes it. */
  components(state: State): GaussianComponents;
  /**
   * The map.
   *
   * @param moments of the rows under `before`
   * @param first the same about the means of `before`, where `moments` are about others
   */
  advance(moments: Moments, before: State, first: Moments): Step;
  /** A state that a next pass can use, where `step` is not finished. */
  finish(before: State, step: Step): Promise<Step>;
}

/** A map done. */
export interface Advance<State> {
  readonly state: State;
  /** The objective per unit of weight, in nats. */
  readonly bound: number;
  /** New means, k×d, about which the moments are to be taken again since digits were lost; absent where all is well. */
  readonly centres?: Float64Array | undefined;
  /** Whether something is broken and has to be repaired. */
  readonly needsRepair: boolean;
  /** Whether the state is not one that a next pass can use yet; a repair is one reason. */
  readonly isUnfinished: boolean;
}

/** What a scheme is run on. */
export interface EmProblem<State, Step extends Advance<State>> {
  readonly rows: Rows;
  readonly scheme: Scheme<State, Step>;
  readonly maxIter: number;
  /** Stops when the bound changes by less than this; 0 never stops early. */
  readonly tol: number;
  readonly pace: Pace;
  /** The bound of the iteration before the first, where this fit goes on with another. */
  readonly previous?: number | undefined;
  /** Whether the caller spelled out where to start. */
  readonly isGivenStart: boolean;
  /** Whether passes far from the optimum may be made in single precision. */
  readonly mixed: boolean;
  /** Who asks, for error texts. */
  readonly caller: string;
}

/** A state on the way. */
export interface EmState<State> {
  /** Iterations done. */
  readonly iteration: number;
  readonly bound: number;
  readonly state: State;
}

/** The end of the iterations. */
export interface EmEnd<State> {
  readonly state: State;
  readonly lowerBounds: readonly number[];
  readonly converged: boolean;
  /** What the end itself is to be judged in; absent = what the backend computes in. */
  readonly precision: ExpectationOptions["precision"];
}

/** Single precision distinguishes bounds down to about this relative difference; from there on every pass is made in full. */
const SINGLE_CHANGE = 1e-6;
/** A float32 backend cannot distinguish changes below this from noise: where tol is smaller, it is used as under "mixed". */
const SINGLE_TOLERANCE = 1e-6;

/**
 * Iterates until nothing changes: yields every state, returns the end.
 *
 * @param before bounds of the iterations that led to `start`; they count
 */
export async function* iterate<State, Step extends Advance<State>>(
  problem: EmProblem<State, Step>,
  start: State,
  before: readonly number[] = [],
): AsyncGenerator<EmState<State>, EmEnd<State>> {
  const { rows, scheme, maxIter, tol, pace } = problem;
  const mixed = problem.mixed || (tol > 0 && tol < SINGLE_TOLERANCE && rows.precision === "float32");
  const lowerBounds = [...before];
  let state = start;
  let converged = false;
  const goesOn = problem.previous !== undefined; // near the optimum, as a rule
  let precision: ExpectationOptions["precision"] = mixed && !goesOn ? "float32" : undefined;
  let exactBounds = goesOn ? 1 : 0;
  for (let iteration = before.length + 1; iteration <= maxIter && !converged; iteration++) {
    const components = scheme.components(state);
    const request = { scatter: scheme.scatter, precision };
    const first = await rows.expectation(components, request);
    checkReach(first, problem);
    let step = scheme.advance(first, state, first);
    if (precision === "float32" && (step.centres !== undefined || step.needsRepair)) {
      // What looks broken may only be rounded: the same map once more, in full.
      precision = "float64";
      iteration--;
      continue;
    }
    if (step.centres !== undefined) {
      const again = await rows.expectation(components, { ...request, centres: step.centres });
      step = scheme.advance(again, state, first);
    }
    if (step.isUnfinished) step = await scheme.finish(state, step);
    const { bound } = step;
    state = step.state;
    const previous = lowerBounds.at(-1) ?? problem.previous;
    lowerBounds.push(bound);
    const change = previous === undefined ? Infinity : Math.abs(bound - previous);
    if (precision !== "float32") exactBounds++;
    else if (change < Math.max(10 * tol, SINGLE_CHANGE * Math.abs(bound))) precision = "float64";
    converged = exactBounds > 1 && change < tol;
    yield { iteration, bound, state };
    pace.check();
    if (pace.due()) await pace.turn();
  }
  return { state, lowerBounds, converged, precision: mixed ? "float64" : undefined };
}

/**
 * Only a start of one's own can be so narrow or so far away that a row has no density in any component, or weights that differ so much that the
 * components of some rows do not see the others.
 *
 * @throws MixturaError `invalid-option`, `invalid-weight`
 */
export function checkReach(
  { logLikelihood }: Moments,
  { isGivenStart, caller }: { readonly isGivenStart: boolean; readonly caller: string },
): void {
  if (logLikelihood > -Infinity) return;
  if (!isGivenStart) {
    throw new MixturaError(
      "invalid-weight",
      `${caller}: a row has density 0 under the components of the others, even in the log domain, since it weighs next to nothing compared with them. ` +
        "Leave such rows out, or bring the sample weights nearer together.",
      { found: logLikelihood },
    );
  }
  throw new MixturaError(
    "invalid-option",
    `${caller}: a row has density 0 under every starting component, even in the log domain. ` +
      "Start from means nearer the data, or from smaller precisions.",
    { option: "meansInit", found: logLikelihood },
  );
}
