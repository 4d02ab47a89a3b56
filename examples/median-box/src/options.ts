import type { DeclarationsOf } from "@mixtura/core";

/** The options of {@link MedianBox}. */
export interface MedianBoxOptions {
  /**
   * A row is an outlier where a feature is more than this many
   * deviations from its median. Default 3.5.
   */
  cutoff?: number;
}

/**
 * The options of MedianBox, declared once: checks, error texts, help
 * texts, tables and generated tests come from here.
 */
export const medianBoxOptions = {
  cutoff: {
    range: { kind: "number", minimum: 0, exclusiveMinimum: true },
    default: 3.5,
    unit: "median deviations",
    description:
      "A row is an outlier where a feature is more than this many " +
      "deviations from its median.",
  },
} satisfies DeclarationsOf<MedianBoxOptions>;
