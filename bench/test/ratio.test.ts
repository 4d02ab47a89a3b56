import { describe, expect, it } from "vitest";
import { median, ratioOf } from "../src/ratio.ts";

describe("medians", () => {
  it("are the middle value, in any order", () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it("are the mean of the two middle values of an even number", () => {
    expect(median([4, 1, 100, 2])).toBe(3);
  });

  it("leave their argument alone", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it("do not exist for no values", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("ratios", () => {
  it("are taken within a round, so that a disturbance of a whole round leaves no trace", () => {
    // The second round was ten times slower for both.
    expect(ratioOf([6, 60, 6], [2, 20, 2])).toEqual({ median: 3, least: 3, most: 3 });
  });

  it("tell their spread over the rounds", () => {
    expect(ratioOf([4, 6, 2], [2, 2, 2])).toEqual({ median: 2, least: 1, most: 3 });
  });

  it("need as many rounds on both sides", () => {
    expect(() => ratioOf([1, 2], [1])).toThrow("Rounds do not match: 2 and 1.");
  });
});
