import { checkSampleWeight } from "../src/authoring.ts";
import { expect, it } from "vitest";

it("leaves absent weights absent and does not copy doubles", () => {
  const weights = Float64Array.of(1, 0, 2.5);

  expect(checkSampleWeight(undefined, 3, "test")).toBeUndefined();
  expect(checkSampleWeight(weights, 3, "test")).toBe(weights);
});

it("copies any other list of numbers", () => {
  expect(checkSampleWeight([1, 0, 2], 3, "test")).toEqual(Float64Array.of(1, 0, 2));
  expect(checkSampleWeight(Int32Array.of(1, 2), 2, "test")).toEqual(Float64Array.of(1, 2));
});

it.each<[string, unknown, string]>([
  ["too few", [1, 2], "test: sampleWeight needs one number per row (3), found 2 weights."],
  ["something else", "abc", 'test: sampleWeight needs one number per row (3), found "abc".'],
  ["null", null, "test: sampleWeight needs one number per row (3), found null."],
  ["a negative weight", [1, -1, 1], "test: sampleWeight of row 1 is -1. Weights are finite numbers ≥ 0."],
  ["NaN", [1, 1, NaN], "test: sampleWeight of row 2 is NaN. Weights are finite numbers ≥ 0."],
  ["Infinity", [Infinity, 1, 1], "test: sampleWeight of row 0 is Infinity. Weights are finite numbers ≥ 0."],
  ["text, also of a number", [1, 1, "2"], 'test: sampleWeight of row 2 is "2". Weights are finite numbers ≥ 0.'],
  ["big integers", BigInt64Array.of(1n, 2n, 3n), "test: sampleWeight of row 0 is 1n. Weights are finite numbers ≥ 0."],
  ["a sum beyond the largest double", [1e308, 1, 1e308], "test: the sample weights sum to Infinity. Divide them all by the same number."],
  ["a sum that has few digits", [5e-324, 5e-324, 0], "test: the sample weights sum to 1e-323. Multiply them all by the same number."],
  ["only zeros", [0, 0, 0], "test: the sample weights sum to 0. Give at least one row a positive weight."],
])("refuses %s", (_, weights, message) => {
  expect(() => checkSampleWeight(weights as number[], 3, "test")).toThrow(expect.objectContaining({ code: "invalid-weight", message }));
});
