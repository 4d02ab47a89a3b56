import type {
  BatchContext,
  Component,
  IterativeTrace,
  Matrix,
  MatrixLike,
  Measure,
  Mixture,
  MixtureCriteria,
  Objective,
  WeightedBatchContext,
} from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import type { Features, FieldReader, ModelRecord } from "@mixtura/core/authoring";
import {
  checkPoint,
  checkSampleWeight,
  createPace,
  createRandom,
  drawSeed,
  inStrides,
  wrongLength,
  batchRows,
  iterativeTraceFromJSON,
  ModelBase,
  readModel,
} from "@mixtura/core/authoring";
import type { Parameters, Terms } from "./angles.ts";
import { anglesOf, shared, termsOf } from "./angles.ts";
import { drawVonMises } from "./sample.ts";

/** The name of the model in files. */
export const VON_MISES_MIXTURE = "VonMisesMixture";

/** What the model is made of; its JSON holds the same. */
export interface VonMisesMixturePayload extends ModelRecord<IterativeTrace>, Trained {}

interface Trained extends Parameters {
  readonly training: { readonly logLikelihood: number; readonly classificationLogLikelihood: number; readonly weight: number };
}

/** Synchronous answers about one point. */
export interface VonMisesPoint {
  readonly logDensity: (x: ArrayLike<number>) => number;
  readonly label: (x: ArrayLike<number>) => number;
  readonly responsibilities: (x: ArrayLike<number>, out: Float64Array) => Float64Array;
}

/** A mixture of products of von Mises distributions. Comes from `VonMisesMixture.fit` or from JSON; never changes. */
export class FittedVonMisesMixture extends ModelBase implements Mixture {
  readonly type: typeof VON_MISES_MIXTURE = VON_MISES_MIXTURE;
  declare readonly trace: IterativeTrace;
  /** Per radian of each angle. */
  readonly measure: Measure = "original-units";
  readonly isPosterior: false = false;
  readonly nComponents: number;
  readonly labelCount: number;
  readonly nParameters: number;
  readonly point: VonMisesPoint;
  readonly #payload: VonMisesMixturePayload;
  readonly #terms: Terms;

  constructor(payload: VonMisesMixturePayload) {
    super(payload);
    const { featureCount: d, weights } = payload;
    this.#payload = payload;
    this.#terms = termsOf(payload);
    this.nComponents = this.labelCount = weights.length;
    this.nParameters = weights.length - 1 + 2 * d * weights.length;
    this.point = pointOf(this.#terms, d, weights.length);
    Object.freeze(this);
  }

  /** Length k, sum 1. A copy. */
  get weights(): Float64Array {
    return this.#payload.weights.slice();
  }

  /** Weights, directions and concentrations; copies. */
  get parameters(): Parameters {
    const { weights, means, concentrations } = this.#payload;
    return { weights: weights.slice(), means: means.slice(), concentrations: concentrations.slice() };
  }

  /** Directions and concentrations in words: angles have no mean that their range does not shift. */
  get components(): readonly Component[] {
    const { weights, means, concentrations } = this.#payload;
    const d = this.featureCount;
    return Array.from(weights, (_, k): Component => {
      const own = {
        weights: Float64Array.of(1),
        means: means.slice(k * d, k * d + d),
        concentrations: concentrations.slice(k * d, k * d + d),
      };
      const { logDensity } = pointOf(termsOf(own), d, 1);
      const words = Array.from(own.means, (mean, j) => {
        const name = this.featureNames?.[j] ?? (d === 1 ? "" : `x${j + 1}`);
        return `${name}${name === "" ? "" : " "}around ${mean.toFixed(2)} rad, κ = ${own.concentrations[j]!.toPrecision(3)}`;
      });
      return Object.freeze({ family: "von Mises", logDensity, words: words.join("; ") });
    });
  }

  get degenerateComponents(): readonly number[] {
    return this.trace.diagnostics.flatMap(({ code, component }) =>
      code === "degenerate-component" && component !== undefined ? [component] : [],
    );
  }

  get objective(): Objective {
    const { logLikelihood: value, weight } = this.#payload.training;
    return { name: "log-likelihood", value, weight };
  }

  get criteria(): MixtureCriteria {
    const { logLikelihood, classificationLogLikelihood, weight } = this.#payload.training;
    const bic = -2 * logLikelihood + this.nParameters * Math.log(weight);
    const icl = bic - 2 * (classificationLogLikelihood - logLikelihood);
    return { logLikelihood, aic: -2 * logLikelihood + 2 * this.nParameters, bic, icl };
  }

  predict(X: MatrixLike, context?: BatchContext): Promise<Int32Array> {
    return this.#rows(
      "predict",
      X,
      context,
      (rows) => new Int32Array(rows),
      (out, i, best) => void (out[i] = best),
    );
  }

