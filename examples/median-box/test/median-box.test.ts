import { describe, expect, it } from "vitest";
import { MedianBox } from "../src/index.ts";

const X = [[1], [2], [3], [4], [90]];

describe("a median box", () => {
  it("finds the outlier that would hide itself in a mean and a standard deviation", async () => {
    const model = await new MedianBox().fit(X);

    expect(model.centre).toEqual(Float64Array.of(3));
    expect(await model.predict(X)).toEqual(Int32Array.of(1, 1, 1, 1, -1));
    expect(model.point.isOutlier([90])).toBe(true);
  });

  it("leaves out constant features and says so", async () => {
    const model = await new MedianBox().fit(X.map((row) => [...row, 5]));

    expect(model.trace.diagnostics.map(({ code }) => code)).toEqual(["constant-feature"]);
    expect(await model.predict([[3, 99]])).toEqual(Int32Array.of(1));
  });

  it("refuses weights rather than pass them over", async () => {
    await expect(new MedianBox().fit(X, { sampleWeight: [1, 1, 1, 1, 0] })).rejects.toMatchObject({ code: "not-supported" });
  });
});
