import { createRandom } from "@mixtura/core/authoring";
import { normalInterval, normalPdf } from "@mixtura/distributions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cdf, probability, quantile } from "../../src/density.ts";
import { covarianceTypes, GaussianMixture } from "../../src/index.ts";
import { covariance, randomMixture } from "./mixtures.ts";
import { randomBox } from "./random-boxes.ts";
import { reference, relativeError } from "./reference.ts";

const equicorrelated = (d: number, r: number): number[][] =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_unused, j) => (i === j ? 1 : r)));
const standard = (correlation: readonly (readonly number[])[]) =>
  GaussianMixture.fromParameters({ weights: [1], means: [correlation.map(() => 0)], covariances: [correlation] });

describe("boxes with a closed form", () => {
  it.each(["diag", "spherical", "full"] as const)(
    "are products over independent features, to 1e-12 and in the tails: %s",
    async (covarianceType) => {
      // mpmath's intervals as the sides of one box: the answer is the product of its values, here down to 1e-290.
      const sides = reference.normal.intervals.filter(([, , value]) => value > 1e-30);
      const d = sides.length;
      const ones = sides.map(() => 1);
      const covariances = { diag: [ones], spherical: [1], full: [sides.map((_, i) => sides.map((_unused, j) => Number(i === j)))] };
      const model = GaussianMixture.fromParameters({
        weights: [1],
        means: [sides.map(() => 0)],
        covariances: covariances[covarianceType],
        covarianceType,
      });

      const found = await probability(model, { lower: sides.map(([a]) => a), upper: sides.map(([, b]) => b) });

      const right = sides.reduce((product, [, , value]) => product * value, 1);
      expect(found.method).toBe("closed-form");
      expect(relativeError(found.probability, right)).toBeLessThan(1e-12);
      expect(found.errorBound).toBeLessThan(1e-12 * d * right);
    },
  );

  it("keep their digits in both tails of one feature", async () => {
    const model = GaussianMixture.fromParameters({ weights: [1], means: [[0]], covariances: [[[1]]] });
    for (const [z, value] of reference.normal.cdf) {
      // z² roundings of the bound and one of the function.
      expect(relativeError((await probability(model, { upper: [z] })).probability, value)).toBeLessThan(1e-14);
      expect(relativeError((await probability(model, { lower: [-z] })).probability, value)).toBeLessThan(1e-14);
    }
  });

  it.each([-0.99, -0.5, 0, 0.3, 0.8, 0.999])("are orthants of two features, 1/4 + asin(ρ)/2π to 1e-12: ρ = %d", async (r) => {
    const { probability: found, errorBound, method } = await probability(standard(equicorrelated(2, r)), { upper: [0, 0] });

    expect(method).toBe(r === 0 ? "closed-form" : "quadrature");
    expect(Math.abs(found - (0.25 + Math.asin(r) / (2 * Math.PI)))).toBeLessThan(1e-14);
    expect(errorBound).toBeLessThan(2e-14);
  });

  it.each([
    [0.5, 0.5, 0.5],
    [0.9, 0.2, 0.1],
    [-0.3, 0.4, -0.6],
    [0.99, 0.98, 0.97],
    [0.999, -0.5, -0.49],
    [0, 0.7, 0.7],
    [-0.45, -0.45, -0.45],
  ])("are orthants of three features, 1/8 + Σ asin(ρ)/4π to 1e-12: ρ = %d, %d, %d", async (a, b, c) => {
    const model = standard([
      [1, a, b],
      [a, 1, c],
      [b, c, 1],
    ]);
    const right = 0.125 + (Math.asin(a) + Math.asin(b) + Math.asin(c)) / (4 * Math.PI);

    for (const box of [{ upper: [0, 0, 0] }, { lower: [0, 0, 0] }]) {
      const found = await probability(model, box);
      expect(Math.abs(found.probability - right)).toBeLessThan(1e-12);
      expect(Math.abs(found.probability - right)).toBeLessThan(found.errorBound);
    }
  });

  it("leave out unbounded features exactly: ten features, of which two are asked about", async () => {
    const model = standard(equicorrelated(10, 0.5));
    const found = await probability(model, { upper: { 3: 0, 7: 0 } });

    expect(found.method).toBe("quadrature");
    expect(Math.abs(found.probability - 1 / 3)).toBeLessThan(1e-14);
  });

  it("are all or nothing where the box is", async () => {
    const model = randomMixture(1, { d: 4, k: 2, type: "full" });
    const everything = await probability(model, { lower: Array.from({ length: 4 }, () => -Infinity) });
    const nothing = await probability(model, { lower: [0, 0, 0, 1], upper: [1, 1, 1, 1] });

    expect(everything).toMatchObject({ probability: 1, method: "closed-form" });
    expect(nothing).toMatchObject({ probability: 0, method: "closed-form" });
  });
});

