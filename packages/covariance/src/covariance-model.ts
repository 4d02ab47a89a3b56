import type { Backend } from "@mixtura/backend";
import type { FieldReader, ModelJSON } from "@mixtura/core";
import { modelJSON, readModelHeads, readObject } from "@mixtura/core";
import { FittedEllipse } from "./gaussian/model.ts";
import type { EllipsePayload } from "./gaussian/payload.ts";
import { ellipseToJSON, readEllipse } from "./gaussian/payload.ts";

/** The names of the models in files. */
export const covarianceEstimatorTypes = ["EmpiricalCovariance", "ShrunkCovariance", "LedoitWolf", "OAS"] as const;

/** The name of one of the estimators that use all rows alike. */
export type CovarianceEstimatorType = (typeof covarianceEstimatorTypes)[number];

/** What a model is made of; its JSON holds the same. */
export interface CovariancePayload<Type extends CovarianceEstimatorType = CovarianceEstimatorType> extends EllipsePayload {
  readonly type: Type;
  /** The share of the target in the covariance; absent for the empirical one. */
  readonly shrinkage?: number;
}

/**
 * A location and a covariance, with the distances and the Gaussian density that they make.
 *
 * Comes from `fit` or `load` of `EmpiricalCovariance`, `ShrunkCovariance`, `LedoitWolf` or `OAS`, never from this constructor.
 */
export class FittedCovariance<Type extends CovarianceEstimatorType = CovarianceEstimatorType> extends FittedEllipse {
  readonly type: Type;
  /** The share s of the target in the covariance (1 − s) S + s (tr S / d) I; absent for the empirical covariance. */
  declare readonly shrinkage?: number;

  readonly #payload: CovariancePayload<Type>;

  /** @internal */
  constructor(payload: CovariancePayload<Type>, backend?: Backend, reader?: FieldReader) {
    super(payload, backend, reader);
    this.type = payload.type;
    if (payload.shrinkage !== undefined) this.shrinkage = payload.shrinkage;
    this.#payload = payload;
    Object.freeze(this);
  }

  withBackend(backend: Backend): this {
    return new FittedCovariance(this.#payload, backend) as this;
  }

  toJSON(): ModelJSON {
    const { type, shrinkage } = this.#payload;
    return modelJSON(type, { ...(shrinkage === undefined ? {} : { shrinkage }), ...ellipseToJSON(this.#payload) });
  }

  /** Reads a model from JSON that nobody vouches for; where a type is given, of that type. */
  static fromJSON<Type extends CovarianceEstimatorType = CovarianceEstimatorType>(json: unknown, expected?: Type): FittedCovariance<Type> {
    const reader = readObject(readModelHeads(json));
    const type = reader.oneOf(
      "type",
      expected === undefined ? (covarianceEstimatorTypes as readonly string[] as readonly Type[]) : [expected],
    );
    const shrunk = type === "EmpiricalCovariance" ? {} : { shrinkage: readShare(reader) };
    return new FittedCovariance({ type, ...shrunk, ...readEllipse(reader) }, undefined, reader);
  }
}

function readShare(reader: FieldReader): number {
  const shrinkage = reader.number("shrinkage");
  if (shrinkage < 0 || shrinkage > 1) throw reader.fail("shrinkage", "a number from 0 to 1");
  return shrinkage;
}
