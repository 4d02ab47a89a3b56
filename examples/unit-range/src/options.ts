import type { DeclarationsOf } from "@mixtura/core";

/** The options of {@link UnitRange}. */
export interface UnitRangeOptions {
  /** Where the least and the largest value of a feature go: to 0 and 1, or, "around-zero", to −½ and ½. Default "zero-to-one". */
  ends?: "zero-to-one" | "around-zero";
}

/** The options of UnitRange, declared once: checks, error texts, help texts, tables and generated tests come from here. */
export const unitRangeOptions = {
  ends: {
    range: { kind: "choice", choices: ["zero-to-one", "around-zero"] },
    default: "zero-to-one",
    description: "Where the least and the largest value of a feature go: 0 and 1, or −½ and ½.",
  },
} satisfies DeclarationsOf<UnitRangeOptions>;
