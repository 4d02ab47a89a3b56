import { describe, expect, it } from "vitest";
import { densityPlot } from "../src/index.ts";

const components = {
  weights: [0.4, 0.6],
  means: [
    [0, 0],
    [4, 3],
  ],
  covariances: [
    [
      [1, 0.5],
      [0.5, 1],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
};
const line = { weights: [1], means: [[0]], covariances: [[[1]]] };
const featureNames = ["length", "depth"];

/** The numbers of the rectangle with the outline of a box. */
function boxOf(svg: string): Record<string, number> {
  const [tag] = /<rect [^>]*fill-opacity="0\.08"[^>]*>/.exec(svg) ?? [""];
  return Object.fromEntries([...tag.matchAll(/ (x|y|width|height)="([^"]*)"/g)].map(([, name, value]) => [name, Number(value)]));
}

describe("regions of highest density", () => {
  it("are outlined for the fractions that were asked for, smallest first, and named with them", () => {
    const svg = densityPlot({ components, masses: [0.95, 0.25] });

    const names = [...svg.matchAll(/>([\d.]+)%\sof\sthe\smass</g)].map(([, fraction]) => Number(fraction));
    expect(names).toEqual([25, 95]);
    expect(svg.match(/stroke-opacity="0\.75"/g)).toHaveLength(2);
  });

  it("stay as they were where nothing is asked", () => {
    expect(densityPlot({ components })).toBe(densityPlot({ components, masses: [0.5, 0.9, 0.99] }));
  });
});

describe("a box", () => {
  it("is drawn over the density, and its probability stands in the legend and the description", () => {
    const box = { lower: { length: 1, depth: -1 }, upper: { length: 3, depth: 2.5 }, probability: 0.12345, errorBound: 1e-14 };
    const svg = densityPlot({ components, featureNames, box });

    expect(svg).toContain("box: 12.3%");
    expect(svg).toContain("Box: length from 1 to 3, depth from -1 to 2.5; its probability is 12.3%.");
    const { x, y, width, height } = boxOf(svg);
    // As wide as two units and as high as three and a half, whatever the axes are: the axes' own ratio is told by a box of one unit.
    const unit = boxOf(densityPlot({ components, featureNames, box: { lower: [1, -1], upper: [2, 0], probability: 0.12345 } }));
    expect(width! / unit["width"]!).toBeCloseTo(2, 2); // positions are rounded to a tenth of a pixel and less
    expect(height! / unit["height"]!).toBeCloseTo(3.5, 1);
    expect(x).toBeCloseTo(unit["x"]!, 1);
    expect(y! + height!).toBeCloseTo(unit["y"]! + unit["height"]!, 1);
  });

  it("that is unbounded on a side leaves the picture there", () => {
    const { x, width } = boxOf(densityPlot({ components, box: { upper: [0, Infinity] } }));
    const whole = boxOf(densityPlot({ components, box: {} }));

    expect(x).toBe(whole["x"]);
    expect(width).toBeLessThan(whole["width"]!);
  });

  it("of one feature is a band under the curve", () => {
    const svg = densityPlot({ components: line, box: { lower: [-1], upper: [1], probability: 0.6827 } });

    expect(svg).toContain("box: 68.3%");
    expect(boxOf(svg)["width"]).toBeGreaterThan(100);
  });
});

describe("regions and boxes that cannot be drawn are refused", () => {
  it.each<[options: object, code: string, message: RegExp]>([
    [{ masses: [1] }, "invalid-option", /"masses"/],
    [{ masses: [0] }, "invalid-option", /"masses"/],
    [{ masses: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] }, "invalid-option", /up to 6 fractions/],
    [{ box: 3 }, "invalid-option", /"box"/],
    [{ box: { lower: [1] } }, "invalid-shape", /2 numbers/],
    [{ box: { lower: [2, 0], upper: [1, 1] } }, "invalid-option", /"box\.lower"/],
    [{ box: { lower: [NaN, 0] } }, "invalid-option", /found NaN/],
    [{ box: { lower: { width: 0 } } }, "invalid-option", /length, depth/],
    [{ box: { lower: [0, 0], probability: 2 } }, "invalid-option", /"box\.probability"/],
  ])("%j", (options, code, message) => {
    let error: unknown;
    try {
      densityPlot({ components, featureNames, ...options });
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});
