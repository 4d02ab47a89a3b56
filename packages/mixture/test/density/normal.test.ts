import { describe, expect, it } from "vitest";
import { chiSquareQuantile, chiSquareTails, normalCdf, normalInterval, normalQuantile } from "@mixtura/distributions";
import { bivariateRectangle } from "../../src/density/bivariate.ts";
import { reference, relativeError } from "./reference.ts";

describe("the normal distribution, against mpmath", () => {
  // Cody's and Wichura's approximations are good to 1e-16; a handful of roundings follow.
  const ROUNDING = 2e-15;

  it.each(reference.normal.cdf)("has its distribution function at %d to the last digits", (z, value) => {
    expect(relativeError(normalCdf(z), value)).toBeLessThan(ROUNDING);
  });

  it.each(reference.normal.quantile)("has its quantile of %d to the last digits", (p, value) => {
    // The quantile of 0.5 is 0, which mpmath's iteration misses by less than 1e-50.
    expect(Math.abs(normalQuantile(p) - value)).toBeLessThanOrEqual(ROUNDING * Math.abs(value) + 1e-40);
  });

  it.each(reference.normal.intervals)("loses no digits between %d and %d, however near or far", (a, b, value) => {
    expect(relativeError(normalInterval(a, b), value)).toBeLessThan(ROUNDING);
  });

  it("gives intervals that turn round with their sign", () => {
    for (const [a, b] of reference.normal.intervals) expect(normalInterval(-b, -a)).toBe(normalInterval(a, b));
  });
});

describe("two correlated normal variables", () => {
  it.each(reference.bivariate)("fall into [%s, %s] × [%s, %s] with ρ = %d as mpmath says", (a, b, c, d, r, value) => {
    const found = bivariateRectangle({ lower: [a ?? -Infinity, c ?? -Infinity], upper: [b ?? Infinity, d ?? Infinity] }, r);

    // The bound that is reported for a group of two.
    expect(Math.abs(found - value)).toBeLessThan(1e-14);
    // And in the tails: bounds are rounded once more in units of √(1 − ρ²), which shows times z²/√(1 − ρ²).
    if (value > 1e-60) expect(relativeError(found, value)).toBeLessThan(1e-11);
  });

  it.each([-0.9999999, -0.99, -0.93, -0.9, -0.5, -0.1, 0, 0.29, 0.31, 0.74, 0.76, 0.92, 0.95, 0.999, 0.9999999])(
    "share a quadrant with probability 1/4 + asin(ρ)/2π: ρ = %d",
    (r) => {
      const found = bivariateRectangle({ lower: [-Infinity, -Infinity], upper: [0, 0] }, r);
      expect(Math.abs(found - (0.25 + Math.asin(r) / (2 * Math.PI)))).toBeLessThan(1e-15);
    },
  );
});

describe("the χ² distribution, against mpmath", () => {
  // The prefactor x^a e^−x / Γ(a) carries the rounding of its logarithms, which are below a thousand here.
  it.each(reference.chiSquare)("has its tails at %d with %d degrees of freedom", (value, freedom, below, above) => {
    const tails = chiSquareTails(value, freedom);
    const smaller = below < above ? ([tails.below, below] as const) : ([tails.above, above] as const);

    expect(relativeError(...smaller)).toBeLessThan(1e-12);
    expect(tails.below + tails.above).toBeCloseTo(1, 15);
  });

  it.each([1, 2, 3, 7, 50])("gives back what its quantile was asked for: %d degrees of freedom", (freedom) => {
    for (const mass of [1e-9, 0.01, 0.5, 0.9, 0.999999])
      // Neighbouring doubles differ by 1e-16 relative; the distribution function by freedom times that.
      expect(relativeError(chiSquareTails(chiSquareQuantile(mass, freedom), freedom).below, mass)).toBeLessThan(1e-13);
  });
});
