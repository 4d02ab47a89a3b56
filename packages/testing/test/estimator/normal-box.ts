import type {
  BlockSource,
  Estimator,
  EstimatorPlugin,
  FitContext,
  FittedModel,
  FitTrace,
  Matrix,
  MatrixLike,
  ModelJSON,
  DeclarationsOf,
} from "@mixtura/core";
import { MixturaError, matrix, toMatrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import {
  PLUGIN_CONTRACT_VERSION,
  checkFitContext,
  checkOptions,
  checkPoint,
  checkSampleWeight,
  createPace,
  createRandom,
  drawSeed,
} from "@mixtura/core/authoring";
import { modelJSON, readModelHeads, readObject, traceFromJSON, traceToJSON } from "@mixtura/core/internal";

// The smallest estimator that keeps the contract: one normal distribution with independent features, and a threshold on its density.
// It is no mixture, draws nothing, and has neither blocks nor steps nor a backend: the suite must serve it all the same.

export interface NormalBoxOptions {
  /** The share of the training rows to call outliers. */
  contamination?: number;
}

export interface NormalBoxPayload {
  readonly featureNames?: readonly string[];
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly threshold: number;
  readonly trace: FitTrace;
}

const TYPE = "NormalBox";

const declarations = {
  contamination: {
    range: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 0.5, exclusiveMaximum: true },
    default: 0.1,
    description: "Share of the rows to call outliers.",
  },
} satisfies DeclarationsOf<NormalBoxOptions>;

export class FittedNormalBox implements FittedModel {
  readonly type = TYPE;
  readonly featureCount: number;
  declare readonly featureNames?: readonly string[];
  readonly trace: FitTrace;
  readonly point: { logDensity(x: ArrayLike<number>): number; isOutlier(x: ArrayLike<number>): boolean };
  readonly #payload: NormalBoxPayload;

  constructor(payload: NormalBoxPayload) {
    const { featureNames, mean, variance, threshold } = payload;
    this.#payload = payload;
    this.featureCount = mean.length;
    if (featureNames !== undefined) this.featureNames = featureNames;
    this.trace = payload.trace;
    const logDensity = (x: ArrayLike<number>): number => {
      checkPoint(x, mean.length);
      return logNormal(x, mean, variance);
    };
    this.point = Object.freeze({ logDensity, isOutlier: (x: ArrayLike<number>) => logDensity(x) < threshold });
    Object.freeze(this);
  }

  get mean(): Float64Array {
    return this.#payload.mean.slice();
  }

  async scoreSamples(X: MatrixLike, context: { signal?: AbortSignal } = {}): Promise<Float64Array> {
    createPace(context.signal).check();
    const features = { count: this.featureCount, ...(this.featureNames === undefined ? {} : { names: this.featureNames }) };
    const { data, rows, columns } = toMatrix(X, { caller: TYPE, features });
    return Float64Array.from({ length: rows }, (_, i) => this.point.logDensity(data.subarray(i * columns, (i + 1) * columns)));
  }

