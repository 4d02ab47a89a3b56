/** Where a fit ended. */
export interface EmOutcome {
  /** Maps after which the score was taken. */
  readonly iterations: number;
  /** Mean log-likelihood per row after these iterations, in nats; absent where a program starts by itself. */
  readonly score?: number;
  /** The same after 0, 1, 2 … iterations, where the contender reports it. */
  readonly scores?: readonly number[];
}

/** From one start, by the same iterations, programs in float64 may differ by rounding only. */
export const AGREEMENT = 1e-9;

/** Relative difference of the log-likelihoods of two contenders after the number of iterations that both did; NaN where there is nothing to compare. */
export function relativeDifference(a: EmOutcome, b: EmOutcome): number {
  const iterations = Math.min(a.iterations, b.iterations);
  const [left, right] = [scoreAfter(a, iterations), scoreAfter(b, iterations)];
  return Math.abs(left - right) / Math.abs(right);
}

function scoreAfter({ iterations, score, scores }: EmOutcome, count: number): number {
  return (count === iterations ? score : scores?.[count]) ?? NaN;
}
