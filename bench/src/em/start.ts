import { createRandom } from "@mixtura/core/authoring";
import type { CovarianceType } from "@mixtura/mixture";
import type { Ellipsoid } from "./ellipsoid.ts";
import { symmetricFunction } from "./ellipsoid.ts";
import type { Truth } from "./normal-mixture.ts";
import { DISTANCE } from "./normal-mixture.ts";

/** Where all contenders start. */
export interface Start {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  /** k×d×d for full, d×d for tied, k×d for diag, k for spherical. */
  readonly precisions: number[] | number[][] | number[][][];
}

/** Starting covariances are wider than the true ones: ½ Σ + 0.6 I. */
const widened = (variance: number): number => 0.5 * variance + 0.6;

/** Equal weights, the true means moved by about 0.35 standard deviations per feature, and covariances wider than the true ones. */
export function explicitStart(truth: Truth, covarianceType: CovarianceType, seed: number): Start {
  const { covariances, means, separation } = truth;
  const k = covariances.length;
  const d = means.length / k;
  const random = createRandom(seed, k, d);
  const step = 0.35 * Math.min(1, DISTANCE[separation] / 4);
  return {
    weights: covariances.map(() => 1 / k),
    means: covariances.map((_, c) => Array.from(means.subarray(c * d, (c + 1) * d), (value) => value + step * random.normal())),
    precisions: precisionsOf(covariances, covarianceType),
  };
}

/** The starting covariances, full, for programs that ask for these: k×d×d. */
export function startCovariances({ covariances }: Truth): number[][][] {
  return covariances.map((ellipsoid) => symmetricFunction(ellipsoid, widened));
}

function precisionsOf(covariances: readonly Ellipsoid[], type: CovarianceType): Start["precisions"] {
  if (type === "full") return covariances.map((ellipsoid) => symmetricFunction(ellipsoid, (variance) => 1 / widened(variance)));
  if (type === "tied") return symmetricFunction(covariances[0]!, (variance) => 1 / widened(variance));
  const diagonals = covariances.map((ellipsoid) => diagonal(symmetricFunction(ellipsoid, widened)));
  if (type === "diag") return diagonals.map((variances) => variances.map((variance) => 1 / variance));
  return diagonals.map((variances) => variances.length / variances.reduce((sum, variance) => sum + variance, 0));
}

function diagonal(matrix: readonly (readonly number[])[]): number[] {
  return matrix.map((row, i) => row[i]!);
}
