import type { FittedModel, Matrix, MatrixLike } from "@mixtura/core";
import type { MixtureModel } from "mixtura";

interface Context {
  readonly signal?: AbortSignal;
}

/** What a fitted model can be asked besides what all can. */
export interface Abilities {
  readonly predict: ((X: MatrixLike, context?: Context) => Promise<Int32Array>) | undefined;
  readonly predictProba: ((X: MatrixLike, context?: Context) => Promise<Matrix>) | undefined;
  readonly scoreSamples: ((X: MatrixLike, context?: Context) => Promise<Float64Array>) | undefined;
  readonly explain: ((X: MatrixLike, context?: Context) => Promise<unknown>) | undefined;
  readonly sample: ((n: number, options?: { readonly randomState?: number }) => { readonly X: Matrix }) | undefined;
}

/** A plugin's capabilities promise parts of it; the rest is found by looking. */
export function abilitiesOf(model: FittedModel): Abilities {
  const all = model as FittedModel & Readonly<Record<string, unknown>>;
  const bound = (name: keyof Abilities): unknown => {
    const method = all[name];
    return typeof method === "function" ? method.bind(model) : undefined;
  };
  return {
    predict: bound("predict"),
    predictProba: bound("predictProba"),
    scoreSamples: bound("scoreSamples"),
    explain: bound("explain"),
    sample: bound("sample"),
  } as Abilities;
}

/** Means, and spreads where there are any. */
export interface Parts {
  readonly weights: Float64Array;
  readonly means: Matrix;
  /** d×d per component; absent for centres alone. */
  readonly covariance: ((k: number) => Float64Array) | undefined;
}

/** Whether questions to a mixture can be asked of it. */
export function isMixture(model: unknown): model is MixtureModel {
  const { weights, means, covariance, covarianceType } = Object(model) as Partial<MixtureModel>;
  return weights instanceof Float64Array && isMatrix(means) && typeof covariance === "function" && typeof covarianceType === "string";
}

/** The mixture that a model is or holds. */
export function mixtureOf(model: FittedModel): MixtureModel | undefined {
  if (isMixture(model)) return model;
  return Object.values(fieldsOf(model)).find(isMixture);
}

/** The components of a model of any kind, found by what it has rather than by its name. */
export function partsOf(model: FittedModel): Parts | undefined {
  const mixture = mixtureOf(model);
  if (mixture !== undefined) return { weights: mixture.weights, means: mixture.means, covariance: (k) => mixture.covariance(k).data };
  const { clusterCenters, location, covariance } = fieldsOf(model);
  if (isMatrix(clusterCenters)) {
    const { rows } = clusterCenters;
    return { weights: new Float64Array(rows).fill(1 / rows), means: clusterCenters, covariance: undefined };
  }
  const centre = location instanceof Float64Array ? location : isMatrix(location) ? location.data : undefined;
  if (centre === undefined) return undefined;
  const spread = isMatrix(covariance) ? covariance.data : covariance instanceof Float64Array ? covariance : undefined;
  return {
    weights: Float64Array.of(1),
    means: { data: centre, rows: 1, columns: centre.length },
    covariance: spread?.length === centre.length ** 2 ? () => spread : undefined,
  };
}

/** The model's own line between usual and unusual rows, on the scale of `scoreSamples`. */
export function thresholdOf(model: FittedModel): number | undefined {
  const { threshold, offset } = fieldsOf(model);
  return [threshold, offset].find((value): value is number => typeof value === "number" && Number.isFinite(value));
}

/** Fields and getters, without calling what is a method. */
function fieldsOf(model: FittedModel): Readonly<Record<string, unknown>> {
  const out: Record<string, unknown> = { ...model };
  for (
    let at: object | null = Object.getPrototypeOf(model) as object;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (descriptor.get !== undefined && !(name in out)) out[name] = (model as unknown as Readonly<Record<string, unknown>>)[name];
    }
  }
  return out;
}

function isMatrix(value: unknown): value is Matrix {
  const { data, rows, columns } = Object(value) as Partial<Matrix>;
  return data instanceof Float64Array && typeof rows === "number" && typeof columns === "number";
}
