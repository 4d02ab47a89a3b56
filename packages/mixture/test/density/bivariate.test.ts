import { describe, expect, it } from "vitest";
import { bivariateRectangle } from "../../src/density/bivariate.ts";
import { reference, relativeError } from "./reference.ts";

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
