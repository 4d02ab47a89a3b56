import { isMixturaError, matrix } from "@mixtura/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleaningPlot, contributionsPlot, densityPlot, distancePlot, qqPlot, scorePlot } from "../src/index.ts";
import { identity } from "./examples.ts";
import { expectWhole } from "./read-svg.ts";

const one = { weights: [1], means: [[0, 0]], covariances: [identity(2)] };

describe("data that is hard to draw", () => {
  const million = (): Float64Array => Float64Array.from({ length: 1_000_000 }, (_, row) => (row % 50_000 === 0 ? 400 : (row % 97) / 10));
  const cases: Record<string, () => string[]> = {
    "one row": () => [
      distancePlot({ classical: [0], robust: [5], features: 1 }),
      qqPlot({ squaredDistances: [5], features: 1, cutoff: 1 }),
      scorePlot({ scores: [0] }),
      scorePlot({ scores: [3], threshold: 5 }),
      cleaningPlot({ X: [[1, 2]], removed: [1], before: one, after: one }),
      contributionsPlot({ contributions: [0] }),
    ],
    "all alike": () => [
      distancePlot({ classical: new Float64Array(50), robust: new Float64Array(50), features: 2 }),
      qqPlot({ squaredDistances: new Float64Array(50), features: 2 }),
      scorePlot({ scores: new Float64Array(50).fill(-3), threshold: -3 }),
      cleaningPlot({ X: matrix(new Float64Array(40).fill(7), 20, 2), removed: new Uint8Array(20) }),
      contributionsPlot({ contributions: [0, 0, 0], values: [1, 1, 1], expected: [1, 1, 1], deviations: [0, 0, 0] }),
    ],
    "nothing but outliers": () => [
      distancePlot({ classical: [1, 2], robust: [99, 100], features: 2 }),
      qqPlot({ squaredDistances: [99, 100], features: 2, cutoff: 7 }),
      scorePlot({ scores: [-99, -100], threshold: -7 }),
      cleaningPlot({
        X: [
          [1, 2],
          [3, 4],
        ],
        removed: [1, 1],
      }),
    ],
    "all scores infinite": () => [
      scorePlot({ scores: [-Infinity, -Infinity] }),
      scorePlot({ scores: [-Infinity, Infinity], threshold: 0 }),
    ],
    "a threshold far from all scores": () => [
      scorePlot({ scores: [1, 2, 3], threshold: -1e9 }),
      scorePlot({ scores: [1, 2, 3], threshold: 1e9 }),
    ],
    "many outliers close to each other": () => [
      distancePlot({ classical: new Float64Array(3000).fill(500), robust: new Float64Array(3000).fill(500), features: 2 }),
      qqPlot({ squaredDistances: new Float64Array(3000).fill(500), features: 2, cutoff: 7 }),
    ],
    "a million rows": () => [
      distancePlot({ classical: million(), robust: million(), features: 4 }),
      qqPlot({ squaredDistances: million(), features: 4, cutoff: 11 }),
      scorePlot({ scores: million().map((value) => -value), threshold: -11 }),
    ],
    "two hundred features": () => [
      cleaningPlot({ X: [new Float64Array(200), new Float64Array(200).fill(1)], removed: [0, 0], width: 400 }),
    ],
  };

  it.each(Object.entries(cases))("%s: whole pictures", (_, draw) => {
    for (const svg of draw()) {
      expectWhole(svg);
      expect(svg.length).toBeLessThan(400_000);
    }
  });

  it("any finite numbers give a whole picture", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.constantFrom(0, 1e300, 5e-324),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 40 }),
        value,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 240, max: 900 }),
        fc.string({ unit: "binary", maxLength: 30 }),
        (numbers, edge, features, width, name) => {
          const squares = numbers.map(Math.abs);
          const rowNames = numbers.map(() => name);
          expectWhole(distancePlot({ classical: squares.toReversed(), robust: squares, features, width, rowNames, title: name }));
          expectWhole(distancePlot({ classical: squares, robust: squares, cutoffs: { classical: Math.abs(edge), robust: 1 }, width }));
          expectWhole(qqPlot({ squaredDistances: squares, features, cutoff: Math.abs(edge), width, rowNames }));
          expectWhole(scorePlot({ scores: numbers, threshold: edge, width, scoreName: name }));
          expectWhole(scorePlot({ scores: numbers, width }));
          expectWhole(
            contributionsPlot({
              contributions: numbers,
              values: numbers,
              expected: squares,
              deviations: squares,
              width,
              featureNames: rowNames,
            }),
          );
          expectWhole(cleaningPlot({ X: numbers.map((number) => [number, edge]), removed: numbers.map((_, row) => row % 2), width }));
        },
      ),
      { numRuns: 60, seed: 20261126 },
    );
  });
});