describe("boxes by quasi-Monte-Carlo", () => {
  it("hold the truth within the 99 % bound in nearly all random cases", async () => {
    // The bench runs 500 at full precision. These 60 take four features and more; with a true rate of 99 %, two misses at most have probability 98 %.
    let cases = 0;
    let inside = 0;
    for (let seed = 10_000; cases < 60; seed++) {
      const { model, lower, upper, truth } = randomBox(seed, { sharpest: 0.8 });
      const found = await probability(model, { lower, upper }, { randomState: seed, tolerance: 1e-4 });
      if (found.method !== "quasi-monte-carlo") continue;
      cases++;
      if (Math.abs(found.probability - truth) <= found.errorBound) inside++;
      expect(found.errorBound).toBeLessThanOrEqual(1e-4);
    }
    expect(inside).toBeGreaterThanOrEqual(58);
  });

  it.each(reference.general.map((entry, index) => ({ ...entry, index })))("agree with SciPy: case $index", async (entry) => {
    const model = GaussianMixture.fromParameters({
      weights: [1],
      means: [entry.mean],
      covariances: [entry.covariance],
    });
    const lower = entry.lower.map((bound) => bound ?? -Infinity);

    const runs = await Promise.all(
      Array.from({ length: 8 }, (_, seed) => probability(model, { lower, upper: entry.upper }, { randomState: seed, tolerance: 1e-4 })),
    );

    // The mean of eight runs is off by a third of what one may be; SciPy's mean of four by half their spread, of which five times are allowed.
    const mean = runs.reduce((sum, { probability: found }) => sum + found, 0) / runs.length;
    const bound = Math.max(...runs.map(({ errorBound }) => errorBound));
    expect(bound).toBeLessThanOrEqual(1e-4);
    expect(Math.abs(mean - entry.probability)).toBeLessThan(bound / 2 + 2.5 * entry.spread);
  });

  it("are orthants with known probability: equal correlation ½ in d features gives 1/(d + 1)", async () => {
    for (const d of [4, 7, 12]) {
      const box = { upper: Array.from({ length: d }, () => 0) };
      const found = await probability(standard(equicorrelated(d, 0.5)), box, { randomState: d, tolerance: 1e-4 });
      expect(Math.abs(found.probability - 1 / (d + 1))).toBeLessThan(found.errorBound);
    }
  });

  it("give complements that sum to 1", async () => {
    const model = randomMixture(5, { d: 5, k: 3, type: "full" });
    const cut = [0.3, -0.2, 0.5, 0.1];
    // The sixteen orthants about a point in four of the features.
    let sum = 0;
    let bound = 0;
    for (let corner = 0; corner < 16; corner++) {
      const lower = [...cut.map((value, j) => ((corner >> j) & 1 ? value : -Infinity)), -Infinity];
      const upper = [...cut.map((value, j) => ((corner >> j) & 1 ? Infinity : value)), Infinity];
      const found = await probability(model, { lower, upper }, { randomState: corner });
      sum += found.probability;
      bound += found.errorBound ** 2;
    }
    // Independent errors add up by their squares.
    expect(Math.abs(sum - 1)).toBeLessThan(Math.sqrt(bound));
  });

  it("are the same for the same seed and stop at maxPoints", async () => {
    const model = standard(covariance(8, createRandom(3)));
    const box = { lower: Array.from({ length: 8 }, () => -1) };

    const one = await probability(model, box, { randomState: 4, maxPoints: 10_000, tolerance: 0 });
    const two = await probability(model, box, { randomState: 4, maxPoints: 10_000, tolerance: 0 });
    const longer = await probability(model, box, { randomState: 4, maxPoints: 200_000, tolerance: 0 });

    expect(two).toEqual(one);
    expect(longer.errorBound).toBeLessThan(one.errorBound / 4);
  });

  it("report their progress, and can be aborted", async () => {
    const model = standard(covariance(8, createRandom(3)));
    const controller = new AbortController();
    const points: number[] = [];
    const running = probability(
      model,
      { lower: Array.from({ length: 8 }, () => -1) },
      {
        tolerance: 0,
        maxPoints: 1e12,
        randomState: 1,
        signal: controller.signal,
        onProgress: (state) => {
          points.push(state.points);
          if (points.length === 3) controller.abort();
        },
      },
    );

    await expect(running).rejects.toMatchObject({ code: "aborted" });
    expect(points).toEqual([4096, 8192, 16_384]);
  });
});

