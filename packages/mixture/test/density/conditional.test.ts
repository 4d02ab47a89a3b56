import { createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussLegendre } from "@mixtura/distributions";
import { condition, marginal, predictConditional } from "../../src/density.ts";
import { covarianceTypes, GaussianMixture } from "../../src/index.ts";
import { randomMixture, randomPoint } from "./mixtures.ts";

/** ∫ of a density of one feature, over panels as wide as half a standard deviation. */
function integral(density: (x: number) => number, low: number, high: number, width: number): number {
  const rule = gaussLegendre(16);
  const panels = Math.ceil((high - low) / width);
  const half = (high - low) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++)
    for (const [i, node] of rule.nodes.entries()) sum += half * rule.weights[i]! * density(low + half * (2 * panel + 1 + node));
  return sum;
}

/** Relative difference of two densities that are told by their logarithms: 1e-12, plus what the logarithms' own size costs. */
function sameLogDensity(found: number, right: number): void {
  expect(Math.abs(found - right)).toBeLessThan(1e-12 * Math.max(1, Math.abs(right)));
}

describe.each(covarianceTypes)("conditional and marginal mixtures: %s covariance", (type) => {
  it("integrate to 1", async () => {
    for (let seed = 0; seed < 5; seed++) {
      const model = randomMixture(seed, { d: 4, k: 3, type });
      const one = marginal(model, [2]);
      const given = condition(model, { 0: 0.5, 1: -1, 3: 2 });
      for (const density of [one, given]) {
        const spread = Math.sqrt(Math.min(...[0, 1, 2].map((k) => density.covariance(k).data[0]!)));
        // Sixteen points per two standard deviations are exact to rounding; beyond 40 there is nothing.
        expect(Math.abs(integral((x) => Math.exp(density.point.logDensity([x])), -40, 40, 2 * spread) - 1)).toBeLessThan(1e-12);
      }
    }
  });

  it("agree with ratios of densities to 1e-12: p(a | b) = p(a, b) / p(b)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 4 }), (seed, d, k) => {
        const model = randomMixture(seed, { d, k, type });
        const random = createRandom(seed, 1);
        const x = randomPoint(random, d);
        const order = random.permutation(d);
        const given = Array.from(order.subarray(0, 1 + random.integer(d - 1)));
        const others = Array.from(x.keys()).filter((j) => !given.includes(j));

        const conditional = condition(model, Object.fromEntries(given.map((j) => [j, x[j]!])));
        const evidence = marginal(model, given);

        sameLogDensity(
          conditional.point.logDensity(others.map((j) => x[j]!)),
          model.point.logDensity(x) - evidence.point.logDensity(given.map((j) => x[j]!)),
        );
        expect(conditional.covarianceType).toBe(type);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it("do not depend on whether one conditions at once or in turns", () => {
    const model = randomMixture(9, { d: 5, k: 3, type });
    const at = [0.4, -0.7];

    const atOnce = condition(model, { 1: 0.3, 3: -1 });
    const inTurns = condition(condition(model, { 3: -1 }), { 1: 0.3 });

    sameLogDensity(inTurns.point.logDensity([...at, 1]), atOnce.point.logDensity([...at, 1]));
  });

  it("predict the conditional mean and variance", async () => {
    const model = randomMixture(21, { d: 4, k: 3, type });
    const random = createRandom(8);
    const rows = Array.from({ length: 20 }, () => randomPoint(random, 2));

    const { mean, variance } = await predictConditional(model, rows, { target: [3, 1] });

    for (const [row, [a, c]] of rows.entries()) {
      const conditional = condition(model, { 0: a!, 2: c! }); // features 1 and 3 are left, in this order
      for (const [column, feature] of [1, 0].entries()) {
        const { weights, means } = conditional;
        const centre = weights.reduce((sum, weight, k) => sum + weight * means.data[2 * k + feature]!, 0);
        const square = weights.reduce(
          (sum, weight, k) => sum + weight * (conditional.covariance(k).data[3 * feature]! + (means.data[2 * k + feature]! - centre) ** 2),
          0,
        );
        expect(Math.abs(mean.data[2 * row + column]! - centre)).toBeLessThan(1e-12 * (1 + Math.abs(centre)));
        expect(Math.abs(variance.data[2 * row + column]! - square)).toBeLessThan(1e-12 * square);
      }
    }
  });
});

describe("condition", () => {
  const far = GaussianMixture.fromParameters({
    weights: [0.5, 0.4, 0.1],
    means: [
      [0, 0],
      [5, 5],
      [-5, 1],
    ],
    covariances: [
      [
        [1, 0.5],
        [0.5, 1],
      ],
      [
        [4, 1],
        [1, 4],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ],
    featureNames: ["a", "b"],
  });

  it.each([1e3, 1e6, 1e150, 1e200, 1e300, -1e300])("gives finite weights and means however far out the value is: %d", (value) => {
    const model = condition(far, { a: value });

    // The component with the widest spread in "a" is the likeliest by far.
    expect([...model.weights]).toEqual([0, 1, 0]);
    expect(model.means.data.every(Number.isFinite)).toBe(true);
    expect(model.featureNames).toEqual(["b"]);
  });

  it("leaves components without weight without weight", () => {
    const model = GaussianMixture.fromParameters({
      weights: [0, 1],
      means: [
        [0, 0],
        [1, 1],
      ],
      covariances: [4, 1],
      covarianceType: "spherical",
    });
    expect([...condition(model, { 0: 1e200 }).weights]).toEqual([0, 1]);
  });

  it("keeps variances of independent features to the bit", () => {
    const model = randomMixture(2, { d: 3, k: 2, type: "diag" });
    expect(condition(model, { 1: 0 }).covariance(1).data[3]).toBe(model.covariance(1).data[8]);
  });

  it("survives its own JSON", () => {
    const model = condition(far, { b: 2 });
    expect(GaussianMixture.load(JSON.stringify(model)).toJSON()).toEqual(model.toJSON());
  });
});
