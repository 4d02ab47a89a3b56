import { describe, expect, it } from "vitest";
import type { GridRequest } from "../src/em/grid.ts";
import { chooseCases, goalOf, QUICK_WORK } from "../src/em/grid.ts";
import { parseShape, workOf } from "../src/em/shape.ts";

const EVERYTHING: GridRequest = { shapes: [], separations: [], covariances: [], quick: false };

describe("the grid", () => {
  it("has ten shapes of full covariances on overlapping data, five on separated data, and four of each other kind", () => {
    const counts = new Map<string, number>();
    for (const { shape, separation } of chooseCases(EVERYTHING)) {
      const kind = `${shape.covarianceType} ${separation}`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({ "full over": 10, "full well": 5, "tied over": 4, "diag over": 4, "spherical over": 4 });
  });

  it("is narrowed by data and covariances", () => {
    expect(chooseCases({ ...EVERYTHING, separations: ["well"] })).toHaveLength(5);
    expect(chooseCases({ ...EVERYTHING, covariances: ["diag", "tied"] })).toHaveLength(8);
    expect(chooseCases({ ...EVERYTHING, separations: ["well"], covariances: ["diag"] })).toHaveLength(0);
  });

  it("gives way to shapes of one's own, in every combination asked for", () => {
    const cases = chooseCases({ ...EVERYTHING, shapes: ["300,4,3", "400,2,2,tied"] });
    expect(cases.map(({ shape, separation }) => [shape.rows, shape.covarianceType, separation])).toEqual([
      [300, "full", "over"],
      [400, "tied", "over"],
    ]);
    expect(chooseCases({ ...EVERYTHING, shapes: ["300,4,3"], separations: ["over", "well"], covariances: ["full", "diag"] })).toHaveLength(
      4,
    );
  });

  it("is small in a quick run", () => {
    const work = chooseCases({ ...EVERYTHING, quick: true }).map(({ shape }) => workOf(shape));
    expect(work.length).toBeGreaterThan(3);
    expect(Math.max(...work)).toBeLessThan(QUICK_WORK);
  });
});

describe("goals", () => {
  it.each([
    ["1e4,2,5", 20],
    ["1e5,8,10", 10],
    ["5e4,50,32", 3],
    ["1e4,256,4", 1.2],
  ])("go with the number of features: %s", (text, goal) => {
    expect(goalOf({ shape: parseShape(text), separation: "over" })).toBe(goal);
  });

  it("are set for full covariances on overlapping data only", () => {
    expect(goalOf({ shape: parseShape("1e5,8,10"), separation: "well" })).toBeUndefined();
    expect(goalOf({ shape: parseShape("1e5,8,10,diag"), separation: "over" })).toBeUndefined();
  });
});