// P(all of d standard normals of correlation r lie above a), by mpmath with 30 digits: ∫ φ(t) Φ((√r t − a) / √(1 − r))ᵈ dt.
describe("boxes far out (#16)", () => {
  const above = (d: number, r: number, a: number, options = {}) =>
    probability(standard(equicorrelated(d, r)), { lower: Array.from({ length: d }, () => a) }, { randomState: 1, ...options });

  it.each([
    [3, 0.2, 4, 7.929222039092421e-11],
    [3, 0.2, 6, 1.3260467651116947e-20],
    [3, 0.2, 8, 5.523326116930825e-34],
    [3, 0.5, 4, 4.2427530229759464e-8],
    [3, 0.5, 6, 4.819420993068056e-15],
    [3, 0.5, 8, 1.7039391279002305e-24],
    [3, 0.8, 4, 2.006619524011172e-6],
    [3, 0.8, 6, 8.47167032087103e-12],
    [3, 0.8, 8, 4.18828437167081e-19],
  ])("have digits, and a bound that says so: %d features, ρ = %d, from %d", async (d, r, a, truth) => {
    const { probability: found, errorBound } = await above(d, r, a, { relativeTolerance: 1e-6 });

    expect(Math.abs(found - truth)).toBeLessThanOrEqual(errorBound);
    // What the quadrature promises far out; nearer, the absolute error alone is small enough.
    expect(errorBound / truth).toBeLessThan(1e-6);
  });

  it.each([
    [4, 0.2, 4, 9.686444068772575e-13],
    [4, 0.2, 6, 3.2757279402665106e-24],
    [4, 0.2, 8, 7.123331937716472e-40],
    [4, 0.5, 4, 7.974036142795075e-9],
    [4, 0.5, 6, 2.602067238613764e-16],
    [4, 0.5, 8, 1.8419972383393637e-26],
    [4, 0.8, 4, 1.1013390804229098e-6],
    [4, 0.8, 6, 3.1947728376656822e-12],
    [4, 0.8, 8, 1.003146525169624e-19],
    [6, 0.2, 4, 1.2563485280850854e-15],
    [6, 0.2, 6, 1.548628456678671e-29],
    [6, 0.2, 8, 1.8872309619746447e-48],
  ])("are sampled until the bound is a tenth of them: %d features, ρ = %d, from %d", async (d, r, a, truth) => {
    const { probability: found, errorBound, method } = await above(d, r, a);

    expect(method).toBe("quasi-monte-carlo");
    expect(Math.abs(found - truth)).toBeLessThan(errorBound);
    expect(errorBound / found).toBeLessThanOrEqual(0.1);
  });

  it("have points doubled twice more where no fraction is asked for, and as often as it takes where one is", async () => {
    const pointsOf = async (options: object): Promise<number> => {
      let most = 0;
      await above(6, 0.5, 6, { ...options, onProgress: ({ points }: { points: number }) => (most = points) });
      return most;
    };

    // 4096 points are exact to 1e-5 by far, and no more than to a half of 5.9e-18.
    expect(await pointsOf({ relativeTolerance: 10 })).toBe(4096);
    expect(await pointsOf({})).toBe(16_384);
    const { errorBound, probability: found } = await above(6, 0.5, 6, { relativeTolerance: 0.05 });
    expect(errorBound / found).toBeLessThanOrEqual(0.05);
    expect(Math.abs(found - 5.8787e-18)).toBeLessThan(errorBound);
    expect(await pointsOf({ relativeTolerance: 1e-9, maxPoints: 40_000 })).toBe(32_768);
  });
});

