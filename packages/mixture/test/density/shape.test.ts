import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import {
  ellipsoidProbability,
  entropy,
  highestDensityThreshold,
  klDivergence,
  logDensityGradient,
  massAbove,
  modes,
  probability,
} from "../../src/density.ts";
import { quadraticFormCdf } from "../../src/density/quadratic-form.ts";
import { covarianceTypes, GaussianMixture } from "../../src/index.ts";
import { randomMixture, randomPoint } from "./mixtures.ts";
import { reference } from "./reference.ts";

const two = GaussianMixture.fromParameters({ weights: [0.3, 0.7], means: [[-1], [1.5]], covariances: [[[0.25]], [[1.5625]]] });
const other = GaussianMixture.fromParameters({ weights: [0.5, 0.5], means: [[-1], [2]], covariances: [[[1]], [[1]]] });

/** Estimates are held to five standard errors: a fair one fails once in two million. */
const SIGMAS = 5;

describe("entropy and divergence", () => {
  it("lie within their errors of mpmath's integrals", async () => {
    const own = await entropy(two, { randomState: 1 });
    const between = await klDivergence(two, other, { randomState: 2 });

    expect(Math.abs(own.value - reference.mixture.entropy)).toBeLessThan(SIGMAS * own.standardError);
    expect(Math.abs(between.value - reference.mixture.divergence)).toBeLessThan(SIGMAS * between.standardError);
    expect(own.standardError).toBeLessThan(0.01);
  });

  it("state a standard error that the spread over seeds confirms", async () => {
    const estimates = await Promise.all(Array.from({ length: 60 }, (_, seed) => entropy(two, { randomState: seed, draws: 1000 })));
    const mean = estimates.reduce((sum, { value }) => sum + value, 0) / 60;
    const spread = Math.sqrt(estimates.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / 59);
    const stated = estimates.reduce((sum, { standardError }) => sum + standardError, 0) / 60;
    // A standard deviation of 60 values is known to 9 %; four times that.
    expect(Math.abs(spread / stated - 1)).toBeLessThan(0.37);
  });

  it("are exact for one component: the sampled value is within its error of the closed form", async () => {
    const p = randomMixture(3, { d: 3, k: 1, type: "full" });
    const q = randomMixture(4, { d: 3, k: 1, type: "tied" });
    const twice = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [[...p.means.data], [...p.means.data]],
      covariances: [0, 0].map((k) => Array.from({ length: 3 }, (_, i) => Array.from(p.covariance(k).data.subarray(3 * i, 3 * i + 3)))),
    });

    for (const [exact, drawn] of [
      [await entropy(p), await entropy(twice, { randomState: 5 })],
      [await klDivergence(p, q), await klDivergence(twice, q, { randomState: 6 })],
    ] as const) {
      expect(exact.standardError).toBe(0);
      expect(Math.abs(drawn.value - exact.value)).toBeLessThan(SIGMAS * drawn.standardError);
    }
  });
});

describe("regions of highest density", () => {
  it("hold the mass that was asked for, within the stated errors", async () => {
    for (const type of covarianceTypes) {
      const model = randomMixture(7, { d: 3, k: 3, type });
      for (const mass of [0.1, 0.5, 0.95]) {
        const edge = await highestDensityThreshold(model, mass, { randomState: 1 });
        const above = await massAbove(model, edge.value, { randomState: 2 });
        // Both are estimates of the same precision, the first in units of density.
        expect(Math.abs(above.value - mass)).toBeLessThan(SIGMAS * Math.SQRT2 * above.standardError);
        expect(edge.standardError).toBeGreaterThan(0);
        expect(edge.standardError).toBeLessThan(0.05);
      }
    }
  });

  it("are exact for one component", async () => {
    const model = randomMixture(1, { d: 4, k: 1, type: "full" });
    const { value, standardError } = await highestDensityThreshold(model, 0.3);
    expect(standardError).toBe(0);
    // χ² of its own quantile: rounding alone.
    expect(Math.abs((await massAbove(model, value)).value - 0.3)).toBeLessThan(1e-12);
  });
});

