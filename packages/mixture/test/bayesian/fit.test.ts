import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { BayesianGaussianMixture, covarianceTypes, GaussianMixture } from "../../src/index.ts";
import type { BayesianGaussianMixtureOptions } from "../../src/index.ts";

const iris = loadData("iris").rows;
const faithful = loadData("faithful").rows;
const wine = loadData("wine").rows;
const priorTypes = ["dirichlet_process", "dirichlet_distribution"] as const;

/** The smallest step of a fit's bounds, relative to the bound. */
function worstStep(bounds: readonly number[]): number {
  return Math.min(...bounds.slice(1).map((bound, step) => (bound - bounds[step]!) / Math.abs(bound)));
}

describe.each(covarianceTypes)("bounds, %s covariance", (covarianceType) => {
  it.each(priorTypes.flatMap((type) => [undefined, 20, "learn" as const].map((prior) => [type, prior] as const)))(
    "never fall under %s, concentration %s, nor by a move",
    async (weightConcentrationPriorType, weightConcentrationPrior) => {
      for (const [X, moves] of [
        [iris, false],
        [iris, true],
        [wine, true],
      ] as const) {
        const options = { covarianceType, weightConcentrationPriorType, moves, nComponents: 7, randomState: 3 };

        const { trace } = await new BayesianGaussianMixture({
          ...options,
          ...(weightConcentrationPrior === undefined ? {} : { weightConcentrationPrior }),
        }).fit(X);

        // A theorem; the rest is rounding, which the condition of wine's covariances (1e5 between features of one unit) magnifies.
        expect(worstStep(trace.lowerBounds)).toBeGreaterThan(-1e-12);
      }
    },
  );
});