describe("complements of boxes without sampling", () => {
  it("sum to 1 for any cut through a mixture of up to three features", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(...covarianceTypes),
        fc.double({ min: -4, max: 4, noNaN: true }),
        async (seed, d, type, cut) => {
          const model = randomMixture(seed, { d, k: 2, type });
          let sum = 0;
          for (let corner = 0; corner < 1 << d; corner++) {
            const side = (whenSet: number, otherwise: number) =>
              Array.from({ length: d }, (_, j) => ((corner >> j) & 1 ? whenSet : otherwise));
            sum += (await probability(model, { lower: side(cut, -Infinity), upper: side(Infinity, cut) })).probability;
          }
          // Eight quadratures of 1e-13 at most.
          expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });
});

describe("cdf and quantile", () => {
  const model = GaussianMixture.fromParameters({ weights: [0.3, 0.7], means: [[-1], [1.5]], covariances: [[[0.25]], [[1.5625]]] });

  it.each(reference.mixture.quantiles)("the quantile of %d is mpmath's", (p, value) => {
    // The quantile is a double; mpmath's was rounded to one as well.
    expect(relativeError(quantile(model, p), value)).toBeLessThan(1e-14);
  });

  it("are inverse to each other, to 1e-13 of the smaller tail", async () => {
    for (const p of [1e-300, 1e-30, 1e-5, 0.2, 0.3, 0.5, 0.77, 0.999, 1 - 1e-12]) {
      const x = quantile(model, p);
      const { probability: below } = await cdf(model, [x]);
      const { probability: above } = await probability(model, { lower: [x] });
      // One step of x in its last place moves the tail by x · density: more than 1e-13 of it only where z² is above 400.
      expect(p < 0.5 ? relativeError(below, p) : relativeError(above, 1 - p)).toBeLessThan(p < 1e-100 ? 1e-12 : 1e-13);
    }
  });

  it("meet in the gap between components that lie far apart", async () => {
    const apart = GaussianMixture.fromParameters({ weights: [0.5, 0.5], means: [[-1e3], [1e3]], covariances: [[[1]], [[1]]] });
    const x = quantile(apart, 0.5);
    expect((await cdf(apart, [x])).probability).toBe(0.5);
  });
});

