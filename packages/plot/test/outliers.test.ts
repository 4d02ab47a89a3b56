import { createRandom } from "@mixtura/core/authoring";
import { chiSquareQuantile, chiSquareTails } from "@mixtura/distributions";
import { startProcessorTime } from "@mixtura/fixtures/clock";
import { describe, expect, it } from "vitest";
import { cleaningPlot, contributionsPlot, densityPlot, distancePlot, histogramPlot, qqPlot, scorePlot } from "../src/index.ts";
import { describeKinds } from "./describe-kinds.ts";
import { identity } from "./examples.ts";
import { expectWhole, readSVG, textsOf } from "./read-svg.ts";

/** Squared distances of normal rows, the first `far` of them moved away. */
function distances(rows: number, features: number, far = 0): Float64Array {
  const random = createRandom(11);
  return Float64Array.from({ length: rows }, (_, row) => {
    const usual = Array.from({ length: features }, () => random.normal() ** 2).reduce((sum, square) => sum + square, 0);
    return row < far ? 900 + 40 * usual : usual;
  });
}

const robust = distances(120, 3, 8);
const classical = robust.map((value) => Math.min(value, 8));
const random = createRandom(5);
const plane = Array.from({ length: 150 }, (_, row) => [random.normal() + (row < 12 ? 8 : 0), random.normal()]);
const removed = plane.map((_, row) => row < 12);
const one = { weights: [1], means: [[0, 0]], covariances: [identity(2)] };
const wide = {
  weights: [1],
  means: [[0.6, 0]],
  covariances: [
    [
      [5, 0],
      [0, 1],
    ],
  ],
};
const line = { weights: [1], means: [[0]], covariances: [[[1]]] };

describeKinds({
  distancePlot: (looks) => distancePlot({ classical, robust, features: 3, title: "Distances", ...looks }),
  qqPlot: (looks) => qqPlot({ squaredDistances: robust, features: 3, cutoff: 9.35, title: "Quantiles", ...looks }),
  "qqPlot of usual rows": (looks) => qqPlot({ squaredDistances: distances(300, 5), features: 5, ...looks }),
  scorePlot: (looks) =>
    scorePlot({ scores: robust.map((value) => -value), threshold: -9.35, scoreName: "minus squared distance", ...looks }),
  "densityPlot with a threshold": (looks) => densityPlot({ components: one, X: plane, outliers: removed, threshold: -6, ...looks }),
  "densityPlot of one feature with a threshold": (looks) =>
    densityPlot({ components: line, X: [[0], [1], [-1], [9]], outliers: [0, 0, 0, 1], threshold: -6, ...looks }),
  cleaningPlot: (looks) => cleaningPlot({ X: plane, removed, before: wide, after: one, featureNames: ["length", "depth"], ...looks }),
  "cleaningPlot of one feature": (looks) => cleaningPlot({ X: plane.map(([x]) => [x!]), removed, before: line, after: line, ...looks }),
  contributionsPlot: (looks) =>
    contributionsPlot({
      contributions: [351.5, -3.1, 0.2],
      featureNames: ["waiting", "eruptions", "temperature of the water at noon"],
      values: [97, 1.8, 40],
      expected: [41, 4.2, 38],
      deviations: [3, 0.4, 1.2],
      ...looks,
    }),
});

describe("the distance–distance plot", () => {
  it("marks rows beyond the robust cutoff, names the farthest and counts those that the classical distance hides", () => {
    const svg = distancePlot({ classical, robust, features: 3, rowNames: Array.from(robust, (_, row) => `r${row + 1}`) });
    const texts = textsOf(svg);
    const usual = Array.from(robust.subarray(8)).filter((value) => value > chiSquareQuantile(0.975, 3)).length;

    expect(texts).toContain(`outliers (${8 + usual})`);
    expect(texts.join(" ")).toContain(`${8 + usual} outliers hidden from the classical distance`);
    expect(texts).toContain("cutoff 3.06"); // √9.348, the root of the 0.975 quantile of χ² with 3 degrees of freedom
    expect(texts.filter((text) => /^r\d+$/.test(text)).length).toBeGreaterThan(3);
    expect(texts.join(" ")).toContain("(log above 3.1)");
  });

  it("stays on plain axes where nothing is far away", () => {
    const usual = distances(80, 4);
    expect(textsOf(distancePlot({ classical: usual, robust: usual, features: 4 })).join(" ")).not.toContain("log above");
  });

  it("takes other cutoffs and other marks as they are given", () => {
    const texts = textsOf(distancePlot({ classical: [1, 4], robust: [1, 4], cutoffs: { classical: 4, robust: 9 }, outliers: [1, 0] }));
    expect(texts).toContain("cutoff 2.00 across, 3.00 up");
    expect(texts).toContain("outliers (1)");
  });
});

