/** Something a fit met that the caller may want to act on. */
export interface Diagnostic {
  /** Stable name, for programs. */
  readonly code: string;
  /** "warning" where the result needs a look, "info" where something was merely done. */
  readonly severity: "info" | "warning";
  /** What happened and what to try. */
  readonly message: string;
  /** The component concerned, from 0. */
  readonly component?: number;
  /** Further facts, such as the rows held or the smallest eigenvalue. */
  readonly detail?: Readonly<Record<string, number | string | boolean | readonly number[] | readonly string[]>>;
}

/** How one start of a fit went. */
export interface RestartTrace {
  readonly restart: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** Passes over the rows, those that looked ahead in vain included; absent where none were counted. */
  readonly passes?: number;
  /** The objective reached, per unit of sample weight: for a mixture, the mean log-likelihood of the final parameters. */
  readonly score: number;
  /** Whether a component of this optimum rests on fewer rows or less spread than its parameters need. */
  readonly degenerate: boolean;
  /** Whether this is the optimum that became the fitted model. */
  readonly chosen: boolean;
  /** The optimum itself, in the layout of the model's JSON. Only right after a fit; not written to JSON. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** How a fit went. What a fit does not have (a seed, a backend, iterations) is absent. */
export interface FitTrace {
  /** "iterative": an {@link IterativeTrace}, with bounds and restarts. "direct": these members only. */
  readonly kind: "direct" | "iterative";
  /** Whether the iterations reached their tolerance; absent where nothing is iterated. */
  readonly converged?: boolean;
  /** Iterations of the chosen restart; absent where nothing is iterated. */
  readonly iterations?: number;
  /** The seed used: the option `randomState`, or the one drawn in its absence; absent where nothing is drawn. */
  readonly seed?: number;
  /** Name of the backend that walked the rows; absent where the estimator has none. */
  readonly backend?: string;
  readonly diagnostics: readonly Diagnostic[];
  /** How long the fit took. Only right after a fit: it is not written to JSON, so that one seed gives one file. */
  readonly elapsedMilliseconds?: number;
}

/** What all starts of a fit together came to, where their number was not given. */
export interface StartsTrace {
  /** Starts made. */
  readonly tried: number;
  /** Those that came to the solution that was chosen. */
  readonly reached: number;
  /** From the worst to the best solution of all, in nats. */
  readonly spread: number;
  /** Passes over the rows, or over a sample of them, that all starts took. */
  readonly passes: number;
}

/** How a fit by iterations from one or several starts went, such as expectation maximisation. */
export interface IterativeTrace extends FitTrace {
  readonly kind: "iterative";
  readonly converged: boolean;
  /** 0 for a model made by hand. */
  readonly iterations: number;
  /** The bound per unit of sample weight; entry t is its value under the parameters before iteration t. */
  readonly lowerBounds: readonly number[];
  readonly restarts: readonly RestartTrace[];
  /** Absent where the number of starts was given. */
  readonly starts?: StartsTrace;
}

/**
 * Whether a fit was one by iterations, whose trace holds bounds and restarts.
 *
 * @example
 * ```ts run
 * const { trace } = await new GaussianMixture({ randomState: 1 }).fit(
 *   [[0], [1], [3]],
 * );
 * isIterative(trace) && trace.restarts.length // => 1
 * isIterative(
 *   (await new EmpiricalCovariance().fit([[0], [1], [3]])).trace,
 * ) // => false
 * ```
 */
export function isIterative(trace: FitTrace): trace is IterativeTrace {
  return (trace as FitTrace | null | undefined)?.kind === "iterative";
}