describe("boxes that are thin slices of features which all but agree", () => {
  const slices = [
    [1, 1.0001],
    [2.7, 2.70001],
  ] as const;

  it.each([1e-3, 1e-5, 1e-7, 1e-9, 1e-12, 1e-14])(
    "hold the slice's probability where nothing else cuts it, in 2, 3 and 4 features: 1 − ρ = %d",
    async (gap) => {
      for (const d of [2, 3, 4]) {
        // The first feature is a little farther from the others than these are from each other, so each of them is integrated over in turn.
        const correlation = equicorrelated(d, 1 - gap / 2).map((row, i) =>
          row.map((r, j) => (i !== j && (i === 0 || j === 0) ? 1 - gap : r)),
        );
        for (const [from, to] of slices) {
          for (let slice = 0; slice < d; slice++) {
            for (const far of [-Infinity, -10]) {
              const at = (value: number, otherwise: number) => Array.from({ length: d }, (_, j) => (j === slice ? value : otherwise));
              const found = await probability(standard(correlation), { lower: at(from, far), upper: at(to, 8) }, { randomState: 1 });

              // The other features are nowhere near their bounds once this one is in the slice: fifty standard deviations of the difference.
              const right = normalInterval(from, to);
              // Quadrature of three features is exact to 1e-13 absolutely, all else to 1e-11 of the value, of which the bounds' rounding takes its part.
              expect(Math.abs(found.probability - right)).toBeLessThan(d === 3 ? 2e-13 : 2e-11 * right);
              if (d === 3) expect(Math.abs(found.probability - right)).toBeLessThan(found.errorBound);
            }
          }
        }
      }
    },
  );

  it("are cut in two without loss by a bound of the other feature", async () => {
    const model = standard(equicorrelated(2, 1 - 1e-12));
    for (const cut of [0.9, 1, 1.00003, 1.00005, 1.0001, 1.1]) {
      const below = await probability(model, { lower: [1, -Infinity], upper: [1.0001, cut] });
      const above = await probability(model, { lower: [1, cut], upper: [1.0001, Infinity] });
      const right = normalInterval(1, 1.0001);
      // Two quadratures of 1e-11 each.
      expect(Math.abs(below.probability + above.probability - right)).toBeLessThan(2e-11 * right);
    }
  });

  it("of two features that differ by a third are found where both slices meet", async () => {
    // y = s z + x / 10 and y′ = s z − x / 10, so that x is their difference, but for a standard deviation of 1.4e-6.
    const model = standard([
      [1, 0.1, -0.1],
      [0.1, 1, 0.98 - 1e-12],
      [-0.1, 0.98 - 1e-12, 1],
    ]);
    const width = 1e-4;
    const { probability: found } = await probability(model, { lower: [-Infinity, 1, 1], upper: [5, 1 + width, 1 + width] });

    // The density of (y, y′) in the middle of the square, times its area; it is even about there to the second order, 1e-8.
    const right = normalPdf((1 + width / 2) / Math.sqrt(0.99)) * normalPdf(0) * (width ** 2 / (0.2 * Math.sqrt(0.99)));
    // The square's edges are blurred by 1.4e-6 / 1e-4, evenly.
    expect(relativeError(found, right)).toBeLessThan(1e-4);
  });

  it("of three features that lie in a plane or on a line, all but for a little, hold what their parts hold", async () => {
    for (let seed = 0; seed < 260; seed++) {
      const random = createRandom(seed);
      const between = (low: number, high: number): number => low + (high - low) * random.uniform();
      const little = 10 ** between(-7, 0);
      const rank = random.integer(2) + 1;
      const loads = Array.from({ length: 3 }, () => Array.from({ length: rank }, () => random.normal()));
      const cov = loads.map((a, i) => loads.map((b, j) => a.reduce((sum, x, t) => sum + x * b[t]!, 0) + (i === j ? little ** 2 : 0)));
      const model = standard(cov.map((row, i) => row.map((value, j) => value / Math.sqrt(cov[i]![i]! * cov[j]![j]!))));
      const inside = [...model.sample(1, { randomState: seed }).X.data];
      const widths = inside.map(() => 10 ** between(-4, 0));
      const lower = inside.map((x, j) => (random.uniform() < 0.3 ? -Infinity : x - widths[j]! * random.uniform()));
      const upper = inside.map((x, j) => (random.uniform() < 0.2 ? 8 : x + widths[j]! * random.uniform()));
      const cut = inside.map((x, j) => Math.min(upper[j]!, x + 0.1 * widths[j]!));

      const whole = await probability(model, { lower, upper });
      let sum = 0;
      let bound = whole.errorBound;
      for (let part = 0; part < 8; part++) {
        const found = await probability(model, {
          lower: lower.map((value, j) => ((part >> j) & 1 ? cut[j]! : value)),
          upper: upper.map((value, j) => ((part >> j) & 1 ? value : cut[j]!)),
        });
        sum += found.probability;
        bound += found.errorBound;
      }
      // Each is off by its bound at most.
      expect(Math.abs(sum - whole.probability), `seed ${seed}`).toBeLessThan(bound);
    }
  });
});
