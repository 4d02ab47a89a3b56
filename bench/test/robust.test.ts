import { describe, expect, it } from "vitest";
import { contaminated, OUTLIERS, parseRobustShape } from "../src/robust/contaminated.ts";

describe("contaminated rows", () => {
  it("are as many as asked for, one in ten of them elsewhere, and the same for the same seed", () => {
    const shape = parseRobustShape("4e3,5");
    const { X, outlier } = contaminated(3, shape);

    expect([X.rows, X.columns, X.data.length]).toEqual([4000, 5, 20_000]);
    // Six standard deviations of a fraction of 4,000.
    expect(Math.abs(outlier.reduce((sum, mark) => sum + mark, 0) / 4000 - OUTLIERS)).toBeLessThan(6 * Math.sqrt((0.1 * 0.9) / 4000));
    expect(contaminated(3, shape).X.data).toEqual(X.data);
    const length = (i: number): number => Math.hypot(...X.data.subarray(5 * i, 5 * i + 5));
    const far = Array.from(outlier.keys()).filter((i) => outlier[i] === 1);
    expect(far.every((i) => length(i) > 3)).toBe(true);
  });

  it.each(["", "5e4", "10,x", "10,20", "10,2,3"])("%j is no shape of theirs", (text) => {
    expect(() => parseRobustShape(text)).toThrow("A shape of a robust fit is rows,features");
  });
});