  async predictProba(X: MatrixLike, context?: BatchContext): Promise<Matrix> {
    const k = this.nComponents;
    const out = await this.#rows(
      "predictProba",
      X,
      context,
      (rows) => new Float64Array(rows * k),
      (all, i, best, terms) => {
        shared(terms, best);
        all.set(terms, i * k);
      },
    );
    return matrix(out, out.length / k, k);
  }

  scoreSamples(X: MatrixLike, context?: BatchContext): Promise<Float64Array> {
    return this.#rows(
      "scoreSamples",
      X,
      context,
      (rows) => new Float64Array(rows),
      (out, i, best, terms) => void (out[i] = shared(terms, best)),
    );
  }

  async score(X: MatrixLike, context: WeightedBatchContext = {}): Promise<number> {
    const values = await this.scoreSamples(X, context);
    const weights = checkSampleWeight(context.sampleWeight, values.length, `${VON_MISES_MIXTURE}.score`);
    let [sum, total] = [0, 0];
    values.forEach((value, i) => {
      const weight = weights?.[i] ?? 1;
      if (weight > 0) sum += weight * value;
      total += weight;
    });
    return sum / total;
  }

  /** Draws rows of angles from −π to π with the component each came from. */
  sample(n: number, { randomState = drawSeed() }: { readonly randomState?: number } = {}): { X: Matrix; labels: Int32Array } {
    if (!Number.isSafeInteger(n) || n < 1)
      throw new MixturaError("invalid-option", `${VON_MISES_MIXTURE}.sample: the number of rows must be a whole number ≥ 1, found ${n}.`, {
        option: "n",
        found: n,
      });
    const { weights, means, concentrations } = this.#payload;
    const d = this.featureCount;
    const random = createRandom(randomState);
    const data = new Float64Array(n * d);
    const labels = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      let left = random.uniform();
      let k = 0;
      while (k < weights.length - 1 && (left -= weights[k]!) >= 0) k++;
      labels[i] = k;
      for (let j = 0; j < d; j++) data[i * d + j] = drawVonMises(means[k * d + j]!, concentrations[k * d + j]!, random);
    }
    return { X: matrix(data, n, d, this.featureNames), labels };
  }

  /** Reads a model from JSON that is not trusted. */
  static fromJSON(json: unknown): FittedVonMisesMixture {
    return new FittedVonMisesMixture(readModel(json, VON_MISES_MIXTURE, readParameters, iterativeTraceFromJSON));
  }

  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    const { weights, means, concentrations, training } = this.#payload;
    const d = this.featureCount;
    const rowsOf = (values: Float64Array): number[][] => Array.from(weights, (_, k) => [...values.subarray(k * d, k * d + d)]);
    return { weights: [...weights], means: rowsOf(means), concentrations: rowsOf(concentrations), training: { ...training } };
  }

  async #rows<Out>(
    method: string,
    X: MatrixLike,
    context: BatchContext | undefined,
    make: (rows: number) => Out,
    write: (out: Out, row: number, best: number, terms: Float64Array) => void,
  ): Promise<Out> {
    const pace = createPace(context?.signal);
    pace.check();
    const angles = await anglesOf(batchRows(this, method, X), pace);
    const terms = new Float64Array(this.nComponents);
    const out = make(angles.rows);
    await inStrides(angles.rows, pace, (start, end) => {
      for (let i = start; i < end; i++) write(out, i, this.#terms(angles.cosines, angles.sines, i * angles.features, terms), terms);
    });
    return out;
  }
}

function readParameters(reader: FieldReader, { featureCount: d }: Features): Trained {
  const weights = reader.numbers("weights");
  const k = weights.length;
  if (k === 0 || weights.some((weight) => weight < 0) || Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) > 1e-6)
    throw reader.fail("weights", "numbers ≥ 0 with sum 1");
  const concentrations = reader.rows("concentrations", k, d);
  if (concentrations.some((value) => value < 0 || value > 1e12)) throw reader.fail("concentrations", "numbers from 0 to 1e12");
  const training = reader.object("training");
  const weight = training.number("weight");
  if (!(weight > 0)) throw training.fail("weight", "a number above 0");
  return {
    weights,
    means: reader.rows("means", k, d),
    concentrations,
    training: {
      logLikelihood: training.number("logLikelihood"),
      classificationLogLikelihood: training.number("classificationLogLikelihood"),
      weight,
    },
  };
}

function pointOf(terms: Terms, d: number, count: number): VonMisesPoint {
  const [c, s] = [new Float64Array(d), new Float64Array(d)];
  const own = new Float64Array(count);
  const fill = (x: ArrayLike<number>): number => {
    checkPoint(x, d);
    for (let j = 0; j < d; j++) {
      c[j] = Math.cos(x[j]!);
      s[j] = Math.sin(x[j]!);
    }
    return terms(c, s, 0, own);
  };
  return Object.freeze({
    logDensity: (x) => shared(own, fill(x)),
    label: fill,
    responsibilities(x, out) {
      if (out?.length !== count) throw wrongLength(out, count, "point");
      shared(own, fill(x));
      out.set(own);
      return out;
    },
  } satisfies VonMisesPoint);
}
