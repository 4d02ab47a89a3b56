import type { FittedModel, ReviveContext } from "@mixtura/core";
import type { Features, FieldReader } from "@mixtura/core/authoring";
import { readMixture, reviveInner } from "../detector/inner.ts";
import type { DetectorFacts, DetectorParameters } from "../detector/judgement.ts";
import { detectorToJSON, readDetector } from "../detector/judgement.ts";

/** The name of the model in files. */
export const MIXTURE_DETECTOR = "MixtureDetector";

interface Scored {
  /** The density that it scores by. */
  readonly mixture: FittedModel;
}

/** What a mixture detector's model is made of; its JSON holds the same. */
export interface MixtureDetectorPayload extends DetectorFacts, Scored {}

/** The parameters as plain JSON data. */
export function parametersToJSON({ mixture, ...facts }: MixtureDetectorPayload): Record<string, unknown> {
  return { ...detectorToJSON(facts), mixture: mixture.toJSON() };
}

/** Reads parameters from JSON that is not trusted. */
export function parametersReader(
  context: ReviveContext | undefined,
): (reader: FieldReader, features: Features) => DetectorParameters & Scored {
  return (reader, features) => ({
    ...readDetector(reader, features),
    mixture: reviveInner(reader, "mixture", features, readMixture, context, [MIXTURE_DETECTOR, "RefitOnInliers"]),
  });
}
