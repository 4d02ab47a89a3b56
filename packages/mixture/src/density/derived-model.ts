import { present } from "@mixtura/core/authoring";
import { UNFITTED } from "@mixtura/core/internal";
import { FittedGaussianMixture } from "../gaussian-mixture/model.ts";
import { blockSize } from "../covariance/kind.ts";
import { covarianceKind } from "../covariance/kinds.ts";
import { whitenBlocks } from "../em/m-step.ts";
import type { Parameters } from "./parameters.ts";
import { singular } from "./parameters.ts";

/**
 * A fitted mixture from parameters that were worked out, in the covariance type of the mixture they come from.
 *
 * @throws MixturaError `not-positive-definite` for a covariance that is singular up to rounding
 */
export function derivedModel(
  {
    features: d,
    names,
    type,
    weights,
    means,
    covariances,
  }: Pick<Parameters, "features" | "names" | "type" | "weights" | "means" | "covariances">,
  caller: string,
): FittedGaussianMixture {
  const kind = covarianceKind(type);
  const blocks = (kind.shared ? covariances.slice(0, 1) : covariances).map((covariance) => kind.project(covariance, d));
  const size = blockSize(kind, d);
  const natural = new Float64Array(size * blocks.length);
  for (const [index, block] of blocks.entries()) natural.set(block, index * size);
  const { failed } = whitenBlocks(kind, natural, weights.length, d);
  if (failed.length > 0) throw singular(caller, failed[0]!.pivot);
  return new FittedGaussianMixture({
    featureCount: d,
    ...present({ featureNames: names }),
    covarianceType: type,
    weights,
    means,
    covariances: natural,
    trace: UNFITTED,
  });
}

/** Rows and columns of a d×d matrix. */
export function submatrix(matrix: Float64Array, d: number, rows: readonly number[], columns: readonly number[] = rows): Float64Array {
  return Float64Array.from(rows.flatMap((i) => columns.map((j) => matrix[i * d + j]!)));
}