describe("ellipsoids", () => {
  it("of one feature are intervals", async () => {
    const found = await ellipsoidProbability(two, { component: 1, radius: 2 });
    const box = await probability(two, { lower: [1.5 - 2.5], upper: [1.5 + 2.5] });
    expect(Math.abs(found.probability - box.probability)).toBeLessThan(1e-14);
  });

  it.each(covarianceTypes)("hold what drawn rows say: %s covariance", async (type) => {
    const model = randomMixture(12, { d: 3, k: 3, type });
    const found = await ellipsoidProbability(model, { component: 1, mass: 0.8 }, { randomState: 3 });

    const { X } = model.sample(100_000, { randomState: 5 });
    const precision = model.precision(1).data;
    const mean = model.means.data.subarray(3, 6);
    let inside = 0;
    for (let row = 0; row < X.rows; row++) {
      let square = 0;
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) square += precision[3 * i + j]! * (X.data[3 * row + i]! - mean[i]!) * (X.data[3 * row + j]! - mean[j]!);
      if (square <= found.radius ** 2) inside++;
    }
    const share = inside / X.rows;
    expect(Math.abs(found.probability - share)).toBeLessThan(SIGMAS * Math.sqrt((share * (1 - share)) / X.rows) + found.errorBound);
    expect(found.own).toBeCloseTo(0.8, 12);
    expect(found.method).toBe("series");
    expect(found.errorBound).toBeLessThan(1e-8);
  });

  it("are summed as a series to 1e-11: equal weights give the noncentral χ² distribution", () => {
    // P(χ²₂(λ = 4) ≤ 5) and P(χ²₅(λ = 100) ≤ 60) by scipy.stats.ncx2.cdf, SciPy 1.17.1.
    const [near, distant] = [0.49587602886173388, 0.0065469098088235681] as const;
    const { value } = quadraticFormCdf(5, Float64Array.of(1, 1), Float64Array.of(2, 0))!;
    const { value: far } = quadraticFormCdf(60, Float64Array.of(1, 1, 1, 1, 1), Float64Array.of(6, 8, 0, 0, 0))!;
    expect(Math.abs(value - near)).toBeLessThan(1e-11);
    expect(Math.abs(far - distant)).toBeLessThan(1e-11);
  });

  it("of needles are drawn, with an honest error", async () => {
    const needle = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [
        [0, 0],
        [0, 0],
      ],
      covariances: [
        [
          [1, 0],
          [0, 1e-8],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
    });
    const found = await ellipsoidProbability(needle, { component: 1, radius: 2 }, { randomState: 1 });
    const thin = await ellipsoidProbability(needle, { component: 0, radius: 2 });

    // A needle through the middle of the disc lies in it for two standard deviations each way, but for 1e-8; the disc's own share is 1 − e^−2.
    const right = 0.5 * 0.9544997361036416 + 0.5 * (1 - Math.exp(-2));
    expect(found.method).toBe("monte-carlo");
    expect(Math.abs(found.probability - right)).toBeLessThan(found.errorBound);
    expect(found.errorBound).toBeLessThan(1e-3);
    // The other way round the series is short. The disc's share of the needle's ellipse is its area times the density: at most 4π · 1e-4 / 2π, half of which counts.
    expect(thin.method).toBe("series");
    expect(thin.probability - 0.5 * thin.own).toBeGreaterThan(0);
    expect(thin.probability - 0.5 * thin.own).toBeLessThan(2e-4);
  });
});

describe("the gradient of the log-density", () => {
  it.each(covarianceTypes)("is the slope of the log-density: %s covariance", (type) => {
    const random = createRandom(4);
    const model = randomMixture(6, { d: 3, k: 3, type });
    for (let trial = 0; trial < 20; trial++) {
      const x = randomPoint(random, 3);
      const gradient = logDensityGradient(model, x);
      for (let j = 0; j < 3; j++) {
        const h = 1e-5;
        const at = (step: number): number => model.point.logDensity(x.map((value, i) => (i === j ? value + step : value)));
        // Central differences: h² of the third derivative, and rounding over h.
        expect(Math.abs(gradient[j]! - (at(h) - at(-h)) / (2 * h))).toBeLessThan(1e-8 * (1 + Math.abs(gradient[j]!)));
      }
    }
  });

  it("is written where the caller says, and finite far away", () => {
    const out = new Float64Array(1);
    expect(logDensityGradient(two, [1e200], out)).toBe(out);
    expect(out[0]! / 1e200).toBeCloseTo(-1 / 1.5625, 12);
  });
});

