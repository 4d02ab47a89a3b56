import { createPace, createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { meanCorrelation } from "../../src/robust/mrcd/kendall.ts";
import { logDeterminantOf, sphereByTarget, unsphereByTarget } from "../../src/robust/mrcd/target.ts";
import { commonWeight, leastWeight } from "../../src/robust/mrcd/weight.ts";
import { mrcd } from "./fits.ts";

const pace = createPace();

describe("the weight of the target", () => {
  it("is the least at which the condition number is as asked for", () => {
    for (const [largest, least] of [
      [90, 0.5],
      [3, 0],
      [1e6, 1e-6],
    ] as const) {
      const rho = leastWeight({ largest, least }, 50);
      // (ρ + (1 − ρ) λ₁) / (ρ + (1 − ρ) λₚ): rounding.
      expect((rho + (1 - rho) * largest) / (rho + (1 - rho) * least)).toBeCloseTo(50, 8);
    }
    expect(leastWeight({ largest: 10, least: 0.2 }, 50)).toBe(0);
    expect(leastWeight({ largest: 10, least: 1 }, 50)).toBe(0);
    expect(leastWeight({ largest: 0, least: 0 }, 50)).toBe(1);
  });

  it("is the largest that a start needs where that is small, else the median but not below 0.1", () => {
    expect(commonWeight([0, 0.05, 0.02])).toBe(0.05);
    expect(commonWeight([0.2, 0.4, 0.1, 0.9])).toBeCloseTo(0.3, 15);
    expect(commonWeight([0, 0, 0, 0, 0, 0.7])).toBe(0.1);
  });
});

describe("the mean correlation by Kendall's τ", () => {
  const { rows } = loadData("iris");
  const iris = { data: Float64Array.from(rows.flat()), rows: rows.length, columns: 4 };

  it("is that of SciPy, ties and all", async () => {
    // SciPy 1.17: the mean of sin(π/2 · kendalltau(a, b).statistic) over the six pairs of columns of iris.
    expect(await meanCorrelation(iris, pace)).toBeCloseTo(0.34369305872695755, 12);
  });

  it("is nothing for one column, and for columns that hold one value", async () => {
    expect(await meanCorrelation({ data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 }, pace)).toBe(0);
    expect(await meanCorrelation({ data: Float64Array.of(1, 5, 2, 5, 3, 5), rows: 3, columns: 2 }, pace)).toBe(0);
  });
});

describe("a target of equal correlations", () => {
  const target = { name: "equicorrelation", correlation: 0.4 } as const;

  it("is the identity in coordinates sphered by it", () => {
    const location = Float64Array.of(1, 0, 0);
    const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

    unsphereByTarget(location, identity, target);

    const right = [1, 0.4, 0.4, 0.4, 1, 0.4, 0.4, 0.4, 1];
    identity.forEach((value, at) => expect(value).toBeCloseTo(right[at]!, 14));
    // det of (1 − c) I + c J for p = 3: (1 − c)² (1 + 2c).
    expect(logDeterminantOf(target, 3)).toBeCloseTo(Math.log(0.36 * 1.8), 14);
  });

  it("takes rows there and back", async () => {
    const rows = { data: Float64Array.of(1, 2, -3, 0.5, 0, 7), rows: 2, columns: 3 };
    const given = rows.data.slice();

    await sphereByTarget(rows, target, pace);
    const back = rows.data.slice(0, 3);
    unsphereByTarget(back, new Float64Array(9), target);

    back.forEach((value, j) => expect(value).toBeCloseTo(given[j]!, 13));
  });
});

describe("MRCD", () => {
  /** Every fourth of the 226 wavelengths: still more features than rows, for a tenth of the work. */
  const octane = loadData("octane").rows.map((row) => row.filter((_, j) => j % 4 === 0));

  it.each(["identity", "equicorrelation"] as const)("never raises its determinant between steps: target %s", async (target) => {
    for (const rows of [octane, loadData("wine").rows, loadData("breast_cancer").rows]) {
      const { trace } = await mrcd(rows, { target });

      expect(trace.converged).toBe(true);
      const steps = trace.lowerBounds;
      // Boudt et al. (2020), theorem 1: generalised concentration steps do not raise it. Room for rounding of a log-determinant only.
      for (let t = 1; t < steps.length; t++) expect(steps[t]!).toBeGreaterThanOrEqual(steps[t - 1]! - 1e-9 * Math.abs(steps[t]!));
    }
  });

  it.each(["identity", "equicorrelation"] as const)("leaves out all six rows with added alcohol: target %s", async (target) => {
    const { support } = await mrcd(octane, { target, supportFraction: 0.75 });

    expect([25, 26, 36, 37, 38, 39].map((row) => support![row - 1])).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("takes the weight that it is given", async () => {
    const { regularization } = await mrcd(octane, { rho: 0.25 });

    expect(regularization).toEqual({ rho: 0.25, target: "identity", correlation: 0 });
  });

  it("gives on few rows what it gives without the detour by fewer directions", async () => {
    // 30 rows of 30 features go by the 29 directions in which they differ, 31 rows of the same kind do not.
    const random = createRandom(8);
    const X = Array.from({ length: 31 }, () => Array.from({ length: 30 }, () => random.normal()));
    const few = await mrcd(X.slice(0, 30), { supportCount: 30, rho: 0.5 });

    // With all rows in the subset the estimate has a closed form: ρ D² + (1 − ρ) S, with D the scales, which the diagonal gives away.
    const mean = X[0]!.map((_, j) => X.slice(0, 30).reduce((sum, row) => sum + row[j]! / 30, 0));
    const S = (i: number, j: number): number =>
      X.slice(0, 30).reduce((sum, row) => sum + ((row[i]! - mean[i]!) * (row[j]! - mean[j]!)) / 29, 0);
    expect(few.location[3]).toBeCloseTo(mean[3]!, 12);
    expect(few.covariance.data[3 * 30 + 7]).toBeCloseTo(0.5 * S(3, 7), 12);
    expect(few.covariance.data[4 * 30 + 29]).toBeCloseTo(0.5 * S(4, 29), 12);
  });
});
