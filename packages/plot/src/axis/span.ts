/** The range of some values. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** How finely the numbers of an axis can be told apart. A range that is narrower says nothing: it is drawn as one value. */
export interface Finest {
  /** The narrowest range, as a part of the largest number. */
  readonly relative: number;
  /** The narrowest range in units of the numbers. */
  readonly least: number;
}

/** Numbers as they were measured: doubles, which neighbouring pixels and ticks must be able to tell apart. */
export const AS_GIVEN: Finest = { relative: 1e-13, least: 0 };

/**
 * Numbers that a model computed by summing over rows. Rounding leaves their twelfth digit open, or a digit before it where large terms cancel, so
 * their ninth is the last to be trusted.
 */
export const COMPUTED: Finest = { relative: 1e-9, least: 0 };

/**
 * Bounds per row, in nats: a ratio of likelihoods of 1.000001 is no difference, so a fit that rose by less in all has not risen. It takes seven digits
 * to write more, which no axis has room for.
 */
export const BOUNDS: Finest = { relative: 1e-6, least: 1e-6 };

/**
 * Criteria: below a difference of 2, which is "not worth more than a bare mention", nobody should choose by a picture.
 *
 * @see Kass & Raftery, Bayes factors, J. Amer. Statist. Assoc. 90 (1995)
 */
export const CRITERIA_VALUES: Finest = { relative: 1e-9, least: 2 };

/** Values beyond these sizes are scaled before anything is computed with them. */
const LARGE = 1e100;
const SMALL = 1e-100;

/** The power of ten by which values are divided, so that neither their differences nor their slopes leave the range of doubles; else 1. */
export function scaleFor({ low, high }: Extent): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size > LARGE || (size > 0 && size < SMALL)) return 10 ** Math.max(-300, Math.floor(Math.log10(size)));
  return high > low && high - low < SMALL ? 1e-300 : 1;
}

/** Part of a lone value that is shown on both sides of it. */
const AROUND = 0.1;

/**
 * The ends of an axis on which all values from `low` to `high` lie: with some room on both sides, and never narrower than the numbers are fine. What is
 * all one number gets a tenth of it on both sides, and what is nothing 1.
 *
 * @param room what is added on both sides, as a part of the range
 * @returns ends in units of `scale`
 */
export function spanned(extent: Extent, room: number, { relative, least }: Finest): Extent & { readonly scale: number } {
  const scale = scaleFor(extent);
  const [low, high, finest] = [extent.low / scale, extent.high / scale, least / scale];
  const size = Math.max(Math.abs(low), Math.abs(high));
  const isOne = high - low <= Math.max(relative * size, finest);
  // In units of a scale the 1 may be out of reach, as where everything is 1e-320; there a tenth is as good.
  const alone = size > finest ? size * AROUND : scale === 1 || finest === 0 ? 1 : 1 / scale;
  const margin = isOne ? alone : (high - low) * room;
  return { low: low - margin, high: high + margin, scale };
}