describe("the QQ plot", () => {
  it("has an envelope that as many normal rows leave as it says, at its ends and in its middle", () => {
    // What is drawn is read from the ribbon: a path of the low side from left to right and the high side back.
    const rows = 100;
    const svg = qqPlot({ squaredDistances: distances(rows, 2), features: 2, envelope: 0.9, width: 4000, height: 4000 });
    const ribbon = readSVG(svg).find(
      ({ name, attributes }) => name === "path" && attributes["fill-opacity"] === "0.3" && attributes["d"]!.length > 200,
    )!;
    const points = ribbon.attributes["d"]!.slice(1, -1)
      .split("L")
      .map((pair) => pair.split(" ").map(Number));
    const half = points.length / 2;
    const [first, last] = [points[0]!, points[half - 1]!];
    const high = points[half]!;
    // Pixels to distances: the diagonal passes through the origin and both axes are linear here.
    const straight = readSVG(svg).find(
      ({ name, attributes }) => name === "path" && attributes["fill"] === "none" && attributes["d"]!.split("L").length === 61,
    )!;
    const ends = straight.attributes["d"]!.slice(1)
      .split("L")
      .map((pair) => pair.split(" ").map(Number));
    const expected = Math.sqrt(chiSquareQuantile((rows - 0.5) / rows, 2));
    const value = (pixel: number): number => ((pixel - ends[0]![1]!) / (ends[60]![1]! - ends[0]![1]!)) * expected;

    // Of n uniform numbers the largest is below u with probability uⁿ: 5 % at the lower edge, 95 % at the upper one.
    const below = (distance: number): number => chiSquareTails(distance ** 2, 2).below ** rows;
    expect(first[0]).toBeLessThan(last[0]!);
    expect(below(value(last[1]!))).toBeCloseTo(0.05, 2); // a tenth of a pixel among 3,800 is 1e-4 of a distance, 0.003 of this probability
    expect(below(value(high[1]!))).toBeCloseTo(0.95, 2);
  });

  it("says what the largest distance would be", () => {
    const texts = textsOf(qqPlot({ squaredDistances: robust, features: 3, cutoff: 9.35 })).join(" ");
    expect(texts).toMatch(/largest distance [\d.]+, about 3\.\d\d is usual/);
  });
});

describe("the histogram of scores", () => {
  it("colours rows below the threshold, with an edge of the bars at it", () => {
    const scores = [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10];
    const svg = scorePlot({ scores, threshold: -7 });

    expect(textsOf(svg)).toContain("outliers: 3 (30%)");
    const elements = readSVG(svg);
    const cut = elements.find(({ attributes }) => attributes["stroke-dasharray"] === "6 3" && attributes["d"]?.includes("V") === true)!;
    const at = Number(/^M([\d.]+)/.exec(cut.attributes["d"]!)![1]);
    const bars = elements.filter(
      ({ name, attributes }) => name === "path" && attributes["fill-opacity"] !== undefined && attributes["d"]!.includes("Z"),
    );
    const edges = bars.map(({ attributes }) =>
      [...attributes["d"]!.matchAll(/M([\d.]+) [\d.]+V[\d.]+H([\d.]+)/g)].map(([, left, right]) => [Number(left), Number(right)] as const),
    );
    // The hair of ground between two bars is half a pixel on each side.
    expect(Math.max(...edges[0]!.map(([, right]) => right))).toBeLessThanOrEqual(at + 0.01);
    expect(Math.min(...edges[1]!.map(([left]) => left))).toBeGreaterThanOrEqual(at - 0.01);
  });

  it("shows one outlier among a million rows as a stroke", () => {
    const scores = new Float64Array(1_000_000).fill(-1);
    scores[77] = -50;
    const spent = startProcessorTime();
    const svg = scorePlot({ scores, threshold: -20 });
    // Measured: 0.1 s. The limit leaves room for slow machines.
    expect(spent()).toBeLessThan(3000);
    expect(svg).toMatch(/d="M[\d.]+ [\d.]+v-7"/);
    expectWhole(svg);
  });

  it("draws infinite scores at the edge and says so", () => {
    const svg = scorePlot({ scores: [-1, -2, -Infinity], threshold: -3 });
    expect(textsOf(svg).join(" ")).toContain("1 row of infinite score drawn at the edge");
    expectWhole(svg);
  });
});

