import type { ExpectationOptions, GaussianComponents, Moments, Scatter } from "@mixtura/backend";
import type { Rows } from "@mixtura/backend/authoring";
import { MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import { Accelerator } from "../acceleration/accelerator.ts";
import type { Coordinates } from "../acceleration/coordinates.ts";
import { sizeOfBounds } from "./size-of-bounds.ts";
import type { Enough, Stopping } from "../acceleration/stopping.ts";
import { enoughForTheEnd, isHopeless, lastChange, remainingGain } from "../acceleration/stopping.ts";

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
  /** The blocks that a limit holds, as a text to compare. */
  readonly held?: string;
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
  /** Coordinates about a state, in which iterations look ahead; absent in plain EM. */
  readonly coordinates?: ((anchor: State) => Promise<Coordinates<State>>) | undefined;
  /** How little may be left, where that is not for `tol` to say. */
  readonly enough?: Enough | undefined;
  /** A bound that others have reached: what will end below it need not go on. */
  readonly reached?: number | undefined;
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
  /** Passes over the rows, those of proposals that were no gain included. */
  readonly passes: number;
  /** The state of the highest bound, where the bound fell on the way. */
  readonly best?: { readonly bound: number; readonly state: State };
}

/** Double precision distinguishes bounds down to far below this. */
const DOUBLE_CHANGE = 1e-11;
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
  const { rows, maxIter, tol, pace } = problem;
  const mixed = problem.mixed || (tol > 0 && tol < SINGLE_TOLERANCE && rows.precision === "float32");
  const size = sizeOfBounds(rows.profile);
  const single = rows.precision === "float32" && !mixed;
  /** What changes of a bound are rounding at. */
  const rounding = (bound: number): number => (single ? SINGLE_CHANGE : DOUBLE_CHANGE) * size(bound);
  const goesOn = problem.previous !== undefined; // near the optimum, as a rule
  const lowerBounds = [...before];
  let precision: ExpectationOptions["precision"] = mixed && !goesOn ? "float32" : undefined;
  let accelerator = problem.coordinates && new Accelerator(problem.coordinates);
  const last = lowerBounds.at(-1) ?? problem.previous;
  let stopping: Stopping =
    accelerator === undefined
      ? lastChange(tol, last, goesOn ? 1 : 0)
      : remainingGain(problem.enough ?? enoughForTheEnd(tol, rows.profile.weight), rounding, last);
  let state = start;
  let converged = false;
  let passes = 0;
  let best: EmEnd<State>["best"];
  let isBest = true;
  let gainBefore: number | undefined;
  let isHopeful = true;
  for (let iteration = before.length + 1; iteration <= maxIter && !converged && isHopeful; iteration++) {
    const previous = lowerBounds.at(-1) ?? problem.previous;
    const proposal = precision === "float32" ? undefined : await accelerator?.proposal();
    let at = proposal ?? state;
    let step: Step | "rounded" | undefined;
    if (proposal !== undefined) {
      passes++;
      step = await tried(problem, proposal, previous! + rounding(previous!), precision);
      if (step === undefined) accelerator!.failed();
    }
    if (step === undefined) {
      at = state;
      passes++;
      step = await mapped(problem, state, precision);
    }
    if (step === "rounded") {
      // What looks broken may only be rounded: the same map once more, in full.
      precision = "float64";
      iteration--;
      continue;
    }
    const { bound } = step;
    state = step.state;
    lowerBounds.push(bound);
    const gain = previous === undefined ? Infinity : bound - previous;
    if (accelerator !== undefined && precision !== "float32") {
      if (best === undefined || bound > best.bound) best = { bound, state: at };
      if (gain < -rounding(bound)) {
        // Something is added to variances, so what EM climbs is not this bound: nobody can look ahead by it.
        accelerator = undefined;
        stopping = lastChange(tol, previous, 1);
        isBest = false;
      } else if (step.needsRepair) accelerator.reset();
      else await accelerator.moved({ at, mapped: state, gain, held: step.held ?? "" }, at === proposal);
    }
    if (precision !== "float32") converged = stopping(bound, accelerator?.remaining);
    else if (Math.abs(gain) < Math.max(10 * tol, SINGLE_CHANGE * Math.abs(bound))) precision = "float64";
    if (problem.reached !== undefined && gainBefore !== undefined)
      isHopeful = !isHopeless(iteration - before.length, bound, [gain, gainBefore], accelerator?.remaining, problem.reached);
    gainBefore = gain;
    yield { iteration, bound, state };
    pace.check();
    if (pace.due()) await pace.turn();
  }
  return { state, lowerBounds, converged, passes, precision: mixed ? "float64" : undefined, ...(isBest ? {} : present({ best })) };
}

/** The map of a state; or that it was rounded too much to tell. */
async function mapped<State, Step extends Advance<State>>(
  problem: EmProblem<State, Step>,
  state: State,
  precision: ExpectationOptions["precision"],
): Promise<Step | "rounded"> {
  const { rows, scheme } = problem;
  const components = scheme.components(state);
  const request = { scatter: scheme.scatter, precision };
  const first = await rows.expectation(components, request);
  checkReach(first, problem);
  let step = scheme.advance(first, state, first);
  if (precision === "float32" && (step.centres !== undefined || step.needsRepair)) return "rounded";
  if (step.centres !== undefined) {
    const again = await rows.expectation(components, { ...request, centres: step.centres });
    step = scheme.advance(again, state, first);
  }
  return step.isUnfinished ? scheme.finish(state, step) : step;
}

/** The map of a proposed state, where nothing is wrong with it and its bound is at least `least`. */
async function tried<State, Step extends Advance<State>>(
  { rows, scheme }: EmProblem<State, Step>,
  state: State,
  least: number,
  precision: ExpectationOptions["precision"],
): Promise<Step | undefined> {
  const moments = await rows.expectation(scheme.components(state), { scatter: scheme.scatter, precision });
  if (!(moments.logLikelihood > -Infinity)) return undefined;
  const step = scheme.advance(moments, state, moments);
  if (step.centres !== undefined || step.needsRepair || step.bound < least) return undefined;
  const finished = step.isUnfinished ? await scheme.finish(state, step) : step;
  return finished.bound >= least ? finished : undefined;
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
