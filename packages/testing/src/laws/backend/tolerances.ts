import type { Backend } from "@mixtura/backend";
import type { Tolerance } from "../../comparison.ts";

/** How close results must be, by what they are. */
export interface Tolerances {
  /** One rounding per element, or a mathematical function. */
  readonly element: Tolerance;
  /** Sums of a few dozen products, relative to the sum of their absolute values. */
  readonly product: Tolerance;
  /** Log-terms and what is computed from them, relative to the largest number on the way. */
  readonly terms: Tolerance;
  /** Moments, relative to the sum of the absolute values of their terms. */
  readonly moments: Tolerance;
}

/** The tolerances that a declared precision entitles to. */
export function tolerancesOf(precision: Backend["precision"]): Tolerances {
  return precision === "float64" ? FLOAT64 : FLOAT32;
}

const relative = (value: number, reason: string): Tolerance => ({ value, unit: "relative", reason });

// The unit roundoff is 2⁻⁵³ = 1.1e-16.
const FLOAT64: Tolerances = {
  element: relative(1e-15, "an exponential or logarithm of any library is within a few units in the last place"),
  product: relative(1e-14, "60 roundings at worst in a row, of 1.1e-16 each"),
  terms: relative(1e-12, "up to 17 × 17 products per distance, and shared factors may whiten rows and means separately"),
  moments: relative(1e-12, "9 000 additions in any order: √9 000 × 1.1e-16 typically, 1e-12 at worst"),
};

// The unit roundoff is 2⁻²⁴ = 6e-8. The data of the laws are exact in float32, so only arithmetic counts.
const FLOAT32: Tolerances = {
  element: relative(1e-6, "functions of accelerators are within 16 units in the last place"),
  product: relative(4e-6, "60 roundings at worst in a row, of 6e-8 each"),
  terms: relative(1e-4, "distances of up to 17 × 17 products, of which differences are taken"),
  moments: relative(1e-4, "terms of 1e-5 at worst in exponents, and 4 096 additions in float32"),
};
