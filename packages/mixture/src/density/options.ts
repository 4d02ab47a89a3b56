import type { OptionDeclaration } from "@mixtura/core";
import { SEED_LIMIT } from "@mixtura/core/internal";

/** The seed of every question that is answered by drawing. */
export const randomStateDeclaration: OptionDeclaration<number> = {
  range: { kind: "integer", minimum: 0, maximum: SEED_LIMIT - 1 },
  description: "Seed of the random numbers; the same seed gives the same result.",
};

/** Calls long work off. */
export const signalDeclaration: OptionDeclaration<AbortSignal> = {
  range: {
    kind: "other",
    words: "an AbortSignal",
    accepts: (value) => typeof value === "object" && value !== null && "aborted" in value && typeof value.aborted === "boolean",
  },
  description: "Aborts the work.",
  flag: false,
};
