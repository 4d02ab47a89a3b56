import { isMixturaError } from "@mixtura/core";
import { describe, expect, it } from "vitest";
import {
  boundPlot,
  criterionPlot,
  densityPlot,
  histogramPlot,
  pairPlot,
  plotMixture,
  scatterPlot,
  stabilityPlot,
  weightsPlot,
} from "../src/index.ts";

const X = [
  [0, 1],
  [2, 3],
];
const components = {
  weights: [1],
  means: [[0, 0]],
  covariances: [
    [
      [1, 0],
      [0, 1],
    ],
  ],
};

const cases: readonly [string, string, () => string][] = [
  ["ragged rows", "invalid-shape", () => scatterPlot({ X: [[1, 2], [3]] })],
  ["no rows", "invalid-shape", () => plotMixture({ X: [] })],
  ["NaN in a row", "not-finite", () => pairPlot({ X: [[1, NaN]] })],
  ["an infinite value", "not-finite", () => histogramPlot({ X: [[Infinity]] })],
  ["means of another width", "feature-mismatch", () => scatterPlot({ X: [[1, 2, 3]], components })],
  ["weights that sum to 2", "invalid-weight", () => densityPlot({ components: { ...components, weights: [2] } })],
  ["a negative weight", "invalid-weight", () => weightsPlot({ weights: [1, -1] })],
  ["too few weights", "invalid-option", () => densityPlot({ components: { ...components, weights: [] } })],
  ["covariances of the wrong size", "invalid-shape", () => densityPlot({ components: { ...components, covariances: [[[1]]] } })],
  ["no covariances", "invalid-option", () => densityPlot({ components: { weights: [1], means: [[0, 0]] } })],
  [
    "an asymmetric covariance",
    "invalid-option",
    () =>
      densityPlot({
        components: {
          ...components,
          covariances: [
            [
              [1, 0.5],
              [0, 1],
            ],
          ],
        },
      }),
  ],
  [
    "a covariance with a negative variance",
    "not-positive-definite",
    () =>
      densityPlot({
        components: {
          ...components,
          covariances: [
            [
              [1, 2],
              [2, 1],
            ],
          ],
        },
      }),
  ],
  [
    "NaN in a covariance",
    "not-finite",
    () =>
      densityPlot({
        components: {
          ...components,
          covariances: [
            [
              [1, 0],
              [0, NaN],
            ],
          ],
        },
      }),
  ],
  ["labels of another length", "invalid-option", () => scatterPlot({ X, labels: [0] })],
  ["a label that is no component", "invalid-option", () => scatterPlot({ X, labels: [0, 1], components })],
  ["a label that is no integer", "invalid-option", () => scatterPlot({ X, labels: [0, 0.5] })],
  [
    "responsibilities that sum to 2",
    "invalid-option",
    () =>
      scatterPlot({
        X,
        responsibilities: [
          [1, 1],
          [1, 0],
        ],
      }),
  ],
  ["responsibilities of fewer rows", "invalid-option", () => scatterPlot({ X, responsibilities: [[1]] })],
  ["outliers marked by scikit-learn's −1 and 1", "invalid-option", () => scatterPlot({ X, outliers: [-1, 1] })],
  ["a feature that is not there", "invalid-option", () => scatterPlot({ X, features: [0, "depth"] })],
  ["a feature twice", "invalid-option", () => pairPlot({ X, features: [1, 1] })],
  ["too few feature names", "invalid-option", () => pairPlot({ X, featureNames: ["a"] })],
  ["neither rows nor components", "invalid-option", () => histogramPlot({})],
  ["no candidates", "invalid-option", () => criterionPlot({ candidates: [] })],
  ["no rows of stability", "invalid-option", () => stabilityPlot({ rows: [] })],
  ["a row without scores", "invalid-option", () => stabilityPlot({ rows: [{ nComponents: 2, covarianceType: "full" } as never] })],
  [
    "a winner that is no candidate",
    "invalid-option",
    () =>
      criterionPlot({ candidates: [{ nComponents: 1, covarianceType: "full", bic: 1 }], best: { nComponents: 2, covarianceType: "full" } }),
  ],
  ["bounds that are text", "invalid-option", () => boundPlot({ lowerBounds: ["1"] as unknown as number[] })],
  ["a picture of no width", "invalid-option", () => scatterPlot({ X, width: 0 })],
  ["an unknown theme", "invalid-option", () => scatterPlot({ X, theme: "blue" as "dark" })],
  ["a misspelt argument", "unknown-option", () => scatterPlot({ X, lables: [0, 1] } as never)],
];

describe("nonsense is refused with a code of ours, before anything is drawn", () => {
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
