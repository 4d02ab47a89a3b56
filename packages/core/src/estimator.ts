import type { BlockSource } from "./block-source.ts";
import type { MatrixLike } from "./matrix.ts";
import type { ModelJSON } from "./model-json.ts";

/** What a fit can be told besides its data. */
export interface FitContext {
  /** Frequencies: one finite number ≥ 0 per row. Weight 3 equals repeating the row three times. Blocks carry their own weights. */
  readonly sampleWeight?: ArrayLike<number>;
  /** Calls the fit off: it rejects with code `aborted`. */
  readonly signal?: AbortSignal;
  /** Called as the work goes on, on the caller's thread. What it throws ends the fit. */
  readonly onProgress?: (event: FitProgress) => void;
}

/** A sign of life from a fit. */
export interface FitProgress {
  readonly estimator: string;
  /** What is being done: choosing starting points or improving the model. */
  readonly phase: "seeding" | "fitting";
  /** Index of the restart, from 0. */
  readonly restart: number;
  readonly restarts: number;
  /** Iterations done in this restart. */
  readonly iteration: number;
  readonly maxIter: number;
  /** The bound reached, per unit of sample weight; absent before the first iteration. */
  readonly bound?: number;
}

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
  /** The objective reached, per unit of sample weight: for a mixture, the mean log-likelihood of the final parameters. */
  readonly score: number;
  /** Whether a component of this optimum rests on fewer rows or less spread than its parameters need. */
  readonly degenerate: boolean;
  /** Whether this is the optimum that became the fitted model. */
  readonly chosen: boolean;
  /** The optimum itself, in the layout of the model's JSON. Only right after a fit; not written to JSON. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** How a fit went. */
export interface FitTrace {
  readonly converged: boolean;
  /** Iterations of the chosen restart. */
  readonly iterations: number;
  /** The bound per unit of sample weight; entry t is its value under the parameters before map t. */
  readonly lowerBounds: readonly number[];
  /** The seed in force: `randomState`, or the one drawn in its absence. */
  readonly seed: number;
  /** Name of the backend that walked the rows. */
  readonly backend: string;
  readonly restarts: readonly RestartTrace[];
  readonly diagnostics: readonly Diagnostic[];
  readonly elapsedMilliseconds: number;
}

/** What this floor knows of a compute backend; the contract itself is in `@mixtura/backend`. */
export interface BackendReference {
  readonly contractVersion: number;
  readonly name: string;
  readonly precision: "float64" | "float32";
}

/** What every fitted model offers. A model that is not fitted cannot be written down. */
export interface FittedModel {
  readonly type: string;
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  readonly trace: FitTrace;
  /** The model as plain JSON data; `loadModel` reads it back to the same bits. */
  toJSON(): ModelJSON;
  /** The same model, computing elsewhere. */
  withBackend(backend: BackendReference): this;
}

/** A state of a fit that is under way. */
export interface FitStep<Fitted> {
  readonly restart: number;
  readonly iteration: number;
  /** The bound under the parameters before this step's map, per unit of sample weight. */
  readonly bound: number;
  /** The parameters after this step's map, as a model that can be asked anything. */
  readonly model: Fitted;
}

/** A configured algorithm. Its options never change; `fit` returns a new model and leaves the estimator as it was. */
export interface Estimator<Fitted extends FittedModel = FittedModel> {
  readonly type: string;
  /** Checked in the constructor, defaults filled in. */
  readonly options: Readonly<object>;
  /** Fits the model. Rejects with a `MixturaError`, never throws; writes to none of its arguments. */
  fit(X: MatrixLike | BlockSource, context?: FitContext): Promise<Fitted>;
  /** Walks through every state of the fit; the generator's return value is the fitted model. */
  steps?(X: MatrixLike | BlockSource, context?: FitContext): AsyncGenerator<FitStep<Fitted>, Fitted>;
}
