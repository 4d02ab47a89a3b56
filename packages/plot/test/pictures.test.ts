import { matrix } from "@mixtura/core";
import { startProcessorTime } from "@mixtura/fixtures/clock";
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
import { describeKinds } from "./describe-kinds.ts";
import type { Kinds } from "./describe-kinds.ts";
import { blobs, identity } from "./examples.ts";
import { expectWhole, readSVG, textsOf } from "./read-svg.ts";

const two = blobs({ rows: 120, features: 2, groups: 3 });
const candidates = ["full", "tied", "diag", "spherical"].flatMap((covarianceType, type) =>
  [1, 2, 3, 4, 5].map((nComponents) => ({
    nComponents,
    covarianceType,
    bic: 500 + 40 * Math.abs(nComponents - 3) + 10 * type,
    degenerate: nComponents === 5 && type === 0,
    ...(nComponents === 5 && type === 1 ? { bic: undefined, error: new Error("too few rows") } : {}),
  })),
);

/** One picture of each kind, at a width and a theme. */
const kinds: Kinds = {
  scatterPlot: (looks) =>
    scatterPlot({ ...two, outliers: two.labels.map((_, row) => Number(row % 40 === 0)), title: "Three groups", ...looks }),
  densityPlot: (looks) => densityPlot({ X: two.X, components: two.components, title: "Density", ...looks }),
  pairPlot: (looks) => pairPlot({ ...blobs({ rows: 90, features: 5, groups: 3 }), ...looks }),
  histogramPlot: (looks) => histogramPlot({ ...blobs({ rows: 90, features: 1, groups: 3 }), ...looks }),
  criterionPlot: (looks) => criterionPlot({ candidates, ...looks }),
  boundPlot: (looks) =>
    boundPlot({ lowerBounds: [-5, -4, -3.5, -3.4], restarts: [{ iterations: 9, score: -3.6 }], converged: true, ...looks }),
  stabilityPlot: (looks) =>
    stabilityPlot({
      rows: [2, 3, 4].flatMap((nComponents) =>
        ["full", "tied"].map((covarianceType) => ({
          nComponents,
          covarianceType,
          scores: [1 / nComponents, 0.9, 0.8],
          degenerate: nComponents === 4,
        })),
      ),
      ...looks,
    }),
  weightsPlot: (looks) => weightsPlot({ weights: [0.5, 0.3, 0.2, 0], ...looks }),
};

describeKinds(kinds);

