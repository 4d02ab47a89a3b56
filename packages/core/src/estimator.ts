import type { BlockSource } from "./block-source.ts";
import type { FitTrace } from "./fit-trace.ts";
import type { MatrixLike } from "./matrix.ts";
import type { ModelJSON } from "./model-json.ts";
import type { RowSource } from "./row-source.ts";
import type { GivenProvenance, Provenance } from "./provenance.ts";

/** The rows of a fit. An estimator that cannot take one of the kinds rejects it with `not-supported`, and says what to do instead. */
export type Data = MatrixLike | BlockSource | RowSource;

/** What a fit takes besides its data. */
export interface FitContext {
  /** Frequencies: one finite number ≥ 0 per row. Weight 3 equals repeating the row three times. Blocks carry their own weights. */
  readonly sampleWeight?: ArrayLike<number>;
  /** Cancels the fit: it rejects with code `aborted`. */
  readonly signal?: AbortSignal;
  /** Called as the work goes on, on the caller's thread. What it throws ends the fit. */
  readonly onProgress?: (event: FitProgress) => void;
  /** What only the caller knows of the rows: where they come from, and which were left out. Written down with the model. */
  readonly provenance?: GivenProvenance;
  /** Whether fields of records may be decimal numbers as text, as drivers of databases give them. Default false. */
  readonly numericStrings?: boolean;
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
  /** The bound reached, per unit of sample weight; absent before the first iteration. While starts are tried, the best so far. */
  readonly bound?: number;
  /** While starts are tried, the fraction of their work that is done. */
  readonly done?: number;
}

/** What this package needs of a compute backend; the contract itself is in `@mixtura/backend`. */
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
  /** Where the model comes from; absent for one that was made by hand or derived from another, and for files of version 1. */
  readonly provenance?: Provenance;
  /** The model as plain JSON data; `loadModel` reads it back to the same bits. */
  toJSON(): ModelJSON;
}

/** A fitted model whose batch methods compute on a backend. */
export interface BackendModel extends FittedModel {
  /** The same model, computing elsewhere. */
  withBackend(backend: BackendReference): this;
}

/**
 * A model computing on a backend, where its kind of model uses one; else the model as it is.
 *
 * @param backend absent: the model stays where it is
 */
export function movedTo<Fitted extends FittedModel>(model: Fitted, backend: BackendReference | undefined): Fitted {
  const movable = model as Fitted & { withBackend?(backend: BackendReference): Fitted };
  return backend === undefined || typeof movable.withBackend !== "function" ? model : movable.withBackend(backend);
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
  /**
   * Fits the model. Rejects with a `MixturaError`, never throws; writes to none of its arguments. Arrays are not copied: they must not change, nor be
   * transferred, until it has ended.
   */
  fit(X: Data, context?: FitContext): Promise<Fitted>;
  /** Walks through every state of the fit; the generator's return value is the fitted model. */
  steps?(X: Data, context?: FitContext): AsyncGenerator<FitStep<Fitted>, Fitted>;
}
