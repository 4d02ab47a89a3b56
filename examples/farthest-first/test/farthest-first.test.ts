import { describe, expect, it } from "vitest";
import { FarthestFirst } from "../src/index.ts";

describe("farthest-first clustering", () => {
  it("tells two groups apart", async () => {
    const X = [[0], [1], [10], [11]];
    const model = await new FarthestFirst().fit(X);

    const labels = await model.predict(X);

    expect([labels[0] === labels[1], labels[2] === labels[3], labels[0] === labels[2]]).toEqual([true, true, false]);
    expect(model.point.label([12])).toBe(labels[3]);
  });

  it("makes as many clusters as there are different rows, and says so", async () => {
    const model = await new FarthestFirst({ nClusters: 3 }).fit([[1], [1], [2]]);

    expect(model.labelCount).toBe(2);
    expect(model.trace.diagnostics.map(({ code }) => code)).toEqual(["fewer-clusters"]);
  });
});
