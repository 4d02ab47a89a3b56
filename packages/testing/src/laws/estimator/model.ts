import type { FittedModel, FitTrace, Matrix, MatrixLike, RestartTrace } from "@mixtura/core";
import { isIterative } from "@mixtura/core";

/** The methods that laws may call on a model, each where a capability promises it. */
export interface Answers {
  /** The label of each row. */
  predict(X: MatrixLike, context?: { readonly signal?: AbortSignal }): Promise<ArrayLike<number>>;
  /** The responsibility of each component for each row, n×k. */
  predictProba(X: MatrixLike): Promise<Matrix>;
  /** Natural-log density of each row. */
  scoreSamples(X: MatrixLike): Promise<Float64Array>;
  /** A number per row that is negative for outliers. */
  decisionFunction(X: MatrixLike): Promise<Float64Array>;
  /** A flag per row, set for outliers. */
  isOutlier(X: MatrixLike): Promise<ArrayLike<number | boolean>>;
  /** One number for all rows: the mean log-density of a density, minus the inertia of a clustering. */
  score(X: MatrixLike, context?: { readonly sampleWeight?: ArrayLike<number> }): Promise<number>;
  /** Rows drawn from the model, and the component each came from. */
  sample(n: number, options?: { readonly randomState?: number }): { readonly X: Matrix; readonly labels?: ArrayLike<number> };
}

/** Synchronous answers about one point. */
interface PointAnswers {
  /** Natural-log density. */
  logDensity(x: ArrayLike<number>): number;
  /** The label that `predict` would give. */
  label(x: ArrayLike<number>): number;
  /** Writes the responsibility of each component to `out` and returns it. */
  responsibilities(x: ArrayLike<number>, out: Float64Array): Float64Array;
  /** What `scoreSamples` would give. */
  score(x: ArrayLike<number>): number;
  /** Whether `predict` would give −1. */
  isOutlier(x: ArrayLike<number>): boolean;
}

/** A fitted model of any kind. */
export type ModelUnderTest = FittedModel &
  Partial<Answers> & {
    readonly point?: Partial<PointAnswers>;
    /** Rows that score less are outliers. */
    readonly threshold?: number;
  };

/** A method that the model's capabilities promise; throws where it is missing. */
export function method<Name extends keyof Answers>(model: ModelUnderTest, name: Name): Answers[Name] {
  const found = model[name];
  if (typeof found !== "function") throw new Error(`the model has no method ${name}, which its capabilities promise`);
  return found.bind(model) as Answers[Name];
}

/** The bounds of a fit by iterations; none of any other. */
export function boundsOf(trace: FitTrace): readonly number[] {
  return isIterative(trace) ? trace.lowerBounds : [];
}

/** The restarts of a fit by iterations; none of any other. */
export function restartsOf(trace: FitTrace): readonly RestartTrace[] {
  return isIterative(trace) ? trace.restarts : [];
}

const BATCH_METHODS = ["predict", "predictProba", "scoreSamples", "decisionFunction", "isOutlier", "score"] as const;

/** The names of the batch methods that a model has. */
export function batchMethods(model: ModelUnderTest): readonly (typeof BATCH_METHODS)[number][] {
  return BATCH_METHODS.filter((name) => typeof model[name] === "function");
}

/** All that a model says about rows, by method. */
export async function answers(model: ModelUnderTest, X: MatrixLike): Promise<Readonly<Record<string, ArrayLike<number>>>> {
  const found: Record<string, ArrayLike<number>> = {};
  for (const name of batchMethods(model)) {
    const answer = await method(model, name)(X);
    found[name] = typeof answer === "number" ? [answer] : "rows" in answer ? answer.data : numbersOf(answer);
  }
  return found;
}

/** Flags as numbers; what holds numbers is not copied. */
function numbersOf(answer: ArrayLike<number | boolean>): ArrayLike<number> {
  return Array.isArray(answer) ? answer.map(Number) : (answer as ArrayLike<number>);
}

/** The parameters of a mixture, where a model shows them. */
export interface MixtureView {
  readonly weights: ArrayLike<number>;
  readonly means: Matrix;
  covariance(k: number): Matrix;
}

/** The model's parameters, if what it says of rows is what a mixture of Gaussians with these parameters says. */
export function mixtureView(model: ModelUnderTest): MixtureView | undefined {
  const { weights, means, covariance, density = "plugin" } = model as Partial<MixtureView> & { readonly density?: string };
  if (density !== "plugin") return undefined; // a posterior that answers by another density than that of its means
  return weights !== undefined && means !== undefined && typeof covariance === "function" ? (model as unknown as MixtureView) : undefined;
}
