import type { Rows } from "@mixtura/backend/authoring";
import { translated } from "@mixtura/backend/internal/rows";
import type { Matrix, ModelJSON } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { CovarianceKind } from "../covariance/kind.ts";
import type { CovarianceType } from "../covariance/kinds.ts";
import { blockCount, blockOf, blockSize, isSymmetric } from "../covariance/kind.ts";
import { isDiagonal, ownBlocks, variancesOfModel } from "../covariance/of-model.ts";
import { projectBlocks } from "../covariance/project.ts";
import type { MixtureParameters } from "../em/m-step.ts";
import { whitenBlocks } from "../em/m-step.ts";
import { checkMeans, checkWeights, readBlocks } from "../parameters/given.ts";
import type { StartOptions } from "../gaussian-mixture/options.ts";

type Spread = Pick<MixtureParameters, "covariances" | "whitening">;

/** The parts of a start that the caller spelled out, checked against the number of features. */
export interface ExplicitStart {
  readonly weights?: Float64Array;
  /** k×d, in the data's own coordinates. */
  readonly means?: Float64Array;
  readonly spread?: Spread;
  readonly labels?: Int32Array;
}

/**
 * Reads `weightsInit`, `meansInit`, `precisionsInit` and `labelsInit`.
 *
 * @throws MixturaError `invalid-shape`, `invalid-option`, `not-positive-definite`
 */
export function explicitStart(
  options: StartOptions & { readonly nComponents: number },
  kind: CovarianceKind,
  features: number,
  rows: number,
  caller: string,
): ExplicitStart {
  const { weightsInit, meansInit, precisionsInit, labelsInit, nComponents: k } = options;
  return {
    ...(weightsInit === undefined ? {} : { weights: checkWeights(weightsInit, k, caller) }),
    ...(meansInit === undefined ? {} : { means: checkMeans(meansInit, k, features, caller) }),
    ...(precisionsInit === undefined ? {} : { spread: spreadOf(precisionsInit, kind, k, features, caller) }),
    ...(labelsInit === undefined ? {} : { labels: checkLabels(labelsInit, k, rows, caller) }),
  };
}

function spreadOf(given: unknown, kind: CovarianceKind, k: number, features: number, caller: string): Spread {
  const precisions = readBlocks(given, kind, k, features, caller, "precisionsInit");
  const size = blockSize(kind, features);
  const whitening = new Float64Array(precisions.length);
  const covariances = new Float64Array(precisions.length);
  for (let block = 0; block < blockCount(kind, k); block++) {
    const part = blockOf(kind, precisions, block, features);
    const result = isSymmetric(part, kind, features) ? kind.whitenPrecision(part, features) : { ok: false as const, index: 0, pivot: NaN };
    if (!result.ok) {
      const which = kind.shared ? "" : ` of component ${block}`;
      const why = Number.isNaN(result.pivot) ? "not symmetric" : `not positive definite (pivot ${result.pivot})`;
      throw new MixturaError(
        "not-positive-definite",
        `${caller}: "precisionsInit"${which} is ${why}. Pass the inverse of a covariance matrix, or leave it out.`,
        {
          option: "precisionsInit",
          pivot: result.pivot,
          ...(kind.shared ? {} : { component: block }),
        },
      );
    }
    whitening.set(result.factor, block * size);
    covariances.set(kind.fromWhitening(result.factor, features), block * size);
  }
  return { covariances, whitening };
}

function checkLabels(given: ArrayLike<number>, k: number, rows: number, caller: string): Int32Array {
  if (given.length !== rows) {
    throw new MixturaError("invalid-shape", `${caller}: "labelsInit" must hold one label per row (${rows}), found ${given.length}.`, {
      expected: `${rows} labels`,
      found: `${given.length} labels`,
    });
  }
  const bad = Array.from(given).findIndex((label) => !Number.isInteger(label) || label < 0 || label >= k);
  if (bad !== -1) {
    throw new MixturaError(
      "invalid-option",
      `${caller}: "labelsInit" of row ${bad} is ${given[bad]}; labels are integers from 0 to ${k - 1}.`,
      {
        option: "labelsInit",
        found: given[bad],
      },
    );
  }
  return Int32Array.from(given);
}

/** A fitted mixture, as far as a start needs it. */
export interface InitialModel {
  readonly nComponents: number;
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  readonly weights: Float64Array;
  readonly means: Matrix;
  readonly covarianceType: CovarianceType;
  covariance(k: number): Matrix;
  toJSON(): ModelJSON;
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
  const covariances =
    model.covarianceType === kind.type
      ? ownBlocks(model)
      : projectBlocks(kind, weights, {
          features: d,
          blocks:
            kind.rank < 2 && isDiagonal(model)
              ? variancesOfModel(model)
              : Array.from(weights, (_, component) => model.covariance(component).data),
        });
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
