import { describe, expect, it } from "vitest";
import { integrate } from "../src/index.ts";

const accuracy = { absolute: 1e-14, relative: 0 };

describe("integrate", () => {
  it("finds a kink that hides next to the end of a panel once panels end on both sides of it", () => {
    // Within a thousandth of ½, and so of any panel that ends there: beyond the outermost points.
    const kink = 0.5 + 1e-4;
    const bent = (x: number): number => Math.max(0, kink - x);

    const given = integrate(bent, 0, 1, accuracy, [0.25, kink, 0.75]);

    // Straight on every panel; what is left is rounding.
    expect(Math.abs(given.value - kink ** 2 / 2)).toBeLessThan(1e-16);
    expect(given.error).toBeLessThan(1e-15);
  });

  it("takes a list of points as it takes their number", () => {
    const smooth = (x: number): number => Math.exp(-x * x);
    expect(integrate(smooth, 0, 4, accuracy, [1, 2, 3])).toEqual(integrate(smooth, 0, 4, accuracy, 4));
    expect(integrate(smooth, 0, 4, accuracy, [])).toEqual(integrate(smooth, 0, 4, accuracy, 1));
  });
});
