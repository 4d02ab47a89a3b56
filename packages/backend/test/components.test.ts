import { centroidComponents, defineBackend, gaussianComponents, referenceBackend } from "../src/index.ts";
import { cholesky, factorSize, logDeterminant } from "../src/internal/factors.ts";
import { matrix } from "@mixtura/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { positiveDefinite } from "./matrices.ts";

describe("components", () => {
  it("carry the logarithm of the factor's determinant", () => {
    fc.assert(
      fc.property(positiveDefinite, ({ d, a }) => {
        const result = cholesky(a, d);
        if (!result.ok) throw new Error(`pivot ${result.index} failed`);

        const found = logDeterminant({ shape: "full", shared: true, whitening: result.factor, features: d }, 0);

        const logarithms = Array.from({ length: d }, (_, i) => Math.log(result.factor[i * d + i]!));
        expect(found).toBe(logarithms.reduce((sum, value) => sum + value, 0));
      }),
      { seed: 8 },
    );
  });

  it("have one determinant, however the factor is written", () => {
    const diagonal = { features: 3, shared: false } as const;
    const full = Float64Array.of(9, 9, 9, 9, 9, 9, 9, 9, 9, 0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5);

    const found = [
      logDeterminant({ ...diagonal, shape: "full", whitening: full }, 1),
      logDeterminant({ ...diagonal, shape: "diag", whitening: Float64Array.of(9, 9, 9, 0.5, 0.5, 0.5) }, 1),
      logDeterminant({ ...diagonal, shape: "spherical", whitening: Float64Array.of(9, 0.5) }, 1),
    ];

    // Three logarithms of ½, added or multiplied.
    for (const value of found) expect(value).toBeCloseTo(-3 * Math.LN2, 14);
    expect((["full", "diag", "spherical"] as const).map((shape) => factorSize(shape, 3))).toEqual([9, 3, 1]);
  });

  it("give the density of the standard normal distribution", async () => {
    const components = gaussianComponents({
      weights: Float64Array.of(1),
      means: Float64Array.of(0),
      shape: "spherical",
      shared: true,
      whitening: Float64Array.of(1),
    });

    const handle = await referenceBackend.upload(matrix(Float64Array.of(0, 2), 2, 1));

    const [atMean, atTwo] = await referenceBackend.kernels.logDensities(handle, components);
    // −½ log 2π = −0.91893853320467274178… (OEIS A075700), to the last place or the one beside it.
    expect(atMean).toBeCloseTo(-0.9189385332046727, 15);
    expect(atTwo).toBeCloseTo(-2.9189385332046727, 15);
  });

  it("of weight zero have log-offset −∞", () => {
    const weights = Float64Array.of(0, 1);
    const { logOffsets } = gaussianComponents({
      weights,
      means: new Float64Array(2),
      shape: "spherical",
      shared: true,
      whitening: Float64Array.of(1),
    });

    expect(logOffsets[0]).toBe(-Infinity);
  });

  it("made of centroids have the nearest one as their likeliest, in the units given", async () => {
    const data = await referenceBackend.upload(matrix(Float64Array.of(3, 0), 1, 2));
    const centroids = Float64Array.of(0, 0, 3, 4);

    const plain = await referenceBackend.kernels.labels(data, centroidComponents(centroids, 2));
    const scaled = await referenceBackend.kernels.labels(
      data,
      centroidComponents(centroids, 2, { shape: "diag", whitening: Float64Array.of(1, 0.1) }),
    );

    expect([plain[0], scaled[0]]).toEqual([0, 1]);
  });
});

describe("the origin of an uploaded matrix", () => {
  it("keeps the digits of a spread of 1 at an offset of 1e8", async () => {
    const values = Float64Array.from({ length: 999 }, (_, i) => 1e8 + (i % 3) - 1);

    // A running mean errs by a few units in the last place of 1e8, which is 1.5e-8.
    expect(Math.abs((await referenceBackend.matrix(matrix(values, 999, 1))).origin[0]! - 1e8)).toBeLessThanOrEqual(1e-7);
  });

  it("does not overflow where a sum would", async () => {
    expect((await referenceBackend.matrix(matrix(Float64Array.of(1.5e308, 1.5e308, 1.5e308), 3, 1))).origin[0]).toBe(1.5e308);
  });
});

describe("defineBackend", () => {
  it("derives the kernels that a definition does not bring, and keeps those it brings", () => {
    const labels = async (): Promise<Int32Array> => new Int32Array(0);

    const backend = defineBackend({ ...referenceBackend, kernels: { labels } });

    const [made, all] = [backend, referenceBackend].map(({ kernels }) => new Map<string, unknown>(Object.entries(kernels)));
    expect(made!.get("labels")).toBe(labels);
    expect(made!.get("expectation")).not.toBe(all!.get("expectation"));
    expect([...made!.keys()].toSorted()).toEqual([...all!.keys()].toSorted());
  });
});
