import { checkPoint } from "../src/authoring.ts";
import { describe, expect, it } from "vitest";

describe("a point that is none", () => {
  it.each<[what: string, x: unknown, message: string]>([
    ["too short", [1], "point: 2 numbers expected, found 1."],
    ["a record", { a: 1, b: 2 }, "point: 2 numbers expected, found { a, b }."],
    ["null", null, "point: 2 numbers expected, found null."],
    ["of null, which JSON makes of NaN", JSON.parse(JSON.stringify([1, NaN])), "point: feature 1 is null. Points must be finite numbers."],
    ["of text", ["1", 2], 'point: feature 0 is "1". Points must be finite numbers.'],
    ["of NaN", [1, NaN], "point: feature 1 is NaN. Points must be finite numbers."],
  ])("%s is rejected with an error text that shows it", (_, x, message) => {
    expect(() => checkPoint(x as number[], 2)).toThrow(message);
  });
});