  async decisionFunction(X: MatrixLike): Promise<Float64Array> {
    return (await this.scoreSamples(X)).map((value) => value - this.#payload.threshold);
  }

  async predict(X: MatrixLike, context?: { signal?: AbortSignal }): Promise<Int32Array> {
    return Int32Array.from(await this.scoreSamples(X, context), (value) => (value < this.#payload.threshold ? -1 : 1));
  }

  async score(X: MatrixLike, { sampleWeight }: { sampleWeight?: ArrayLike<number> } = {}): Promise<number> {
    const scores = await this.scoreSamples(X);
    const weights = checkSampleWeight(sampleWeight, scores.length, TYPE) ?? scores.map(() => 1);
    return scores.reduce((sum, value, i) => sum + value * weights[i]!, 0) / total(weights);
  }

  sample(n: number, { randomState = drawSeed() }: { randomState?: number } = {}): { X: Matrix } {
    if (!Number.isInteger(n) || n < 1) throw new MixturaError("invalid-option", "n must be an integer ≥ 1.", { option: "n", found: n });
    const random = createRandom(randomState);
    const { mean, variance } = this.#payload;
    const d = mean.length;
    const data = Float64Array.from({ length: n * d }, (_, at) => mean[at % d]! + Math.sqrt(variance[at % d]!) * random.normal());
    return { X: matrix(data, n, d) };
  }

  toJSON(): ModelJSON {
    const { featureNames, mean, variance, threshold, trace } = this.#payload;
    const names = featureNames === undefined ? {} : { names: featureNames };
    return modelJSON(TYPE, { ...names, mean: [...mean], variance: [...variance], threshold, trace: traceToJSON(trace) });
  }
}

/** Parts that a test may replace by worse ones. */
export interface Parts {
  readonly model?: (payload: NormalBoxPayload) => FittedNormalBox;
  readonly spread?: typeof weightedSpread;
}

/** The estimator. */
class NormalBox implements Estimator<FittedNormalBox> {
  readonly type = TYPE;
  readonly options: Readonly<Required<NormalBoxOptions>>;
  readonly #parts: Parts;

  constructor(options: NormalBoxOptions, parts: Parts) {
    this.#parts = parts;
    this.options = checkOptions(TYPE, declarations, options) as Required<NormalBoxOptions>;
  }

  async fit(X: MatrixLike | BlockSource, context: FitContext = {}): Promise<FittedNormalBox> {
    checkFitContext(context, `${TYPE}.fit`);
    const { sampleWeight, signal, onProgress } = context;
    const started = performance.now();
    const pace = createPace(signal);
    pace.check();
    const data = toMatrix(X as MatrixLike, { caller: `${TYPE}.fit` });
    const weights = checkSampleWeight(sampleWeight, data.rows, TYPE) ?? new Float64Array(data.rows).fill(1);
    onProgress?.({ estimator: TYPE, phase: "fitting", restart: 0, restarts: 1, iteration: 0, maxIter: 1 });
    const { mean, variance, constant } = await (this.#parts.spread ?? weightedSpread)(data, weights, pace);
    const densities = Float64Array.from({ length: data.rows }, (_, i) => logNormal(rowOf(data, i), mean, variance));
    if (pace.due()) await pace.turn();
    pace.check();
    const diagnostics = constant.map((feature) => ({
      code: "constant-feature",
      severity: "warning" as const,
      message: `Feature ${feature} is constant.`,
    }));
    return modelOf(this.#parts, {
      ...(data.featureNames === undefined ? {} : { featureNames: Object.freeze([...data.featureNames]) }),
      mean,
      variance,
      threshold: quantile(densities, weights, this.options.contamination),
      trace: Object.freeze({
        kind: "direct",
        diagnostics: Object.freeze(diagnostics),
        elapsedMilliseconds: performance.now() - started,
      }),
    });
  }
}

/** Weighted means and variances; a constant feature gets the variance 1. */
export async function weightedSpread(
  data: Matrix,
  weights: Float64Array,
  pace: Pace,
): Promise<{ mean: Float64Array; variance: Float64Array; constant: number[] }> {
  const d = data.columns;
  const mean = new Float64Array(d);
  const squares = new Float64Array(d);
  let weight = 0;
  for (let i = 0; i < data.rows; i++) {
    weight += weights[i]!;
    for (let j = 0; j < d && weights[i]! > 0; j++) {
      const difference = data.data[i * d + j]! - mean[j]!;
      mean[j]! += (difference * weights[i]!) / weight;
      squares[j]! += weights[i]! * difference * (data.data[i * d + j]! - mean[j]!);
    }
    if (i % 256 === 0 && pace.due()) await pace.turn();
  }
  const variance = squares.map((value) => value / weight);
  const found = variance.findIndex((value) => !(value < Infinity));
  if (found !== -1) throw new MixturaError("not-finite", "The variance overflows.", { row: 0, column: found, found: variance[found] });
  const constant = Array.from(variance.keys()).filter((j) => !(variance[j]! > (1e-14 * mean[j]!) ** 2));
  for (const j of constant) variance[j] = 1;
  return { mean: mean.map((value) => value + 0), variance, constant };
}

function logNormal(x: ArrayLike<number>, mean: Float64Array, variance: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < mean.length; j++)
    sum += Math.log(2 * Math.PI) + Math.log(variance[j]!) + ((x[j]! - mean[j]!) / Math.sqrt(variance[j]!)) ** 2;
  return -0.5 * sum;
}

/** The least value such that values below it weigh at most the given share. */
function quantile(values: Float64Array, weights: Float64Array, share: number): number {
  const order = Array.from(values.keys())
    .filter((i) => weights[i]! > 0)
    .toSorted((a, b) => values[a]! - values[b]!);
  const limit = share * total(weights);
  let below = 0;
  const at = order.find((i) => (below += weights[i]!) > limit);
  return values[at ?? order.at(-1)!]!;
}

function rowOf({ data, columns }: Matrix, i: number): Float64Array {
  return data.subarray(i * columns, (i + 1) * columns);
}

function total(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function modelOf({ model }: Parts, payload: NormalBoxPayload): FittedNormalBox {
  return model === undefined ? new FittedNormalBox(payload) : model(payload);
}

function revive(json: ModelJSON, parts: Parts): FittedNormalBox {
  const reader = readObject(readModelHeads(json));
  if (reader.string("type") !== TYPE) throw reader.fail("type", TYPE);
  const mean = reader.numbers("mean");
  const variance = reader.numbers("variance", mean.length);
  if (mean.length === 0 || variance.some((value) => value <= 0)) throw reader.fail("variance", "positive numbers");
  return modelOf(parts, {
    ...(reader.has("names") ? { featureNames: reader.strings("names", mean.length) } : {}),
    mean,
    variance,
    threshold: reader.number("threshold"),
    trace: traceFromJSON(reader.object("trace")),
  });
}

/** The estimator as a plugin, as it should be or with worse parts. */
export function normalBox(parts: Parts = {}) {
  return {
    contractVersion: PLUGIN_CONTRACT_VERSION,
    type: TYPE,
    summary: "One normal distribution with independent features.",
    options: declarations,
    capabilities: ["density", "outlier", "sampling", "weights"],
    create: (options: NormalBoxOptions): Estimator<FittedNormalBox> => new NormalBox(options, parts),
    revive: (json: ModelJSON) => revive(json, parts),
  } satisfies EstimatorPlugin<NormalBoxOptions, FittedNormalBox>;
}
