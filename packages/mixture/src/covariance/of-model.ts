import type { Matrix, ModelJSON } from "@mixtura/core";
import { blockOf, variancesOf } from "./kind.ts";
import type { CovarianceType } from "./kinds.ts";
import { covarianceKind } from "./kinds.ts";

/** What a fitted mixture, of any copy of this package, shows of its covariances. */
interface ModelWithCovariances {
  readonly covarianceType: CovarianceType;
  readonly weights: Float64Array;
  readonly means: Matrix;
  toJSON(): ModelJSON;
}

/** Whether a model's components have variances and nothing else, so that no matrix of them is needed. */
export function isDiagonal({ covarianceType }: Pick<ModelWithCovariances, "covarianceType">): boolean {
  return covarianceKind(covarianceType).rank < 2;
}

/** The variances of each component of such a model. */
export function variancesOfModel(model: ModelWithCovariances): Float64Array[] {
  const kind = covarianceKind(model.covarianceType);
  const { columns: d } = model.means;
  const blocks = ownBlocks(model);
  return Array.from(model.weights, (_, k) => variancesOf(kind, blockOf(kind, blocks, kind.shared ? 0 : k, d), d));
}

/** Covariances in their own layout, to the bit: through the JSON, which a model of another copy of this package has, too. */
export function ownBlocks(model: Pick<ModelWithCovariances, "toJSON">): Float64Array {
  const { covariances } = model.toJSON() as ModelJSON & { readonly covariances: readonly unknown[] };
  return Float64Array.from(covariances.flat(2) as number[]);
}
