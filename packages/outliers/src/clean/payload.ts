import type { FittedModel, ModelJSON, ReviveContext } from "@mixtura/core";
import type { Features, FieldReader } from "@mixtura/core/authoring";
import { mixtureReaders } from "@mixtura/mixture/internal/readers";
import type { Reader } from "../detector/inner.ts";
import { reviveInner } from "../detector/inner.ts";
import type { DetectorFacts, DetectorParameters } from "../detector/judgement.ts";
import { detectorToJSON, readDetector } from "../detector/judgement.ts";
import { readCovariance } from "../elliptic-envelope/estimate.ts";
import { FittedEllipticEnvelope } from "../elliptic-envelope/model.ts";
import { ELLIPTIC_ENVELOPE } from "../elliptic-envelope/payload.ts";
import { FittedMixtureDetector } from "../mixture-detector/model.ts";
import { MIXTURE_DETECTOR } from "../mixture-detector/payload.ts";

/** The name of the model in files. */
export const REFIT_ON_INLIERS = "RefitOnInliers";

interface Refitted {
  /** The model of all rows. */
  readonly first: FittedModel;
  /** The model of the rows that were kept. */
  readonly model: FittedModel;
  /** The rows that were removed, in ascending order. */
  readonly removedRows: Int32Array;
}

/** What the model of a cleaned fit is made of; its JSON holds the same. */
export interface RefitOnInliersPayload extends DetectorFacts, Refitted {}

/** The parameters as plain JSON data. */
export function parametersToJSON({ first, model, removedRows, ...facts }: RefitOnInliersPayload): Record<string, unknown> {
  const training = { removedRows: [...removedRows] };
  return { ...detectorToJSON(facts), first: first.toJSON(), model: model.toJSON(), training };
}

/** Reads parameters from JSON that is not trusted. */
export function parametersReader(
  context: ReviveContext | undefined,
): (reader: FieldReader, features: Features) => DetectorParameters & Refitted {
  return (reader, features) => {
    const inner = (key: string): FittedModel => reviveInner(reader, key, features, ownReader(context), context, [REFIT_ON_INLIERS]);
    const training = reader.object("training");
    const rows = training.numbers("removedRows");
    if (rows.some((row, i) => !(Number.isInteger(row) && row >= 0 && row < 2 ** 31) || (i > 0 && row <= rows[i - 1]!)))
      throw training.fail("removedRows", "different row numbers in ascending order");
    return { ...readDetector(reader, features), first: inner("first"), model: inner("model"), removedRows: Int32Array.from(rows) };
  };
}

/** Mixtures, covariances and the detectors of this package may stand inside. */
function ownReader(context: ReviveContext | undefined): Reader {
  const readers = [
    { type: MIXTURE_DETECTOR, revive: (json: ModelJSON) => FittedMixtureDetector.fromJSON(json, context) },
    { type: ELLIPTIC_ENVELOPE, revive: (json: ModelJSON) => FittedEllipticEnvelope.fromJSON(json, context) },
    ...mixtureReaders,
  ];
  return (json) => (readers.find(({ type }) => type === json.type)?.revive ?? readCovariance)(json);
}
