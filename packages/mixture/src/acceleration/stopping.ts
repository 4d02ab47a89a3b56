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

/**
 * The rule by what is left: less than `tol` per unit of weight and less than a tenth of a nat in all, as far as can be foreseen by Aitken's ratio of the last
 * gains and by L-BFGS; or less than rounding hides. With fewer than three bounds nothing is foreseen, and the last gain is to be less than a hundredth of `tol`.
 *
 * @param rounding the difference of bounds that says nothing, at a bound
 * @param before the bound of the iteration before the first
 * @see Böhning et al., The distribution of the likelihood ratio for mixtures of densities from the one-parameter exponential family (1994)
 */
export function remainingGain(tol: number, weight: number, rounding: (bound: number) => number, before?: number): Stopping {
  const most = CERTAIN * Math.min(tol, MOST_LEFT / weight);
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
    if (earlier === undefined) return gain < CERTAIN * tol;
    const ratio = Math.min(NEAREST_RATIO, gain / earlier);
    const left = Math.max((gain * ratio) / (1 - ratio), seen ?? 0);
    calm = left < most ? calm + 1 / (seen === undefined ? CALM_ALONE : CALM) : 0;
    return calm >= 1;
  };
}