describe("what a picture shows", () => {
  it("two pictures on a page have no name in common", () => {
    const ids = (svg: string) => readSVG(svg).flatMap(({ attributes }) => attributes["id"] ?? []);
    const first = ids(scatterPlot({ X: [[0, 1]] }));
    const second = ids(scatterPlot({ X: [[0, 2]] }));
    expect(first.filter((id) => second.includes(id))).toEqual([]);
  });

  it("a scatter plot has one mark per row and two ellipses per component", () => {
    const elements = readSVG(scatterPlot({ X: two.X, components: two.components, theme: "light" }));
    const marks = elements.filter(({ name, parent }) => name === "circle" && parent?.attributes["fill-opacity"] !== undefined);
    expect(marks.length).toBe(120);
    const ellipses = elements.filter(({ name, parent }) => name === "ellipse" && parent?.attributes["fill"] !== "none");
    expect(ellipses.length).toBe(6);
  });

  it("rows that belong to two components by halves have a colour of their own", () => {
    const fills = (fractions: number[][]) =>
      readSVG(
        scatterPlot({
          X: [
            [0, 0],
            [1, 1],
            [2, 2],
          ],
          responsibilities: fractions,
          theme: "light",
        }),
      )
        .filter(({ name, attributes }) => name === "g" && attributes["fill-opacity"] !== undefined)
        .map(({ attributes }) => attributes["fill"]);
    expect(
      new Set(
        fills([
          [1, 0],
          [0.5, 0.5],
          [0, 1],
        ]),
      ).size,
    ).toBe(3);
    // Fractions of 0.98 and 1 have the same colour: blends come in eighths.
    expect(
      new Set(
        fills([
          [1, 0],
          [0.98, 0.02],
          [0, 1],
        ]),
      ).size,
    ).toBe(2);
  });

  it("the winner is the lowest candidate that is neither degenerate nor failed", () => {
    const texts = textsOf(
      criterionPlot({
        candidates: [
          { nComponents: 1, covarianceType: "full", bic: 100 },
          { nComponents: 2, covarianceType: "full", bic: 90 },
          { nComponents: 3, covarianceType: "full", bic: -1e6, degenerate: true },
          { nComponents: 4, covarianceType: "full", error: "failed" },
        ],
      }),
    );
    expect(texts).toEqual(expect.arrayContaining(["full, K = 2", "degenerate", "failed", "lowest: full, K = 2 (90.000)"]));
  });

  it("a criterion axis that is cut off says so", () => {
    const wide = [50_000, 110, 100, 105, 112].map((bic, at) => ({ nComponents: at + 1, covarianceType: "full", bic }));
    expect(textsOf(criterionPlot({ candidates: wide })).join(" ")).toContain("axis cut off above");
    expectWhole(criterionPlot({ candidates: wide }));
  });

  it("numbers of components and iterations have whole ticks only", () => {
    const ticks = textsOf(criterionPlot({ candidates: candidates.slice(0, 2), width: 1000 })).filter((text) => /^[\d.]+$/.test(text));
    expect(ticks).toEqual(expect.arrayContaining(["1", "2"]));
    expect(ticks).not.toContain("1.5");
  });

  it("a pair plot of 50 features shows those in which components differ, and names them", () => {
    const { X, components } = blobs({ rows: 60, features: 50, groups: 2 });
    // Only features 11 and 40 tell the components apart.
    const means = components.means.map((mean, k) => mean.map((_, feature) => (feature === 11 || feature === 40 ? 5 * k : 0)));
    const svg = pairPlot({ X, components: { ...components, means } });
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["feature 11", "feature 40"]));
    expect(readSVG(svg).find(({ name }) => name === "desc")!.text).toContain("6 of 50 features");
    expectWhole(svg);
  });

  it("plotMixture draws a histogram, a scatter plot or pairs, by the number of features", () => {
    const titles = [1, 2, 3].map(
      (features) => readSVG(plotMixture(blobs({ rows: 20, features, groups: 2 }))).find(({ name }) => name === "desc")!.text,
    );
    expect(titles[0]).toMatch(/^Histogram/);
    expect(titles[1]).toMatch(/^Scatter/);
    expect(titles[2]).toMatch(/^Every pair/);
  });

  it("markup in names is text", () => {
    const svg = scatterPlot({ X: [[0, 1]], featureNames: ["<b>&\"'\u0000", "]]>\uD800"], title: "<script>" });
    expectWhole(svg);
    expect(svg).not.toContain("<script>");
  });

  it("long names are shortened on the axis and whole in a tooltip", () => {
    const long = "a name that goes on and on ".repeat(8).trim();
    const svg = scatterPlot({ X: [[0, 1]], featureNames: [long, "short"], width: 400 });
    expectWhole(svg);
    expect(readSVG(svg).some(({ name, text, parent }) => name === "title" && parent?.name === "text" && text.startsWith(long))).toBe(true);
  });
});

