/** Where a fit ended. */
export interface EmOutcome {
  /** Maps after which the score was taken. */
  readonly iterations: number;
  /** Mean log-likelihood per row after these maps, in nats; absent where a program starts by itself. */
  readonly score?: number;
  /** The same after 0, 1, 2 … maps, where the contender tells. */
  readonly scores?: readonly number[];
}

/** From one start, by the same maps, programs in float64 may differ by rounding only. */
export const AGREEMENT = 1e-9;

/** Relative difference of the log-likelihoods of two contenders after as many maps as both did; NaN where there is nothing to compare. */
export function relativeDifference(a: EmOutcome, b: EmOutcome): number {
  const maps = Math.min(a.iterations, b.iterations);
  const [left, right] = [scoreAfter(a, maps), scoreAfter(b, maps)];
  return Math.abs(left - right) / Math.abs(right);
}

function scoreAfter({ iterations, score, scores }: EmOutcome, maps: number): number {
  return (maps === iterations ? score : scores?.[maps]) ?? NaN;
}
