import type { Rows } from "@mixtura/backend/rows";
import { translated } from "@mixtura/backend/rows";
import type { Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { CovarianceKind, CovarianceType } from "../covariance/kind.ts";
import { blockCount } from "../covariance/kind.ts";
import type { MixtureParameters } from "../em/parameters.ts";
import { whitenBlocks } from "../em/parameters.ts";

/** A fitted mixture, as far as a start needs it. */
export interface InitialModel {
  readonly nComponents: number;
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  readonly weights: Float64Array;
  readonly means: Matrix;
  readonly covarianceType: CovarianceType;
  covariance(k: number): Matrix;
}

/**
 * The parameters of the fitted model that a fit starts from (`init`), in a row set's coordinates and the wanted covariance type.
 *
 * @throws MixturaError `invalid-option`, `feature-mismatch`
 */
export function parametersOfModel(
  model: InitialModel,
  nComponents: number,
  kind: CovarianceKind,
  rows: Rows,
  caller: string,
): MixtureParameters {
  checkInit(model, nComponents, rows.features, rows.featureNames, caller);
  const { nComponents: k, weights } = model;
  const d = rows.features;
  const matrices = Array.from({ length: k }, (_, component) => model.covariance(component).data);
  const size = kind.blockSize(d);
  const covariances = new Float64Array(size * blockCount(kind, k));
  if (kind.shared) {
    const mean = new Float64Array(d * d);
    matrices.forEach((matrix, component) => matrix.forEach((value, at) => (mean[at]! += weights[component]! * value)));
    covariances.set(model.covarianceType === kind.type ? matrices[0]! : kind.project(mean, d));
  } else {
    matrices.forEach((matrix, component) => covariances.set(kind.project(matrix, d), component * size));
  }
  const { whitening } = whitenBlocks(kind, covariances, k, d);
  return { weights, means: translated(model.means.data, rows.origin, -1), covariances, whitening };
}

function checkInit(init: InitialModel, nComponents: number, features: number, names: readonly string[] | undefined, caller: string): void {
  if (init.nComponents !== nComponents) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "init" has ${init.nComponents} components, nComponents is ${nComponents}. They must agree.`,
      {
        option: "init",
        found: init.nComponents,
      },
    );
  }
  const sameNames =
    names === undefined || init.featureNames === undefined || names.every((name, index) => name === init.featureNames![index]);
  if (init.featureCount === features && sameNames) return;
  const expected = init.featureNames ?? init.featureCount;
  const found = names ?? features;
  throw new MixturaError(
    "feature-mismatch",
    `${caller}: "init" was fitted on the features ${String(expected)}, the data has ${String(found)}. They must agree, in the same order.`,
    {
      expected,
      found,
    },
  );
}
