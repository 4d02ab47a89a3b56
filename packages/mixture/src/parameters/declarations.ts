// Declarations of options that several estimators have.
import type { OptionDeclaration } from "@mixtura/core";
import { SEED_LIMIT } from "@mixtura/core/internal";
import type { ComponentOrder } from "../em/order.ts";

/** The range of numbers in some structure, which is checked where the data's width is known. */
export function structured(words: string) {
  return { kind: "other", words, accepts: (value: unknown) => typeof value === "object" && value !== null } as const;
}

/** The seed of every estimator. */
export const randomStateDeclaration: OptionDeclaration<number> = {
  range: { kind: "integer", minimum: 0, maximum: SEED_LIMIT - 1 },
  description: "Seed of the random numbers; the same seed gives the same result.",
};

/** The numbering of the components of every mixture. */
export const orderDeclaration: OptionDeclaration<ComponentOrder> = {
  range: { kind: "choice", choices: ["means", "fit"] },
  description:
    "How components are numbered: by their means, which gives one optimum one numbering for every seed, or as the fit left them; with an explicit start the latter is the default.",
};
