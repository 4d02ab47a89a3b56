/**
 * Takes in the bound of an iteration, per unit of weight, and says whether the next one is worth making.
 *
 * @param seen what the accelerator knows of the rest, in nats per unit of weight
 */
export type Stopping = (bound: number, seen?: number) => boolean;

/**
 * Plain EM's rule: the bound changed by less than this.
 *
 * @param before the bound of the iteration before the first
 * @param bounds how many bounds count before the first
 */
export function lastChange(tol: number, before: number | undefined, bounds: number): Stopping {
  let last = before;
  let known = bounds;
  return (bound) => {
    const change = last === undefined ? Infinity : Math.abs(bound - last);
    last = bound;
    known++;
    return known > 1 && change < tol;
  };
}

/** Most nats in total that may be left. */
const MOST_LEFT = 0.1;
/** Forecasts are no more than that: what they say is left is to be this part of what may be. */
const CERTAIN = 0.01;
/** Forecasts in a row that say so, one may be chance; and so many where they are by Aitken's ratio alone. */
const CALM = 2;
const CALM_ALONE = 4;
/** A ratio of gains nearer to 1 says nothing about the rest. */
const NEAREST_RATIO = 0.9999;

/** How much may be left where iterations end, in nats per unit of weight. */
export interface Enough {
  /** As far as can be foreseen. */
  readonly left: number;
  /** The last gain, where there is but one. */
  readonly gain: number;
}

/** What is enough for the end: less than `tol` per unit of weight and less than a tenth of a nat in all, both by far. */
export function enoughForTheEnd(tol: number, weight: number): Enough {
  return { left: CERTAIN * Math.min(tol, MOST_LEFT / weight), gain: CERTAIN * tol };
}

/** What plain iterations would still gain after two gains, the later first, by Aitken's ratio, as far as that is believed. */
function aitken(gain: number, before: number, mostRatio: number): number {
  const ratio = Math.min(mostRatio, gain / before);
  return (gain * ratio) / (1 - ratio);
}

/**
 * The rule by what is left, as far as can be foreseen by Aitken's ratio of the last gains and by L-BFGS; or that rounding hides it. With fewer than three
 * bounds nothing is foreseen, and the last gain counts.
 *
 * @param rounding the difference of bounds that says nothing, at a bound
 * @param before the bound of the iteration before the first
 * @see Böhning et al., The distribution of the likelihood ratio for mixtures of densities from the one-parameter exponential family (1994)
 */
export function remainingGain(enough: Enough, rounding: (bound: number) => number, before?: number): Stopping {
  let last = before;
  let gainBefore: number | undefined;
  let calm = 0;
  return (bound, seen) => {
    const gain = last === undefined ? undefined : Math.abs(bound - last);
    const earlier = gainBefore;
    last = bound;
    gainBefore = gain;
    if (gain === undefined) return false;
    if (gain <= rounding(bound)) return true;
    if (earlier === undefined) return gain < enough.gain;
    const left = Math.max(aitken(gain, earlier, NEAREST_RATIO), seen ?? 0);
    calm = left < enough.left ? calm + 1 / (seen === undefined ? CALM_ALONE : CALM) : 0;
    return calm >= 1;
  };
}

/** Iterations before the first forecast of where a run will end. */
const UNFORESEEN = 6;
/** A ratio nearer to 1 is a plateau, of which runs are not hoped to have much. */
const HOPEFUL_RATIO = 0.9;
/** Forecasts are taken so many times for granted, and so many of the last gains are added, before a run is given up. */
const ROOM = { left: 3, gains: 5 };

/**
 * Whether a run will end below a bound that another has reached, with room for forecasts that are wrong.
 *
 * @param gains the last ones, the latest first
 */
export function isHopeless(
  iteration: number,
  bound: number,
  [gain, before]: readonly number[],
  seen: number | undefined,
  reached: number,
): boolean {
  if (iteration < UNFORESEEN || gain === undefined || before === undefined || !(gain > 0 && before > 0)) return false;
  return bound + ROOM.left * Math.max(aitken(gain, before, HOPEFUL_RATIO), seen ?? 0) + ROOM.gains * gain < reached;
}
