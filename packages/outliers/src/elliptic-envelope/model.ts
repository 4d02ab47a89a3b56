import type { Backend } from "@mixtura/backend";
import type { Matrix, ReviveContext } from "@mixtura/core";
import { readModel } from "@mixtura/core/authoring";
import { movedTo } from "@mixtura/core/internal";
import type { Judgement } from "../detector/judgement.ts";
import { FittedDetector } from "../detector/model.ts";
import type { DistanceKind, EllipseModel } from "./estimate.ts";
import { partOf, subsetOf } from "./estimate.ts";
import type { EllipticEnvelopePayload } from "./payload.ts";
import { ELLIPTIC_ENVELOPE, parametersReader, parametersToJSON } from "./payload.ts";
import { envelopeScoring } from "./scoring.ts";

/**
 * A centre, a covariance, and the distance beyond which rows are outliers. Comes from `EllipticEnvelope.fit` or `EllipticEnvelope.load`.
 *
 * `scoreSamples` is minus the *squared* distance from the centre: 0 there, and lower farther out.
 */
export class FittedEllipticEnvelope extends FittedDetector {
  readonly type: typeof ELLIPTIC_ENVELOPE = ELLIPTIC_ENVELOPE;
  /** The model of the covariance, with all that its estimator tells. */
  readonly estimate: EllipseModel;
  /** By which part of a robust estimate distances are taken: "raw" for a threshold `{ hardinRocke }`, which describes those. */
  readonly distances: DistanceKind;

  readonly #payload: EllipticEnvelopePayload;
  readonly #part: EllipseModel;

  /** @internal */
  constructor(payload: EllipticEnvelopePayload, backend?: Backend) {
    const part = partOf(payload, backend);
    super(payload, envelopeScoring(part, subsetOf(payload)));
    this.#payload = payload;
    this.#part = part;
    this.estimate = payload.estimate;
    this.distances = payload.distances;
    Object.freeze(this);
  }

  /** The centre that distances are taken from, length d, in the units of the data. A copy. */
  get location(): Float64Array {
    return this.#part.location;
  }

  /** The covariance that distances are taken by, d×d. A copy. */
  get covariance(): Matrix {
    return this.#part.covariance;
  }

  /** The factor W of the distances ‖W (x − location)‖, d×d and lower triangular. A copy. */
  get whitening(): Matrix {
    return this.#part.whitening;
  }

  /** The same model, computing elsewhere. */
  withBackend(backend: Backend): this {
    return new FittedEllipticEnvelope({ ...this.#payload, estimate: movedTo(this.estimate, backend) }, backend) as this;
  }

  /**
   * Reads a model from JSON that is not trusted.
   *
   * @param context plugins that read an estimate of another package
   */
  static fromJSON(json: unknown, context?: ReviveContext): FittedEllipticEnvelope {
    return new FittedEllipticEnvelope(readModel(json, ELLIPTIC_ENVELOPE, parametersReader(context)));
  }

  /** @internal */
  protected rejudged(judgement: Judgement): this {
    return new FittedEllipticEnvelope({ ...this.#payload, judgement }) as this;
  }

  /** @internal */
  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return parametersToJSON(this.#payload);
  }
}