describe("a density with outliers", () => {
  it("outlines the threshold where it says: at the ellipse of that density", () => {
    // −log 2π − ½ r² = −6, so r = 2.885 in both features.
    const svg = densityPlot({ components: one, threshold: -6, masses: [0.5], width: 1000, height: 1000 });
    const outline = readSVG(svg).find(({ attributes }) => attributes["stroke-width"] === "2.2" && attributes["d"]!.endsWith("Z"))!;
    const across = [...outline.attributes["d"]!.matchAll(/[ML]([\d.-]+) /g)].map(([, x]) => Number(x));
    const unit = densityPlot({ components: one, masses: [0.5], width: 1000, height: 1000, box: { lower: [-1, -1], upper: [1, 1] } });
    const [, width] = /<rect [^>]*width="([\d.]+)"[^>]*fill-opacity="0\.08"/.exec(unit)!;
    const radius = Math.sqrt(2 * (6 - Math.log(2 * Math.PI)));
    // Contours are interpolated between points four pixels apart.
    expect((Math.max(...across) - Math.min(...across)) / Number(width)).toBeCloseTo(radius, 1);
  });

  it("marks outliers, in planes and on a line", () => {
    expect(textsOf(densityPlot({ components: one, X: plane, outliers: removed }))).toContain("outliers (12)");
    expect(textsOf(histogramPlot({ X: [[1], [2], [9]], outliers: [0, 0, 1] }))).toContain("outliers (1)");
  });
});

describe("before and after cleaning", () => {
  it("crosses out what was removed and shows the kept rows alone next to it", () => {
    const elements = readSVG(cleaningPlot({ X: plane, removed, before: wide, after: one, theme: "light" }));
    expect(elements.filter(({ text }) => text === "before: 150 rows" || text === "after: 138 rows kept")).toHaveLength(2);
    expect(elements.filter(({ name }) => name === "circle")).toHaveLength(2 * 138);
    const crosses = elements.find(({ attributes }) => attributes["stroke-width"] === "1.8" && (attributes["d"]?.length ?? 0) > 100)!;
    expect(crosses.attributes["d"]!.match(/M/g)).toHaveLength(12);
    expect(elements.filter(({ name, parent }) => name === "ellipse" && parent?.attributes["stroke-width"] === "2.2")).toHaveLength(3);
  });
});

describe("contributions", () => {
  it("come largest first, the others summed up, with what was expected and seen", () => {
    const svg = contributionsPlot({
      contributions: [1, -30, 5, 0.5],
      values: [1, 2, 3, 4],
      expected: [1, 9, 2, 4],
      deviations: [0.1, 0.25, 1, 1],
      maxBars: 2,
    });
    const texts = textsOf(svg);
    expect(texts.filter((text) => text.startsWith("feature"))).toEqual(["feature 1", "feature 2"]);
    expect(texts).toContain("expected 9.00 ± 0.25, saw 2.00");
    expect(texts).toContain("sum −23.5; 2 other features add 1.50");
    expect(texts).toEqual(expect.arrayContaining(["makes the row unusual", "makes it less so"]));
  });

  it("of a thousand features fit the height that is asked for", () => {
    expectWhole(contributionsPlot({ contributions: new Float64Array(1000).fill(1), height: 200, width: 240, maxBars: 100 }));
  });
});
