import type { Backend } from "@mixtura/backend";
import type { IterativeTrace, Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { iterativeTraceFromJSON, readModel } from "@mixtura/core/authoring";
import { FittedEllipse } from "../gaussian/model.ts";
import type { CorrectionFactors, Regularization } from "./estimate.ts";
import type { RobustPayload } from "./payload.ts";
import { readRobust, robustToJSON } from "./payload.ts";

/** The names of the robust models in files. */
export const robustEstimatorTypes = ["MinCovDet", "MRCD"] as const;

/** The name of one of the robust estimators. */
export type RobustEstimatorType = (typeof robustEstimatorTypes)[number];

/**
 * The location and covariance of the bulk of the rows, with the distances and the Gaussian density that they make.
 *
 * Comes from `fit` or `load` of `MinCovDet` or `MRCD`, never from this constructor.
 */
export class FittedRobustCovariance<Type extends RobustEstimatorType = RobustEstimatorType> extends FittedEllipse {
  readonly type: Type;
  declare readonly trace: IterativeTrace;
  /**
   * The least log-determinant that was found: of the covariance of the subset, divided by h − 1 and not corrected. Of a regularised fit, that of
   * `rawCovariance`. Features that hold one value are left out of it.
   */
  readonly criterion: number;
  /** Rows of the subset, h. Where h rows lie on a hyperplane and nothing was regularised, all rows on it. */
  readonly supportCount: number;
  /**
   * The factors in `rawCovariance` and in `covariance`, `[consistency, smallSample]` each: what makes up for the rows left out (Croux & Haesbroeck
   * 1999), and what few rows need on top of it (Pison, Van Aelst & Willems 2002).
   */
  readonly correction: CorrectionFactors;
  /** How the covariance was mixed with a target; absent where it was not. */
  declare readonly regularization?: Regularization;

  readonly #payload: RobustPayload;

  /** @internal */
  constructor(type: Type, payload: RobustPayload, backend?: Backend) {
    super(payload, backend);
    const { criterion, supportCount, correction, regularization } = payload;
    this.type = type;
    this.criterion = criterion + 0;
    this.supportCount = supportCount;
    this.correction = Object.freeze(correction);
    if (regularization !== undefined) this.regularization = Object.freeze(regularization);
    this.#payload = payload;
    Object.freeze(this);
  }

  /** The mean of the subset of least determinant, length d. A copy. */
  get rawLocation(): Float64Array {
    return this.#payload.rawLocation.slice();
  }

  /** The covariance of that subset with its correction factors, d×d; the same as `covariance` where nothing was reweighted. A copy. */
  get rawCovariance(): Matrix {
    return matrix(this.#payload.rawCovariance.slice(), this.featureCount, this.featureCount, this.featureNames);
  }

  /** 1 for the training rows that location and covariance rest on. Only right after a fit: a file holds no mask. A copy. */
  get support(): Uint8Array | undefined {
    return this.#payload.support?.slice();
  }

  /** 1 for the training rows of the subset of least determinant. Only right after a fit. A copy. */
  get rawSupport(): Uint8Array | undefined {
    return this.#payload.rawSupport?.slice();
  }

  withBackend(backend: Backend): this {
    return new FittedRobustCovariance(this.type, this.#payload, backend) as this;
  }

  /** Reads a model from untrusted JSON; where a type is given, of that type. */
  static fromJSON<Type extends RobustEstimatorType = RobustEstimatorType>(json: unknown, expected?: Type): FittedRobustCovariance<Type> {
    const types = expected === undefined ? (robustEstimatorTypes as readonly RobustEstimatorType[] as readonly Type[]) : expected;
    const own = readModel(json, types, (reader, features, type) => ({ type, ...readRobust(reader, features) }), iterativeTraceFromJSON);
    return new FittedRobustCovariance(own.type, own);
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return robustToJSON(this.#payload);
  }
}
