import type { Backend } from "@mixtura/backend";
import type { Matrix, ModelJSON, ReviveContext } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { DetectorFacts } from "../detector/judgement.ts";
import { FittedDetector } from "../detector/model.ts";
import type { DistanceKind, EllipseModel } from "./estimate.ts";
import type { EllipticEnvelopePayload } from "./payload.ts";
import { ELLIPTIC_ENVELOPE, payloadFromJSON, payloadToJSON } from "./payload.ts";
import { envelopeScoring } from "./scoring.ts";

/**
 * A centre, a covariance, and the distance beyond which rows are outliers. Comes from `EllipticEnvelope.fit` or `EllipticEnvelope.load`.
 *
 * `scoreSamples` is minus the *squared* distance: 0 at the centre.
 */
export class FittedEllipticEnvelope extends FittedDetector {
  readonly type: typeof ELLIPTIC_ENVELOPE = ELLIPTIC_ENVELOPE;
  /** The model of the covariance, with all that its estimator tells. */
  readonly estimate: EllipseModel;
  /** Which part of a robust estimate distances are taken by: "raw" for a threshold `{ hardinRocke }`, which describes those. */
  readonly distances: DistanceKind;

  readonly #payload: EllipticEnvelopePayload;

  /** @internal */
  constructor(payload: EllipticEnvelopePayload) {
    super(payload.facts, envelopeScoring(payload.estimate, payload.distances));
    this.#payload = payload;
    this.estimate = payload.estimate;
    this.distances = payload.distances;
    Object.freeze(this);
  }