describe("data that is hard to draw", () => {
  const thirty = blobs({ rows: 900, features: 2, groups: 30 });
  const draws: Record<string, () => string[]> = {
    "one component": () => Object.values(all(blobs({ rows: 40, features: 2, groups: 1 }))),
    "thirty components": () => [
      ...Object.values(all(thirty)),
      weightsPlot({ weights: thirty.components.weights, width: 400, height: 300 }),
    ],
    "one feature": () => Object.values(all(blobs({ rows: 40, features: 1, groups: 2 }))),
    "fifty features": () => Object.values(all(blobs({ rows: 40, features: 50, groups: 2 }))),
    "one row": () => Object.values(all(blobs({ rows: 1, features: 2, groups: 2 }))),
    "constant columns": () =>
      [0, 1e8, -1e-300].flatMap((value) => [1, 2, 3].map((d) => plotMixture({ X: matrix(new Float64Array(20 * d).fill(value), 20, d) }))),
    "an empty component": () =>
      Object.values(
        all({ ...two, components: { ...two.components, weights: [0.4, 0.6, 0] }, labels: two.labels.map((label) => label % 2) }),
      ),
    "singular covariances": () =>
      Object.values(
        all({
          ...two,
          components: {
            ...two.components,
            covariances: [
              identity(2),
              [
                [1, 1],
                [1, 1],
              ],
              [
                [0, 0],
                [0, 0],
              ],
            ],
          },
        }),
      ),
    "a vast component": () =>
      Object.values(
        all({
          ...two,
          components: {
            ...two.components,
            covariances: [
              identity(2),
              identity(2),
              [
                [1e300, 0],
                [0, 1e300],
              ],
            ],
          },
        }),
      ),
    "components far from the data": () =>
      Object.values(
        all({
          ...two,
          components: {
            ...two.components,
            means: [
              [1e9, 0],
              [0, -1e12],
              [0, 0],
            ],
          },
        }),
      ),
    "a large offset": () => [
      plotMixture({
        X: matrix(
          two.X.data.map((value) => 1e8 + value * 1e-3),
          120,
          2,
        ),
      }),
    ],
    "degenerate candidates only": () => [
      criterionPlot({ candidates: candidates.map((candidate) => ({ ...candidate, degenerate: true })) }),
    ],
    "failed candidates only": () => [
      criterionPlot({ candidates: candidates.map(({ nComponents, covarianceType }) => ({ nComponents, covarianceType, error: 1 })) }),
    ],
    "no iterations, one, and bounds that are not finite": () =>
      [[], [1], [NaN, -Infinity], [-Infinity, 0, 1]].map((lowerBounds) => boundPlot({ lowerBounds })),
    "stability of nothing that can be compared": () => [
      stabilityPlot({ rows: [{ nComponents: 1, covarianceType: "full", scores: [1, 1] }] }),
      stabilityPlot({ rows: [{ nComponents: 3, covarianceType: "full", scores: [NaN] }] }),
    ],
    "weights of nothing": () => [weightsPlot({ weights: [0] }), weightsPlot({ weights: new Float64Array(5000), height: 200 })],
  };

  function all(data: ReturnType<typeof blobs>): Record<string, string> {
    const looks = { width: 400 };
    return {
      mixture: plotMixture({ ...data, ...looks }),
      scatter: scatterPlot({ ...data, ...looks }),
      pairs: pairPlot({ ...data, ...looks }),
      histogram: histogramPlot({ ...data, ...looks }),
      density: densityPlot({ X: data.X, components: data.components, ...looks }),
      alone: densityPlot({ components: data.components, ...looks }),
    };
  }

  it.each(Object.entries(draws))("%s: whole pictures", (_, draw) => {
    for (const svg of draw()) expectWhole(svg);
  });

  it("rows that come in turns are thinned to rows of every turn", () => {
    const rows = 600_000;
    const X = matrix(
      Float64Array.from({ length: 3 * rows }, (_, at) => 10 * (Math.floor(at / 3) % 2) + Math.sin(at)),
      rows,
      3,
    );
    const components = {
      weights: [0.5, 0.5],
      means: [
        [0, 0, 0],
        [10, 10, 10],
      ],
      covariances: [identity(3), identity(3)],
    };
    const places = readSVG(densityPlot({ X, components, theme: "light" })).filter(({ name }) => name === "circle");
    const [left, right] = [
      places.filter(({ attributes }) => Number(attributes["cx"]) < 250),
      places.filter(({ attributes }) => Number(attributes["cx"]) >= 250),
    ];
    // 1000 rows, each of either kind by one half: five standard deviations are 79.
    expect(Math.abs(left.length - right.length)).toBeLessThan(2 * 79);
    expect(textsOf(pairPlot({ X })).join(" ")).toContain("250,000 of 600,000 rows in cells");
  });

  it("a million rows are drawn as cells, in a picture of less than 200 kB", () => {
    const rows = 1_000_000;
    const X = matrix(
      Float64Array.from({ length: 2 * rows }, (_, at) => Math.sin(at * 12.9898) * (1 + (at % 2))),
      rows,
      2,
    );
    const spent = startProcessorTime();
    const svg = scatterPlot({ X, labels: new Int32Array(rows) });
    // Measured: 0.15 s. The limit leaves room for slow machines.
    expect(spent()).toBeLessThan(3000);
    expect(svg.length).toBeLessThan(200_000);
    expectWhole(svg);
  });
});
