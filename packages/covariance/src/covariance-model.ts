import type { Backend } from "@mixtura/backend";
import type { FieldReader } from "@mixtura/core/authoring";
import { present, readModel } from "@mixtura/core/authoring";
import { FittedEllipse } from "./gaussian/model.ts";
import type { EllipsePayload } from "./gaussian/payload.ts";
import { ellipseToJSON, readEllipse } from "./gaussian/payload.ts";

/** The names of the models in files. */
export const covarianceEstimatorTypes = ["EmpiricalCovariance", "ShrunkCovariance", "LedoitWolf", "OAS"] as const;

/** The name of one of the estimators that use all rows alike. */
export type CovarianceEstimatorType = (typeof covarianceEstimatorTypes)[number];

/** The parameters of a model; its JSON holds the same. */
export interface CovariancePayload<Type extends CovarianceEstimatorType = CovarianceEstimatorType> extends EllipsePayload {
  readonly type: Type;
  /** The shrinkage coefficient; absent for the empirical one. */
  readonly shrinkage?: number;
}

/**
 * A location and a covariance, with the distances and the Gaussian density that they make.
 *
 * Comes from `fit` or `load` of `EmpiricalCovariance`, `ShrunkCovariance`, `LedoitWolf` or `OAS`, never from this constructor.
 */
export class FittedCovariance<Type extends CovarianceEstimatorType = CovarianceEstimatorType> extends FittedEllipse {
  readonly type: Type;
  /** The shrinkage coefficient s in the covariance (1 − s) S + s (tr S / d) I; absent for the empirical covariance. */
  declare readonly shrinkage?: number;

  readonly #payload: CovariancePayload<Type>;

  /** @internal */
  constructor(payload: CovariancePayload<Type>, backend?: Backend) {
    super(payload, backend);
    this.type = payload.type;
    if (payload.shrinkage !== undefined) this.shrinkage = payload.shrinkage;
    this.#payload = payload;
    Object.freeze(this);
  }

  withBackend(backend: Backend): this {
    return new FittedCovariance(this.#payload, backend) as this;
  }

  /** Reads a model from untrusted JSON; where a type is given, of that type. */
  static fromJSON<Type extends CovarianceEstimatorType = CovarianceEstimatorType>(json: unknown, expected?: Type): FittedCovariance<Type> {
    const types = expected === undefined ? (covarianceEstimatorTypes as readonly CovarianceEstimatorType[] as readonly Type[]) : expected;
    return new FittedCovariance(
      readModel(json, types, (reader, features, type) => ({
        type,
        ...(type === "EmpiricalCovariance" ? {} : { shrinkage: readShrinkage(reader) }),
        ...readEllipse(reader, features),
      })),
    );
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return { ...present({ shrinkage: this.shrinkage }), ...ellipseToJSON(this.#payload) };
  }
}

function readShrinkage(reader: FieldReader): number {
  const shrinkage = reader.number("shrinkage");
  if (shrinkage < 0 || shrinkage > 1) throw reader.fail("shrinkage", "a number from 0 to 1");
  return shrinkage;
}
