import type { ReviveContext } from "@mixtura/core";
import type { Features, FieldReader } from "@mixtura/core/authoring";
import { reviveInner } from "../detector/inner.ts";
import type { DetectorFacts, DetectorParameters } from "../detector/judgement.ts";
import { detectorToJSON, readDetector } from "../detector/judgement.ts";
import type { DistanceKind, EllipseModel } from "./estimate.ts";
import { distanceKinds, isEllipseModel, rawPartOf, readCovariance } from "./estimate.ts";

/** The name of the model in files. */
export const ELLIPTIC_ENVELOPE = "EllipticEnvelope";

interface Measured {
  /** Centre and covariance. */
  readonly estimate: EllipseModel;
  readonly distances: DistanceKind;
  /** Rows that the estimate was fitted on, Σ w. */
  readonly rows: number;
}

/** What an elliptic envelope's model is made of; its JSON holds the same. */
export interface EllipticEnvelopePayload extends DetectorFacts, Measured {}

/** The parameters as plain JSON data. */
export function parametersToJSON({ estimate, distances, rows, ...facts }: EllipticEnvelopePayload): Record<string, unknown> {
  return { ...detectorToJSON(facts), distances, estimate: estimate.toJSON(), training: { rows } };
}

/** Reads parameters from JSON that is not trusted. */
export function parametersReader(
  context: ReviveContext | undefined,
): (reader: FieldReader, features: Features) => DetectorParameters & Measured {
  return (reader, features) => {
    const estimate = reviveInner(reader, "estimate", features, readCovariance, context, [ELLIPTIC_ENVELOPE]);
    if (!isEllipseModel(estimate)) throw reader.fail("estimate", "a model of a covariance");
    const distances = reader.oneOf("distances", distanceKinds);
    if (distances === "raw" && rawPartOf(estimate) === undefined) throw reader.fail("distances", `"reweighted" for this ${estimate.type}`);
    const training = reader.object("training");
    const rows = training.number("rows");
    if (!(rows > 0)) throw training.fail("rows", "a number above 0");
    return { ...readDetector(reader, features), estimate, distances, rows };
  };
}
