// Names of any length: time in proportion to it (#16).
import { startProcessorTime } from "@mixtura/fixtures/clock";
import { expect, it } from "vitest";
import { histogramPlot, scatterPlot, weightsPlot } from "../src/index.ts";
import { elide, textWidth } from "../src/svg/text.ts";

it.each(["i", "W", "é", "漢"])("a text of 200,000 %s is cut as a short one is", (letter) => {
  const short = elide(letter.repeat(200), 150, 12);
  expect(elide(letter.repeat(200_000), 150, 12)).toBe(short);
  expect(textWidth(short, 12)).toBeLessThanOrEqual(150);
});

it("pictures with names of 20,000 characters take no longer than their length", () => {
  const names = ["x", "y"].map((letter) => letter.repeat(20_000));
  const X = [
    [0, 1],
    [1, 0],
    [2, 2],
  ];
  const spent = startProcessorTime();

  scatterPlot({ X, featureNames: names });
  histogramPlot({ X: X.map(([x]) => [x!]), featureNames: [names[0]!] });
  weightsPlot({ weights: [0.5, 0.5], componentNames: names });

  expect(spent()).toBeLessThan(2000); // 14.7 seconds a picture when every length was measured anew
});