describe("nonsense is refused with a code of ours, before anything is drawn", () => {
  const cases: readonly [string, string, () => string][] = [
    ["no distances", "invalid-option", () => distancePlot({ classical: [], robust: [], features: 1 })],
    ["distances of two lengths", "invalid-option", () => distancePlot({ classical: [1, 2], robust: [1], features: 1 })],
    ["a negative distance", "invalid-option", () => qqPlot({ squaredDistances: [-1], features: 1 })],
    ["a distance that is none", "not-finite", () => qqPlot({ squaredDistances: [NaN], features: 1 })],
    ["an infinite distance", "not-finite", () => distancePlot({ classical: [1], robust: [Infinity], features: 1 })],
    ["neither features nor cutoffs", "invalid-option", () => distancePlot({ classical: [1], robust: [1] })],
    ["a cutoff below 0", "invalid-option", () => distancePlot({ classical: [1], robust: [1], features: 1, cutoffs: { robust: -1 } })],
    ["half a feature", "invalid-option", () => qqPlot({ squaredDistances: [1], features: 0.5 })],
    ["an envelope of everything", "invalid-option", () => qqPlot({ squaredDistances: [1], features: 1, envelope: 1 })],
    ["too few row names", "invalid-option", () => qqPlot({ squaredDistances: [1, 2], features: 1, rowNames: ["a"] })],
    ["a score that is none", "not-finite", () => scorePlot({ scores: [NaN] })],
    ["scores that are text", "not-finite", () => scorePlot({ scores: ["1"] as unknown as number[] })],
    ["an infinite threshold", "invalid-option", () => scorePlot({ scores: [1], threshold: Infinity })],
    ["marks of another length", "invalid-option", () => scorePlot({ scores: [1], outliers: [] })],
    ["marks of scikit-learn", "invalid-option", () => cleaningPlot({ X: [[1]], removed: [-1] })],
    ["a fit of other features", "feature-mismatch", () => cleaningPlot({ X: [[1]], removed: [0], before: one })],
    ["two features of one", "invalid-option", () => cleaningPlot({ X: [[1]], removed: [0], features: [0, 1] })],
    ["no contributions", "invalid-option", () => contributionsPlot({ contributions: [] })],
    ["values of another length", "invalid-option", () => contributionsPlot({ contributions: [1, 2], values: [1] })],
    ["too few names", "invalid-option", () => contributionsPlot({ contributions: [1, 2], featureNames: ["a"] })],
    [
      "a threshold in a marginal",
      "invalid-option",
      () => densityPlot({ components: { weights: [1], means: [[0, 0, 0]], covariances: [identity(3)] }, threshold: 1 }),
    ],
    ["a misspelt argument", "unknown-option", () => scorePlot({ scores: [1], treshold: 1 } as never)],
  ];

  it.each(cases)("%s: %s", (_, code, draw) => {
    let thrown: unknown;
    try {
      draw();
    } catch (error) {
      thrown = error;
    }
    expect(isMixturaError(thrown) ? thrown.code : thrown).toBe(code);
  });
});
