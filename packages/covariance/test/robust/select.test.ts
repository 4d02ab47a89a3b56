import { createPace, createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markNearest, valueOfRank } from "../../src/robust/order/nearest.ts";
import { medianInPlace, select } from "../../src/robust/order/select.ts";

const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), { minLength: 1, maxLength: 60 });

describe("select", () => {
  it("puts the value of a rank where sorting would, nothing larger before it and nothing smaller after", () => {
    fc.assert(
      fc.property(values, fc.nat(), (given, seed) => {
        const rank = seed % given.length;
        const found = Float64Array.from(given);

        const value = select(found, rank);

        const sorted = Float64Array.from(given).sort();
        expect(value === sorted[rank]).toBe(true);
        expect(found.subarray(0, rank).every((other) => other <= value)).toBe(true);
        expect(found.subarray(rank).every((other) => other >= value)).toBe(true);
      }),
    );
  });

  it.each(["random", "ascending", "descending", "two values", "equal"])("finds every decile of 5,000 values: %s", (kind) => {
    const random = createRandom(1);
    const given = Float64Array.from({ length: 5000 }, (_, i) =>
      kind === "random" ? random.normal() : kind === "ascending" ? i : kind === "descending" ? -i : kind === "equal" ? 3 : i % 2,
    );
    const sorted = given.slice().sort();

    for (let rank = 0; rank < 5000; rank += 500) expect(select(given.slice(), rank)).toBe(sorted[rank]);
  });

  it("takes the mean of the two middle values for the median of an even number", () => {
    expect(medianInPlace(Float64Array.of(4, 1, 3, 2))).toBe(2.5);
    expect(medianInPlace(Float64Array.of(5, 1, 3))).toBe(3);
    expect(medianInPlace(Float64Array.of(5, 1, 3, 99), 3)).toBe(3);
  });
});

describe("the rows of least distance", () => {
  const pace = createPace();

  it.each([40_000, 100])("are as many as asked for, and no row left out is nearer: %d rows", async (n) => {
    const random = createRandom(2);
    const distances = Float64Array.from({ length: n }, () => random.normal() ** 2);
    const count = Math.floor(n * 0.6);

    const { labels } = await markNearest(distances, count, new Int32Array(n), pace);

    const inside = distances.filter((_, i) => labels[i] === 0);
    const outside = distances.filter((_, i) => labels[i] === -1);
    expect(inside.length).toBe(count);
    expect(Math.max(...inside.slice(0, 10_000))).toBeLessThanOrEqual(Math.min(...outside.slice(0, 10_000)));
    expect(await valueOfRank(distances, count - 1, pace)).toBe(distances.slice().sort()[count - 1]);
  });

  it("are the first of those that are equally far but for rounding", async () => {
    const distances = Float64Array.of(1 + 1e-15, 1, 1 - 1e-15, 0.5, 2);

    expect((await markNearest(distances, 3, new Int32Array(5), pace)).labels).toEqual(Int32Array.of(0, 0, -1, 0, -1));
  });

  it("are found where a sample of the distances says nothing about the rest", async () => {
    const distances = new Float64Array(50_000).fill(7);
    for (let i = 1; i < 50_000; i += 2) distances[i] = i % 4 === 1 ? 1 : 9; // the sample sees other rows than the search

    expect(await valueOfRank(distances, 100, pace)).toBe(1);
    expect(await valueOfRank(distances, 30_000, pace)).toBe(7);
    expect(await valueOfRank(distances, 49_999, pace)).toBe(9);
  });

  it("may be infinitely far", async () => {
    const distances = Float64Array.of(Infinity, 1, Infinity, Infinity);

    expect((await markNearest(distances, 2, new Int32Array(4), pace)).labels).toEqual(Int32Array.of(0, 0, -1, -1));
  });
});
