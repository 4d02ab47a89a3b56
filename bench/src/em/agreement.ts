import type { EmOutcome } from "./contenders.ts";

/** From one start, by the same maps, programs in float64 may differ by rounding only. */
export const AGREEMENT = 1e-9;

/**
 * Relative difference of the log-likelihoods that two contenders reached. One that did fewer maps is compared with the other's state after as
 * many; NaN where there is nothing to compare.
 *
 * @param yardstick the longer run, with its bounds: the one at index m is the score after m maps
 */
export function relativeDifference(yardstick: EmOutcome, other: EmOutcome): number {
  const expected = other.iterations === yardstick.iterations ? yardstick.score : (yardstick.lowerBounds?.[other.iterations] ?? NaN);
  return Math.abs(other.score - expected) / Math.abs(expected);
}
