import { describe, expect, it } from "vitest";
import { symmetricFunction } from "../src/em/ellipsoid.ts";
import type { Separation, Truth } from "../src/em/normal-mixture.ts";
import { DISTANCE, normalMixture, separations } from "../src/em/normal-mixture.ts";
import { explicitStart, startCovariances } from "../src/em/start.ts";

const SHAPE = { rows: 4000, features: 3, components: 5 };

function medianDistance({ means }: Truth): number {
  const { components: k, features: d } = SHAPE;
  const point = (c: number) => means.subarray(c * d, (c + 1) * d);
  const distances = Array.from({ length: k }, (_, a) =>
    Array.from({ length: a }, (_unused, b) => Math.hypot(...point(a).map((value, j) => value - point(b)[j]!))),
  ).flat();
  return distances.toSorted((a, b) => a - b)[distances.length >> 1]!;
}

function product(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, i) => sum + value * b[i]![j]!, 0)));
}

describe("the data", () => {
  it("are the same bits for the same seed, sizes and separation", () => {
    expect(normalMixture(7, SHAPE, "over")).toEqual(normalMixture(7, SHAPE, "over"));
    expect(normalMixture(7, SHAPE, "over").X.data).not.toEqual(normalMixture(8, SHAPE, "over").X.data);
    expect(normalMixture(7, SHAPE, "over").X.data).not.toEqual(normalMixture(7, SHAPE, "well").X.data);
  });

  it.each(separations)("have means as far apart as promised: %s", (separation: Separation) => {
    // The median of ten distances is one of them, scaled: rounding only.
    expect(medianDistance(normalMixture(7, SHAPE, separation).truth)).toBeCloseTo(DISTANCE[separation], 12);
  });

  it("share one covariance where they overlap and have their own where they do not", () => {
    const distinct = (separation: Separation) => new Set(normalMixture(7, SHAPE, separation).truth.covariances).size;
    expect([distinct("over"), distinct("well")]).toEqual([1, 5]);
  });

  it("have the spread that their covariance says", () => {
    const { X, truth } = normalMixture(7, { ...SHAPE, components: 1 }, "over");
    const covariance = symmetricFunction(truth.covariances[0]!, (variance) => variance);
    for (let j = 0; j < X.columns; j++) {
      let sum = 0;
      for (let at = j; at < X.data.length; at += X.columns) sum += (X.data[at]! - truth.means[j]!) ** 2;
      // The variance of a variance of n draws is 2/n of its square: five standard errors.
      expect(Math.abs(sum / X.rows / covariance[j]![j]! - 1)).toBeLessThan(5 * Math.sqrt(2 / X.rows));
    }
  });
});

describe("the start", () => {
  const { truth } = normalMixture(7, SHAPE, "well");

  it("has precisions that invert its covariances", () => {
    const covariances = startCovariances(truth);
    (explicitStart(truth, "full", 7).precisions as number[][][]).forEach((precision, c) => {
      product(precision, covariances[c]!).forEach((row, i) =>
        // Rounding of sums of three products.
        row.forEach((value, j) => expect(value).toBeCloseTo(Number(i === j), 12)),
      );
    });
  });

  it("has the shape that each covariance type asks for", () => {
    const sizes = (["full", "tied", "diag", "spherical"] as const).map((type) => explicitStart(truth, type, 7).precisions.flat(2).length);
    expect(sizes).toEqual([45, 9, 15, 5]);
  });
});
