import type { DeclarationsOf } from "@mixtura/core";

/** The options of {@link ProductNormal}. */
export interface ProductNormalOptions {
  /** The standard deviation that a constant feature gets, in its own units. Default 1. */
  constantDeviation?: number;
}

/** The options of ProductNormal, declared once: checks, error texts, help texts, tables and generated tests come from here. */
export const productNormalOptions = {
  constantDeviation: {
    range: { kind: "number", minimum: 1e-100, maximum: 1e100 },
    default: 1,
    unit: "the data's own",
    description: "The standard deviation that a constant feature gets.",
  },
} satisfies DeclarationsOf<ProductNormalOptions>;