describe("moves", () => {
  it.each(priorTypes)("bring a start with too many components to the species of the wines: %s", async (weightConcentrationPriorType) => {
    const options = { nComponents: 12, weightConcentrationPriorType, randomState: 1 };

    const [plain, moved] = await Promise.all([false, true].map((moves) => new BayesianGaussianMixture({ ...options, moves }).fit(wine)));

    expect(plain!.effectiveComponents()).toBe(12);
    expect(moved!.effectiveComponents()).toBe(3);
    expect(moved!.lowerBound!).toBeGreaterThan(plain!.lowerBound! + 1);
  });

  it("put the components of a process in the order of their size", async () => {
    const { weights, sticks } = await new BayesianGaussianMixture({ nComponents: 8, randomState: 2, moves: true }).fit(iris);

    const byStick = Array.from(weights.keys(), (stick) => weights[sticks!.indexOf(stick)]!);
    expect(byStick).toEqual(byStick.toSorted((a, b) => b - a));
  });

  it("are tried within maxIter only, and not at all where maps are counted", async () => {
    const few = await new BayesianGaussianMixture({ nComponents: 12, randomState: 1, moves: true, maxIter: 20 }).fit(wine);
    const counted = await new BayesianGaussianMixture({ nComponents: 12, randomState: 1, moves: true, tol: 0, maxIter: 30 }).fit(wine);

    expect(few.trace.iterations).toBeLessThanOrEqual(20);
    expect(counted.trace.iterations).toBe(30);
    expect(counted.effectiveComponents()).toBe(12);
  });

  it("can be aborted", async () => {
    const controller = new AbortController();
    // The plain maps are done after 14 iterations from this start: what follows are moves.
    const onProgress = ({ iteration }: { iteration: number }): void => {
      if (iteration > 14) controller.abort();
    };

    const fit = new BayesianGaussianMixture({ nComponents: 12, randomState: 1, moves: true }).fit(wine, {
      signal: controller.signal,
      onProgress,
    });

    await expect(fit).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("a learnt concentration", () => {
  /** k groups of normal rows on a ring. */
  function ring(k: number): number[][] {
    const random = createRandom(5);
    return Array.from({ length: 240 }, (_, i) => {
      const angle = (2 * Math.PI * (i % k)) / k;
      return [20 * Math.cos(angle) + random.normal(), 20 * Math.sin(angle) + random.normal()];
    });
  }

  it.each(priorTypes)("is small for few components and large for many: %s", async (weightConcentrationPriorType) => {
    // The default prior takes the groups to be as wide as the ring, and would rather merge two of them.
    const covariancePrior = [
      [2, 0],
      [0, 2],
    ];
    const learn = { weightConcentrationPriorType, weightConcentrationPrior: "learn", moves: true, covariancePrior } as const;
    const learnt = await Promise.all(
      [2, 8].map((k) => new BayesianGaussianMixture({ ...learn, nComponents: 14, randomState: 1 }).fit(ring(k))),
    );

    expect(learnt.map((model) => model.effectiveComponents())).toEqual([2, 8]);
    expect(learnt[0]!.prior.weightConcentration).toBeLessThan(0.4 * learnt[1]!.prior.weightConcentration);
  });
});

describe("starts", () => {
  it("from a fitted model go on where it stood, to the bit", async () => {
    const options = { nComponents: 4, tol: 0, randomState: 1 };
    const half = await new BayesianGaussianMixture({ ...options, maxIter: 10 }).fit(iris);
    const whole = await new BayesianGaussianMixture({ ...options, maxIter: 20 }).fit(iris);

    const onwards = await new BayesianGaussianMixture({ ...options, maxIter: 10, init: half }).fit(iris);

    expect(onwards.trace.lowerBounds.length).toBe(10);
    // Means go through the data's own coordinates and back.
    onwards.trace.lowerBounds.forEach((bound, step) => expect(Math.abs(bound - whole.trace.lowerBounds[step + 10]!)).toBeLessThan(1e-12));
  });

  it("from a Gaussian mixture, or a posterior of another kind, take its responsibilities", async () => {
    const mixture = await new GaussianMixture({ nComponents: 3, randomState: 1 }).fit(iris);
    const other = await new BayesianGaussianMixture({ nComponents: 3, covarianceType: "diag", randomState: 1 }).fit(iris);

    for (const init of [mixture, other]) {
      const model = await new BayesianGaussianMixture({ nComponents: 3, init, maxIter: 0 }).fit(iris);

      const shares = await (init === mixture ? mixture : other.toGaussianMixture()).predictProba(iris);
      const masses = [0, 1, 2].map((k) => iris.reduce((sum, _row, i) => sum + shares.data[3 * i + k]!, 0));
      if (init === mixture) masses.forEach((mass, k) => expect(model.meanPrecision[k]!).toBeCloseTo(mass + 1, 9));
      expect(model.trace.iterations).toBe(0);
      expect(Number.isFinite(model.lowerBound)).toBe(true);
    }
  });

  it.each(["kmeans", "k-means++", "random", "random_from_data"] as const)(
    "by %s all end in sound models, the best of which is kept",
    async (initParams) => {
      const { trace, lowerBound } = await new BayesianGaussianMixture({ nComponents: 3, initParams, nInit: 4, randomState: 1 }).fit(iris);

      expect(trace.restarts.length).toBe(4);
      expect(Math.max(...trace.restarts.map(({ score }) => score))).toBe(lowerBound);
    },
  );

  it("so far away that a row has no density are refused", async () => {
    const options = { meansInit: [[1e160]], precisionsInit: [[[1]]], weightsInit: [1] };

    await expect(new BayesianGaussianMixture(options).fit([[1], [2], [3]])).rejects.toMatchObject({ code: "invalid-option" });
  });
});

describe("bad input is refused before any work", () => {
  const refused: readonly (readonly [string, BayesianGaussianMixtureOptions, string])[] = [
    ["degreesOfFreedomPrior of d − 1", { degreesOfFreedomPrior: 3 }, "invalid-option"],
    ["degreesOfFreedomPrior of d − 1, spherical", { degreesOfFreedomPrior: 3, covarianceType: "spherical" }, "invalid-option"],
    [
      "an indefinite covariancePrior",
      {
        covariancePrior: [
          [1, 2],
          [2, 1],
        ],
      },
      "invalid-shape",
    ],
    ["an indefinite covariancePrior of the right size", { covariancePrior: indefinite() }, "not-positive-definite"],
    [
      "a crooked covariancePrior",
      { covariancePrior: indefinite().map((row, i) => row.map((value, j) => (i === j ? 5 : i < j ? value : 0))) },
      "not-positive-definite",
    ],
    ["a negative variance", { covariancePrior: [1, 1, -1, 1], covarianceType: "diag" }, "not-positive-definite"],
    ["a matrix for spherical", { covariancePrior: indefinite(), covarianceType: "spherical" }, "invalid-shape"],
    ["a number for full", { covariancePrior: 2 }, "invalid-shape"],
    ["a short meanPrior", { meanPrior: [1, 2] }, "invalid-shape"],
    ["a meanPrior that is not finite", { meanPrior: [1, 2, Infinity, 3] }, "not-finite"],
  ];

  function indefinite(): number[][] {
    return Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_value, j) => (i === j ? 1 : 2)));
  }

  it.each(refused)("%s", async (_, options, code) => {
    let events = 0;

    await expect(new BayesianGaussianMixture(options).fit(iris, { onProgress: () => events++ })).rejects.toMatchObject({ code });

    expect(events).toBe(0);
  });

  it.each([
    ["no concentration", { weightConcentrationPrior: 0 }],
    ["a word that is none", { weightConcentrationPrior: "learnt" }],
    ["no precision", { meanPrecisionPrior: 0 }],
    ["a negative variance", { covariancePrior: -1, covarianceType: "spherical" }],
    ["learning by a bound that bounds nothing", { priorConvention: "scikit-learn", weightConcentrationPrior: "learn" }],
    ["moves by a bound that bounds nothing", { priorConvention: "scikit-learn", moves: true }],
  ] as const)("%s, when the estimator is made", (_, options) => {
    expect(() => new BayesianGaussianMixture(options as never)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});

describe("what a fit reports", () => {
  const codes = async (X: readonly (readonly number[])[], options: BayesianGaussianMixtureOptions = {}): Promise<string[]> => {
    const { trace } = await new BayesianGaussianMixture({ nComponents: 2, randomState: 1, ...options }).fit(X);
    return trace.diagnostics.map(({ code }) => code);
  };

  it("is nothing of sound data", async () => {
    expect(await codes(faithful)).toEqual([]);
  });

  it("is a prior that was lifted where features are constant or collinear, of the conjugate convention only", async () => {
    const collinear = faithful.map(([a, b]) => [a!, b!, 2 * a! - b!]);
    const constant = faithful.map(([a, b]) => [a!, b!, 7]);

    expect(await codes(collinear)).toEqual(["collinear-features", "floored-prior"]);
    expect(await codes(constant)).toEqual(["constant-feature", "floored-prior"]);
    expect(await codes(constant, { covarianceType: "diag" })).toEqual(["constant-feature", "floored-prior"]);
    expect(await codes(collinear, { priorConvention: "scikit-learn" })).not.toContain("floored-prior");
  });

  it("is a prior of more weight than the rows, and components that are flat by themselves", async () => {
    const places = Array.from({ length: 40 }, (_, i) => [(i % 2) * 9, i % 2]);

    expect(
      await codes(
        [
          [1, 2],
          [2, 1],
        ],
        {
          covariancePrior: [
            [1, 0],
            [0, 1],
          ],
        },
      ),
    ).toContain("prior-outweighs-data");
    // Steps would limit how narrow a component is.
    const covariancePrior = [
      [1, 0],
      [0, 1],
    ];
    const flat = (found: readonly string[]) => found.filter((code) => code === "flat-component");
    expect(flat(await codes(places, { covariancePrior, regCovar: 0 }))).toHaveLength(2);
    expect(flat(await codes(places, { covariancePrior }))).toEqual([]);
  });
});

describe("rows of a scale at the ends of what can be fitted", () => {
  it.each([1e-150, 1e150])("are fitted like the same rows in other units: × %d", async (unit) => {
    for (const covarianceType of covarianceTypes) {
      // A product of two variances is no double here, so nothing may hang on one.
      const estimator = new BayesianGaussianMixture({ nComponents: 3, covarianceType, randomState: 3, maxIter: 20, tol: 0 });
      const plain = await estimator.fit(iris);
      const scaled = await estimator.fit(iris.map((row) => row.map((value) => value * unit)));

      // Rounded rows, through twenty maps.
      for (const [at, value] of plain.weights.entries()) expect(Math.abs(scaled.weights[at]! - value)).toBeLessThan(1e-9);
      expect(BayesianGaussianMixture.load(JSON.stringify(scaled)).weights).toEqual(scaled.weights);
    }
  });
});
