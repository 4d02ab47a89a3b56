import { describe, expect, it } from "vitest";
import { createPace, createRandom, sortValues, weightedQuantile } from "../src/authoring.ts";

/** More values than are sorted in one go, whether they have weights of their own or not. */
const n = 150_000;
const random = createRandom(3);
const values = Float64Array.from({ length: n }, () => Math.round(random.uniform() * 1e5) - 5e4);

describe("sorted values", () => {
  it("are in ascending order, and nothing given is written to", async () => {
    const given = values.slice();
    const weights = new Float64Array(n).fill(2);

    const sorted = await sortValues(given, weights, createPace());

    expect(sorted.values).toEqual(values.toSorted());
    expect(sorted.weights).toEqual(weights);
    expect(given).toEqual(values);
  });

  it("keep each its own weight", async () => {
    const weights = values.map((value) => Math.abs(value) + 1);

    const sorted = await sortValues(values, weights, createPace());

    expect(sorted.values).toEqual(values.toSorted());
    expect(sorted.weights).toEqual(sorted.values.map((value) => Math.abs(value) + 1));
  });

  it("of equal weights have the quantiles of as many copies", async () => {
    const one = await sortValues(values, new Float64Array(n).fill(1), createPace());
    const twice = await sortValues(
      Float64Array.of(...[1, 2, 4].flatMap((value) => [value, value])),
      new Float64Array(6).fill(1),
      createPace(),
    );

    expect(weightedQuantile(one, 0)).toBe(values.toSorted()[0]);
    expect(weightedQuantile(twice, 0.8)).toBe(
      weightedQuantile({ values: Float64Array.of(1, 2, 4), weights: Float64Array.of(2, 2, 2) }, 0.8),
    );
  });
});
