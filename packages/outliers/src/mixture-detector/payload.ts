import type { FittedModel, ModelJSON, ReviveContext } from "@mixtura/core";
import { modelJSON, readModelHeads, readObject } from "@mixtura/core";
import { readMixture, reviveInner } from "../detector/inner.ts";
import type { DetectorFacts } from "../detector/judgement.ts";
import { factsToJSON, readFacts } from "../detector/judgement.ts";

/** What a mixture detector's model is made of; its JSON holds the same. */
export interface MixtureDetectorPayload {
  readonly facts: DetectorFacts;
  /** The density that it scores by. */
  readonly mixture: FittedModel;
}

/** The name of the model in files. */
export const MIXTURE_DETECTOR = "MixtureDetector";

/** The payload as plain JSON data. */
export function payloadToJSON({ facts, mixture }: MixtureDetectorPayload): ModelJSON {
  return modelJSON(MIXTURE_DETECTOR, { ...factsToJSON(facts), mixture: mixture.toJSON() });
}

/** Reads a payload from JSON that nobody vouches for. */
export function payloadFromJSON(json: unknown, context: ReviveContext | undefined): MixtureDetectorPayload {
  const reader = readObject(readModelHeads(json));
  if (reader.string("type") !== MIXTURE_DETECTOR) throw reader.fail("type", `"${MIXTURE_DETECTOR}"`);
  const facts = readFacts(reader);
  return { facts, mixture: reviveInner(reader, "mixture", facts, readMixture, context, [MIXTURE_DETECTOR, "RefitOnInliers"]) };
}