describe("modes", () => {
  it.each(covarianceTypes)("are where the gradient vanishes and the density falls on all sides: %s covariance", (type) => {
    for (let seed = 0; seed < 8; seed++) {
      const model = randomMixture(seed, { d: 3, k: 4, type });
      const found = modes(model);
      expect(found.flatMap(({ components }) => components).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
      for (const { location, logDensity, converged } of found) {
        expect(converged).toBe(true);
        // A gradient of rounding size, in units of standard deviations of about one.
        for (const slope of logDensityGradient(model, location)) expect(Math.abs(slope)).toBeLessThan(1e-11);
        expect(model.point.logDensity(location)).toBeCloseTo(logDensity, 12);
        for (let j = 0; j < 3; j++)
          for (const step of [-1e-3, 1e-3])
            expect(model.point.logDensity(location.map((value, i) => (i === j ? value + step : value)))).toBeLessThan(logDensity);
      }
      expect(found.map(({ logDensity }) => logDensity)).toEqual(found.map(({ logDensity }) => logDensity).toSorted((a, b) => b - a));
    }
  });

  it("are one or two of two equal normal densities by whether their means lie more than two standard deviations apart", () => {
    const pair = (gap: number) =>
      GaussianMixture.fromParameters({ weights: [0.5, 0.5], means: [[-gap / 2], [gap / 2]], covariances: [[[1]], [[1]]] });
    expect(modes(pair(1.9))).toHaveLength(1);
    expect(modes(pair(2.1))).toHaveLength(2);
  });
});

describe("numbers at the ends of the range of doubles", () => {
  const pair = GaussianMixture.fromParameters({
    weights: [0.5, 0.5],
    means: [
      [0, 0],
      [3, 1],
    ],
    covariances: [
      [
        [1, 0.5],
        [0.5, 2],
      ],
      [
        [2, 0],
        [0, 1],
      ],
    ],
  });

  it("an ellipsoid of any radius up to Infinity holds all that is in reach", async () => {
    for (const radius of [1e150, 1e154, 1e200, Infinity]) {
      const { probability: found, errorBound } = await ellipsoidProbability(pair, { component: 0, radius });
      expect(1 - found).toBeLessThanOrEqual(errorBound);
    }
  });

  it("an ellipsoid holds nothing of a component whose distance has no square", async () => {
    const apart = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [
        [0, 0],
        [1e170, 1],
      ],
      covariances: [1, 1],
      covarianceType: "spherical",
    });
    const found = await ellipsoidProbability(apart, { component: 0, mass: 0.9 });
    // The χ² distribution of two degrees of freedom, by which the radius was found.
    expect(Math.abs(found.probability - 0.45)).toBeLessThanOrEqual(found.errorBound);
    expect(found.errorBound).toBeLessThan(1e-12);
  });

  it("a divergence that is beyond the largest double is Infinity, of unknown error", async () => {
    const far = GaussianMixture.fromParameters({ weights: [0.5, 0.5], means: [[1e160], [-1e200]], covariances: [[[1]], [[1]]] });
    expect(await klDivergence(two, far, { randomState: 1, draws: 100 })).toEqual({ value: Infinity, standardError: Infinity });
    expect(await klDivergence(far, two, { randomState: 1, draws: 100 })).toEqual({ value: Infinity, standardError: Infinity });
  });

  it("densities and gradients are those of the components in range, next to one whose coordinates overflow", async () => {
    const model = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [
        [0, 0],
        [0, 0],
      ],
      covariances: [
        [
          [1e306, 0],
          [0, 1e306],
        ],
        [
          [1e-300, 0.9e-300],
          [0.9e-300, 1e-300],
        ],
      ],
    });
    const wide = GaussianMixture.fromParameters({ weights: [1], means: [[0, 0]], covariances: [1e306], covarianceType: "spherical" });
    // 1e158 in units of 1e-150: the narrow one's second coordinate is one infinite number less another.
    const far = [1e159, 1e159];
    const batch = await model.scoreSamples([far]);
    // Half of the wide one; its exponent, 1e12, rounds to 1e-4.
    expect(model.point.logDensity(far)).toBe(batch[0]);
    expect(Math.abs(model.point.logDensity(far) - (wide.point.logDensity(far) - Math.LN2))).toBeLessThan(1e-3);
    expect(model.point.responsibilities(far, new Float64Array(2))).toEqual(Float64Array.of(1, 0));
    expect([...logDensityGradient(model, far)]).toEqual([...logDensityGradient(wide, far)]);
  });

  it("modes end where a precision cannot be factorised: beyond the largest double, or singular up to rounding", () => {
    const tiny = GaussianMixture.fromParameters({
      weights: [0.5, 0.5],
      means: [[0], [3e-160]],
      covariances: [[[1e-320]], [[1e-320]]],
    });
    expect(modes(tiny).map(({ converged }) => converged)).toEqual([false, false]);
    const flat = GaussianMixture.fromParameters({
      weights: [1],
      means: [[1, 2, 3]],
      covariances: [
        [
          [2.0280834464793096, -0.6766703665746843, -0.590190929451954],
          [-0.6766703665746843, 0.22577117612948014, 0.1969172262350393],
          [-0.590190929451954, 0.1969172262350393, 0.4006730805568145],
        ],
      ],
    });
    expect(modes(flat)).toMatchObject([{ location: Float64Array.of(1, 2, 3), converged: true }]);
  });
});
