import fc from "fast-check";
import { describe, it } from "vitest";
import { boundPlot, criterionPlot, densityPlot, histogramPlot, pairPlot, plotMixture, scatterPlot, weightsPlot } from "../src/index.ts";
import { expectWhole } from "./read-svg.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const ordinary = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
const value = fc.oneof(finite, ordinary, fc.constantFrom(0, 1, 1e300, -1e308, 5e-324, Number.MAX_VALUE));
const width = fc.integer({ min: 240, max: 900 });

/** Rows and a mixture in the same number of features; covariances are diagonal, of any size. */
const scene = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 })).chain(([features, groups]) =>
  fc.record({
    X: fc.array(fc.array(value, { minLength: features, maxLength: features }), { minLength: 1, maxLength: 25 }),
    masses: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: groups, maxLength: groups }),
    means: fc.array(fc.array(value, { minLength: features, maxLength: features }), { minLength: groups, maxLength: groups }),
    variances: fc.array(fc.array(value.map(Math.abs), { minLength: features, maxLength: features }), {
      minLength: groups,
      maxLength: groups,
    }),
    featureNames: fc.array(fc.string({ unit: "binary", maxLength: 40 }), { minLength: features, maxLength: features }),
    title: fc.string({ unit: "binary", maxLength: 200 }),
    width,
  }),
);

function componentsOf({ masses, means, variances }: { masses: number[]; means: number[][]; variances: number[][] }) {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const weights = total > 1e-300 ? masses.map((mass) => mass / total) : masses.map((_, k) => (k === 0 ? 1 : 0));
  return { weights, means, covariances: variances.map((row) => row.map((variance, i) => row.map((_, j) => (i === j ? variance : 0)))) };
}

describe("any finite numbers give a whole picture", () => {
  const runs = { numRuns: 60, seed: 20261122 };

  it("of rows and mixtures", () => {
    fc.assert(
      fc.property(scene, ({ X, featureNames, title, width: wide, ...parameters }) => {
        const components = componentsOf(parameters);
        const common = { components, featureNames, title, width: wide };
        for (const draw of [plotMixture, scatterPlot, pairPlot, histogramPlot, densityPlot]) expectWhole(draw({ X, ...common }));
        expectWhole(plotMixture({ X, featureNames, title, width: wide }));
        expectWhole(scatterPlot({ X, ...common, maxPoints: 0 }));
        expectWhole(densityPlot(common));
        expectWhole(histogramPlot(common));
      }),
      runs,
    );
  });

  it("of criteria, bounds and weights", () => {
    const any = fc.oneof(value, fc.constantFrom(NaN, Infinity, -Infinity));
    const candidate = fc.record({
      nComponents: fc.integer({ min: 1, max: 1000 }),
      covarianceType: fc.constantFrom("full", "tied", "diag", "spherical", "another rather long name of a type"),
      bic: fc.option(any, { nil: undefined }),
      degenerate: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(candidate, { minLength: 1, maxLength: 30 }),
        fc.array(any, { maxLength: 50 }),
        fc.array(value.map(Math.abs), { minLength: 1, maxLength: 60 }),
        width,
        (candidates, lowerBounds, weights, wide) => {
          expectWhole(criterionPlot({ candidates, width: wide }));
          expectWhole(boundPlot({ lowerBounds, restarts: [{ lowerBounds }, { iterations: 3, score: lowerBounds[0] }], width: wide }));
          expectWhole(weightsPlot({ weights, width: wide }));
        },
      ),
      runs,
    );
  });
});
