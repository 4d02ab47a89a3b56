import { describe, expect, it } from "vitest";
import { ProductNormal } from "../src/index.ts";

describe("a product of normal distributions", () => {
  it("is the normal density of a feature by itself", async () => {
    const model = await new ProductNormal().fit([[-1], [1]]);

    expect(model.deviations).toEqual(Float64Array.of(1));
    expect(model.point.logDensity([0])).toBeCloseTo(-0.5 * Math.log(2 * Math.PI), 15);
  });

  it("gives a constant feature the deviation that was asked for, and says so", async () => {
    const model = await new ProductNormal({ constantDeviation: 2 }).fit([
      [0, 5],
      [2, 5],
    ]);

    expect(model.deviations).toEqual(Float64Array.of(1, 2));
    expect(model.trace.diagnostics.map(({ code }) => code)).toEqual(["constant-feature"]);
  });
});
