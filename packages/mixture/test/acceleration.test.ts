import { openFit } from "@mixtura/backend/internal/rows";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { mixtureCoordinates } from "../src/acceleration/mixture-coordinates.ts";
import { covarianceKind } from "../src/covariance/kinds.ts";
import { componentsOf, maximise, whitenBlocks } from "../src/em/m-step.ts";
import type { MixtureParameters } from "../src/em/m-step.ts";
import { BayesianGaussianMixture, covarianceTypes, GaussianMixture } from "../src/index.ts";

/** A mixture of two components in two features that is near none of the optima of the rows, in each covariance type. */
function awayFrom(type: (typeof covarianceTypes)[number], by: number): MixtureParameters {
  const kind = covarianceKind(type);
  const matrices = [Float64Array.of(1.2 + by, 0.3 - by, 0.3 - by, 0.8), Float64Array.of(0.7, -0.2 + by, -0.2 + by, 1.5 + by)];
  const blocks = (kind.shared ? matrices.slice(0, 1) : matrices).map((matrix) => kind.project(matrix, 2));
  const covariances = Float64Array.from(blocks.flatMap((block) => [...block]));
  const weights = Float64Array.of(0.4 + by / 3, 0.6 - by / 3);
  return { weights, means: Float64Array.of(-0.5, 0.2 + by, 0.7, -0.1), covariances, ...whitenBlocks(kind, covariances, 2, 2) };
}

const random = createRandom(1);
const X = Array.from({ length: 60 }, (_, i) => [random.normal() + (i % 2), random.normal() - (i % 2)]);

describe("coordinates of mixtures", () => {
  it.each(covarianceTypes)("lead back to the mixture they are of: %s", async (type) => {
    const kind = covarianceKind(type);
    const coordinates = await mixtureCoordinates(kind, awayFrom(type, 0), createPace());
    const mixture = awayFrom(type, 0.1);

    const again = await coordinates.at(await coordinates.of(mixture));

    // A few products of matrices whose numbers are near 1.
    for (const name of ["weights", "means", "covariances"] as const)
      again![name].forEach((value, at) => expect(Math.abs(value - mixture[name][at]!)).toBeLessThan(1e-14));
  });

  it.each(covarianceTypes)("have the slope of the log-likelihood, from what EM makes of a mixture: %s", async (type) => {
    const kind = covarianceKind(type);
    const { rows, pace } = await openFit(
      X,
      {
        caller: "test",
        backend: undefined,
        work: () => 0,
        random: createRandom(1),
        load: () => Promise.reject(new Error("not needed")),
      },
      {},
    );
    const pass = (mixture: MixtureParameters) => rows.expectation(componentsOf(kind, mixture), { scatter: kind.scatter });
    const bound = async (mixture: MixtureParameters) => (await pass(mixture)).logLikelihood / X.length;
    const coordinates = await mixtureCoordinates(kind, awayFrom(type, 0), pace);
    const at = awayFrom(type, 0.1);
    const nothing = { regularisation: new Float64Array(2), least: new Float64Array(2) };
    const mapped = maximise(kind, await pass(at), at, nothing).parameters;

    const slope = await coordinates.slope(at, mapped);

    const place = await coordinates.of(at);
    const [step, apart] = [1e-5, [-1, 1]];
    for (let i = 0; i < place.length; i++) {
      const [low, high] = await Promise.all(
        apart.map(async (side) => bound((await coordinates.at(place.map((value, j) => (i === j ? value + side * step : value))))!)),
      );
      // Central differences: an error of step² and of rounding over step.
      expect(Math.abs((high! - low!) / (2 * step) - slope[i]!)).toBeLessThan(1e-9);
    }
    rows.release();
  });
});

