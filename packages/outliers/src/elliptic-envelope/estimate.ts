import type { Backend } from "@mixtura/backend";
import type { BatchContext, FittedModel, Matrix, MatrixLike, ModelJSON } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { present, show } from "@mixtura/core/authoring";
import { movedTo, writeModel } from "@mixtura/core/internal";
import { covarianceEstimatorTypes, robustEstimatorTypes } from "@mixtura/covariance/internal";
import { FittedCovariance, reviveCovariance } from "@mixtura/covariance/score";
import type { SubsetSize } from "../threshold/hardin-rocke.ts";

/** Which of a robust estimate's two parts distances are taken by. */
export const distanceKinds = ["reweighted", "raw"] as const;

/** "reweighted": by the estimate as it is. "raw": by the subset that it started from. */
export type DistanceKind = (typeof distanceKinds)[number];

/** A model with a centre and a covariance, and the distances that they make: what every estimator of `@mixtura/covariance` fits. */
export interface EllipseModel extends FittedModel {
  /** Length d. */
  readonly location: Float64Array;
  /** d×d */
  readonly covariance: Matrix;
  /** d×d, lower triangular: the factor of the distances. */
  readonly whitening: Matrix;
  /** Squared distance of each row. */
  mahalanobis(X: MatrixLike, context?: BatchContext): Promise<Float64Array>;
  readonly point: { readonly writeSquaredMahalanobis: (x: ArrayLike<number>, out: Float64Array) => Float64Array };
}

/** What a minimum covariance determinant adds to that. */
interface RobustModel extends EllipseModel {
  readonly rawLocation: Float64Array;
  /** With its correction factors. */
  readonly rawCovariance: Matrix;
  readonly supportCount: number;
  readonly correction: { readonly raw: readonly [consistency: number, smallSample: number] };
  readonly regularization?: object;
}

/** Reads the models of `@mixtura/covariance`, which need no plugin. */
export function readCovariance(json: ModelJSON): FittedModel {
  const known: readonly string[] = [...covarianceEstimatorTypes, ...robustEstimatorTypes];
  if (known.includes(json.type)) return reviveCovariance(json);
  throw new MixturaError("unknown-model-type", `The model is a ${show(json.type)}.`, { type: json.type, known });
}

/** Whether a fitted model has a centre and a covariance. */
export function isEllipseModel(model: FittedModel): model is EllipseModel {
  const { location, mahalanobis, point } = model as Partial<EllipseModel>;
  return location instanceof Float64Array && typeof mahalanobis === "function" && typeof point?.writeSquaredMahalanobis === "function";
}

/** Whether a covariance was mixed with a target. */
export function isRegularised(model: EllipseModel): boolean {
  return (model as Partial<RobustModel>).regularization !== undefined;
}

/** The rows of the subset that a plain minimum covariance determinant rests on; nothing for other models, and for a regularised one. */
function supportOf(model: EllipseModel): number | undefined {
  const { rawLocation, supportCount, regularization } = model as Partial<RobustModel>;
  return rawLocation === undefined || regularization !== undefined ? undefined : supportCount;
}

/**
 * Centre and covariance of the subset of a minimum covariance determinant, as a model of their own: made consistent, but not corrected for few
 * rows, which the F distribution of distances does by itself. Nothing where there is no such subset, and where it lies on a hyperplane.
 */
export function rawPartOf(model: EllipseModel): EllipseModel | undefined {
  if (supportOf(model) === undefined) return undefined;
  const { rawLocation, rawCovariance, correction } = model as RobustModel;
  const { data, columns: d } = rawCovariance;
  const [, smallSample] = correction.raw;
  const covariance = Array.from({ length: d }, (_, i) => Array.from(data.subarray(i * d, (i + 1) * d), (value) => value / smallSample));
  const { featureCount, featureNames } = model;
  const record = { featureCount, ...present({ featureNames }), trace: { kind: "direct", diagnostics: [] } } as const;
  try {
    return FittedCovariance.fromJSON(writeModel("EmpiricalCovariance", record, { location: [...rawLocation], covariance }));
  } catch {
    return undefined; // singular
  }
}

/** An estimate, and by which of its parts distances are taken. */
interface Chosen {
  readonly estimate: EllipseModel;
  readonly distances: DistanceKind;
  /** Rows that it was fitted on. */
  readonly rows: number;
}

/** The part that distances are taken by. */
export function partOf({ estimate, distances }: Chosen, backend?: Backend): EllipseModel {
  if (distances === "reweighted") return estimate;
  const raw = rawPartOf(estimate);
  if (raw === undefined) throw new TypeError(`a ${estimate.type} model without a raw part is judged by its reweighted one`);
  return movedTo(raw, backend);
}

/** The subset behind raw distances. */
export function subsetOf({ estimate, distances, rows }: Chosen): SubsetSize | undefined {
  const support = distances === "raw" ? supportOf(estimate) : undefined;
  return support === undefined ? undefined : { rows, support, features: estimate.featureCount };
}
