import { chiSquareQuantile } from "@mixtura/distributions";
import { describe, expect, it } from "vitest";
import { consistencyFactor, smallSampleFactor } from "../../src/robust/correction.ts";

describe("consistency factors", () => {
  it.each([
    // By SciPy 1.17: share / chi2.cdf(chi2.ppf(share, p), p + 2).
    [0.975, 1, 1.1747786415645665],
    [0.975, 2, 1.1044679239029054],
    [0.975, 10, 1.0355599027699192],
    [0.52, 1, 6.430952978271369],
    [0.52, 5, 1.8626120804838355],
    [0.52, 20, 1.3161773267211911],
  ])("are those of the χ² distribution: a fraction of %d, %d features", (fraction, features, factor) => {
    // Both sides are good to about 1e-14; quantiles of small shares lose a digit more.
    expect(consistencyFactor(fraction, features)).toBeCloseTo(factor, 12);
  });

  it("are 1 for all rows", () => {
    expect(consistencyFactor(1, 7)).toBe(1);
    expect(consistencyFactor(1 - 1e-12, 7)).toBeCloseTo(1, 9);
  });

  it("make up for the rows left out: they rise without bound as the fraction falls", () => {
    const factors = [0.9, 0.5, 0.1, 0.01].map((fraction) => consistencyFactor(fraction, 3));
    expect(factors).toEqual(factors.toSorted((a, b) => a - b));
    // A thin slice of normal data in one dimension is uniform, with a third of its half-width's square for variance.
    expect(consistencyFactor(1e-6, 1)).toBeCloseTo(3 / chiSquareQuantile(1e-6, 1), -6);
  });
});

describe("small-sample factors", () => {
  // robustbase 0.95-0 prints them to three digits; for these numbers of features its own simulations change none of them.
  it.each([
    [2, [1.151, 1.088, 1.053, 1.017], [1.013, 1.003, 1.001, 1]],
    [5, [1.23, 1.117, 1.062, 1.016], [1.074, 1.017, 1.004, 1]],
    [10, [1.36, 1.168, 1.085, 1.019], [1.216, 1.066, 1.022, 1.002]],
    [20, [1.736, 1.287, 1.133, 1.027], [1.113, 1.054, 1.027, 1.005]],
  ])("are robustbase's for half of the rows: %d features", (features, raw, reweighted) => {
    [50, 100, 200, 1000].forEach((rows, i) => {
      expect(smallSampleFactor("raw", features, rows, 0.5)).toBeCloseTo(raw[i]!, 3);
      expect(smallSampleFactor("reweighted", features, rows, 0.5)).toBeCloseTo(reweighted[i]!, 3);
    });
  });

  it.each(["raw", "reweighted"] as const)("go to 1 with the fraction and with the rows: %s", (step) => {
    for (const features of [1, 2, 3, 12]) {
      expect(smallSampleFactor(step, features, 100, 1)).toBe(1);
      expect(smallSampleFactor(step, features, 1e9, 0.7)).toBeCloseTo(1, 3);
      // Both pieces of the interpolation meet.
      expect(smallSampleFactor(step, features, 100, 0.875)).toBeCloseTo(smallSampleFactor(step, features, 100, 0.875 - 1e-12), 9);
    }
  });

  it("stay between 1 and 4 where no simulation was made", () => {
    for (const rows of [2, 3, 10]) {
      for (const features of [1, 5, 40, 1000]) {
        const factor = smallSampleFactor("raw", features, rows, 0.5);
        expect(factor).toBeGreaterThanOrEqual(1);
        expect(factor).toBeLessThanOrEqual(4);
      }
    }
  });
});
