import type { DeclarationsOf, MatrixLike } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import { checkOptions, present } from "@mixtura/core/authoring";
import { checkFeatureNames, UNFITTED } from "@mixtura/core/internal";
import type { CovarianceType } from "../covariance/kinds.ts";
import { blockSize, isSymmetric } from "../covariance/kind.ts";
import { covarianceKind, covarianceLayouts } from "../covariance/kinds.ts";
import { whitenBlocks } from "../em/m-step.ts";
import { checkMeans, checkWeights, readBlocks } from "../parameters/given.ts";
import { FittedGaussianMixture } from "./model.ts";
import { structured } from "../parameters/declarations.ts";
import { gaussianMixtureOptions } from "./options.ts";

/** The parameters of a mixture made by hand. */
export interface MixtureParametersInput {
  /** k numbers ≥ 0 with sum 1. */
  readonly weights: ArrayLike<number>;
  /** k×d */
  readonly means: MatrixLike;
  /** As the covariance type says: k×d×d for full, k×d for diag, and so on. */
  readonly covariances: readonly (readonly (readonly number[])[])[] | MatrixLike | ArrayLike<number>;
  /** Default "full". */
  readonly covarianceType?: CovarianceType;
  readonly featureNames?: readonly string[];
}

const CALLER = "GaussianMixture.fromParameters";

const declarations = {
  weights: { range: structured("k numbers ≥ 0 with sum 1"), description: "Weights of the components." },
  means: { range: structured("k rows of d numbers"), description: "Means of the components." },
  covariances: {
    range: structured(covarianceLayouts),
    description: "Covariances of the components.",
  },
  covarianceType: gaussianMixtureOptions.covarianceType,
  featureNames: { range: { kind: "list", items: { kind: "text" } }, description: "Names of the features." },
} satisfies DeclarationsOf<MixtureParametersInput>;

/** Checks parameters given by hand and makes a model of them. */
export function modelFromParameters(parameters: MixtureParametersInput): FittedGaussianMixture {
  const checked = checkOptions(CALLER, declarations, parameters);
  const { weights: givenWeights, means: givenMeans, covariances: given, covarianceType, featureNames } = checked;
  if (givenWeights === undefined || givenMeans === undefined || given === undefined) {
    const option = (["weights", "means", "covariances"] as const).find((name) => checked[name] === undefined)!;
    throw new MixturaError("invalid-option", `${CALLER}: "${option}" is missing. ${declarations[option].description}`, {
      option,
      found: undefined,
    });
  }
  const k = givenWeights.length;
  const d = toMatrix(givenMeans, { caller: `${CALLER}: "means"` }).columns;
  const weights = checkWeights(givenWeights, k, CALLER, "weights");
  const means = checkMeans(givenMeans, k, d, CALLER, "means");
  const kind = covarianceKind(covarianceType);
  const covariances = readBlocks(given, kind, k, d, CALLER, "covariances");
  const size = blockSize(kind, d);
  const { failed } = whitenBlocks(kind, covariances, k, d);
  const crooked = Array.from({ length: covariances.length / size }, (_, block) => block).find(
    (block) => !isSymmetric(covariances.subarray(block * size, (block + 1) * size), kind, d),
  );
  const bad = crooked ?? failed[0]?.block;
  if (bad !== undefined) {
    const why = crooked === undefined ? `not positive definite (pivot ${failed[0]!.pivot})` : "not symmetric";
    throw new MixturaError("not-positive-definite", `${CALLER}: the covariance of component ${bad} is ${why}.`, {
      option: "covariances",
      component: bad,
      pivot: failed[0]?.pivot ?? NaN,
    });
  }
  checkFeatureNames(featureNames, CALLER);
  if (featureNames !== undefined && featureNames.length !== d) {
    throw new MixturaError("invalid-shape", `${CALLER}: ${d} feature names expected, found ${featureNames.length}.`, {
      expected: `${d} names`,
      found: `${featureNames.length}`,
    });
  }
  return new FittedGaussianMixture({
    featureCount: d,
    ...present({ featureNames }),
    covarianceType,
    weights,
    means,
    covariances,
    trace: UNFITTED,
  });
}