describe("acceleration", () => {
  const cases = [
    ["faithful", 4],
    ["faithful", 3],
    ["penguins", 4],
    ["diabetes", 4],
    ["crabs", 5],
    ["thyroid_gland", 3],
  ] as const;

  it.each(covarianceTypes)("takes fewer passes to come nearer to the optimum, and never lowers the bound: %s", async (covarianceType) => {
    let ratio = 0;
    for (const [name, nComponents] of cases) {
      const { rows } = loadData(name);
      const plain = new GaussianMixture({ nComponents, covarianceType, randomState: 1, tol: 1e-9, maxIter: 5000, acceleration: "none" });
      const [slow, fast] = [await plain.fit(rows), await plain.with({ acceleration: "auto" }).fit(rows)];
      ratio += Math.log(slow.trace.restarts[0]!.passes! / fast.trace.restarts[0]!.passes!) / cases.length;

      const { lowerBounds } = fast.trace;
      const falls = lowerBounds.slice(1).map((bound, t) => lowerBounds[t]! - bound);
      // EM cannot lose likelihood, and what is ahead of it is taken only where it gains; rounding of a mean over all rows.
      expect(Math.max(0, ...falls)).toBeLessThan(1e-12 * Math.abs(lowerBounds[0]!));
    }
    // 2.8 in the geometric mean over 34 starts of full covariances elsewhere; half of that is a fault.
    expect(Math.exp(ratio)).toBeGreaterThan(1.4);
  });

  it("takes fewer passes to a variational posterior, of no lower bound", async () => {
    const { rows } = loadData("faithful");
    for (const weightConcentrationPriorType of ["dirichlet_process", "dirichlet_distribution"] as const) {
      const options = { nComponents: 6, weightConcentrationPriorType, randomState: 1, maxIter: 5000, moves: false } as const;
      const slow = await new BayesianGaussianMixture({ ...options, tol: 1e-9, acceleration: "none" }).fit(rows);
      const fast = await new BayesianGaussianMixture({ ...options, tol: 1e-7 }).fit(rows);

      expect(fast.trace.restarts[0]!.passes).toBeLessThan(slow.trace.restarts[0]!.passes!);
      expect(fast.lowerBound!).toBeGreaterThan(slow.lowerBound! - 1e-7);
    }
  });

  it("says by what is left that a fit has converged: not at a plateau that plain EM takes for the end", async () => {
    const { rows } = loadData("faithful");
    const options = { nComponents: 4, randomState: 2 } as const;
    const end = (await new GaussianMixture({ ...options, tol: 1e-12, maxIter: 9000 }).fit(rows)).logLikelihood!;

    const [plain, auto] = [
      await new GaussianMixture({ ...options, acceleration: "none" }).fit(rows),
      await new GaussianMixture(options).fit(rows),
    ];

    expect(plain.trace.converged && auto.trace.converged).toBe(true);
    expect(end - plain.logLikelihood!).toBeGreaterThan(0.1);
    // A ten-thousandth of a nat per row is ten times what may be left in all.
    expect(end - auto.logLikelihood!).toBeLessThan(0.01);
  });

  it("returns the best state of all where a number is added to variances, though EM goes on downhill", async () => {
    const { rows } = loadData("iris");
    let falls = 0;
    for (const regCovar of [0.001, 0.01, 0.1, 1]) {
      const model = await new GaussianMixture({ nComponents: 3, regCovar, randomState: 1 }).fit(rows);

      const { lowerBounds } = model.trace;
      if (Math.max(...lowerBounds) > lowerBounds.at(-1)!) falls++;
      // The same state, its components in another order.
      expect(model.logLikelihood! / rows.length).toBeGreaterThanOrEqual(Math.max(...lowerBounds) - 1e-12);
    }
    expect(falls).toBeGreaterThan(1);
  });

  it("is plain EM where tol is 0", async () => {
    const { rows } = loadData("iris");
    const options = { nComponents: 3, randomState: 1, tol: 0, maxIter: 30 } as const;

    const [auto, plain] = [
      await new GaussianMixture(options).fit(rows),
      await new GaussianMixture({ ...options, acceleration: "none" }).fit(rows),
    ];

    expect(auto.trace.lowerBounds).toEqual(plain.trace.lowerBounds);
  });
});
