import type { ModelJSON, ReviveContext } from "@mixtura/core";
import { modelJSON, readModelHeads, readObject } from "@mixtura/core";
import { reviveInner } from "../detector/inner.ts";
import type { DetectorFacts } from "../detector/judgement.ts";
import { factsToJSON, readFacts } from "../detector/judgement.ts";
import type { DistanceKind, EllipseModel } from "./estimate.ts";
import { distanceKinds, isEllipseModel, rawPartOf, readCovariance } from "./estimate.ts";

/** What an elliptic envelope's model is made of; its JSON holds the same. */
export interface EllipticEnvelopePayload {
  readonly facts: DetectorFacts;
  /** Centre and covariance. */
  readonly estimate: EllipseModel;
  readonly distances: DistanceKind;
  /** Rows that the estimate was fitted on, Σ w. */
  readonly rows: number;
}

/** The name of the model in files. */
export const ELLIPTIC_ENVELOPE = "EllipticEnvelope";

/** The payload as plain JSON data. */
export function payloadToJSON({ facts, estimate, distances, rows }: EllipticEnvelopePayload): ModelJSON {
  return modelJSON(ELLIPTIC_ENVELOPE, { ...factsToJSON(facts), distances, estimate: estimate.toJSON(), training: { rows } });
}

/** Reads a payload from JSON that nobody vouches for. */
export function payloadFromJSON(json: unknown, context: ReviveContext | undefined): EllipticEnvelopePayload {
  const reader = readObject(readModelHeads(json));
  if (reader.string("type") !== ELLIPTIC_ENVELOPE) throw reader.fail("type", `"${ELLIPTIC_ENVELOPE}"`);
  const facts = readFacts(reader);
  const estimate = reviveInner(reader, "estimate", facts, readCovariance, context, [ELLIPTIC_ENVELOPE]);
  if (!isEllipseModel(estimate)) throw reader.fail("estimate", "a model of a covariance");
  const distances = reader.oneOf("distances", distanceKinds);
  if (distances === "raw" && rawPartOf(estimate) === undefined) throw reader.fail("distances", `"reweighted" for this ${estimate.type}`);
  const training = reader.object("training");
  const rows = training.number("rows");
  if (!(rows > 0)) throw training.fail("rows", "a number above 0");
  return { facts, estimate, distances, rows };
}
