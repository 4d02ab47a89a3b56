import { referenceBackend } from "@mixtura/backend";
import type { Matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";

// The nearest of many means is looked for in single precision first. What that cannot tell must come out as if it had never been tried.

/** How far rows lie off the middle between two means, in distances between the two: half of these single precision cannot see. */
const OFFSETS = [0.3, 1e-2, 1e-4, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12];

/** Rows near the middles between means, and rows anywhere. */
function between(means: Float64Array, rows: number, d: number, random: Random): Matrix {
  const k = means.length / d;
  const data = new Float64Array(rows * d);
  for (let i = 0; i < rows; i++) {
    const [a, b] = [random.integer(k) * d, random.integer(k) * d];
    const fraction = 0.5 + OFFSETS[i % OFFSETS.length]! * (random.uniform() < 0.5 ? -1 : 1);
    for (let j = 0; j < d; j++) data[i * d + j] = fraction * means[a + j]! + (1 - fraction) * means[b + j]!;
  }
  return { data, rows, columns: d };
}

describe.each([{ deterministic: false }, { deterministic: true }])("deterministic: $deterministic", (options) => {
  const backend = createWasmBackend({ ...options, threads: 1 });

  it.each([
    [12, 8, 0, 1],
    [13, 9, 0, 1],
    [64, 33, 0, 1],
    [30, 130, 0, 1],
    [16, 12, 1e6, 1], // far from 0: nothing is certain in single precision
    [16, 12, 0, 1e-15],
    [16, 12, 0, 1e-22], // squares below the smallest single number
    [16, 12, 0, 1e-42],
    [16, 12, 0, 1e-140],
    [16, 12, 0, 1e15],
    [16, 12, 0, 1e25], // squares above the largest
    [16, 12, 0, 1e45], // the numbers themselves are
    [16, 12, 0, 1e140],
  ])("%i means, %i features, %d off 0, at scale %d: the nearest are the reference's", async (k, d, offset, scale) => {
    const random = createRandom(7, k, d);
    const means = Float64Array.from({ length: k * d }, () => scale * (offset + random.normal()));
    const X = between(means, 1003, d, random);
    const handle = await backend.upload(X);

    const found = await backend.kernels.nearestCentroid(handle, means);
    const expected = await referenceBackend.kernels.nearestCentroid(X, means);
    backend.release(handle);

    expect(found.labels).toEqual(expected.labels);
    // Sums of at most 130 squares in another order, or fused.
    for (let i = 0; i < X.rows; i++)
      expect(Math.abs(found.squaredDistances[i]! - expected.squaredDistances[i]!)).toBeLessThanOrEqual(
        1e-13 * expected.squaredDistances[i]!,
      );
  });

  it("rows that hold an infinite difference, and equal means, end as they do in few means", async () => {
    const d = 8;
    const random = createRandom(3);
    const few = Float64Array.from({ length: 2 * d }, () => random.normal());
    const many = Float64Array.from({ length: 16 * d }, (_, at) => few[at % (2 * d)]!); // the same two, eight times over
    const X = between(few, 200, d, random);
    X.data[5 * d] = 1e300;
    X.data[17 * d + 3] = -1.7e308;
    const handle = await backend.upload(X);

    const found = await backend.kernels.nearestCentroid(handle, many);
    const expected = await backend.kernels.nearestCentroid(handle, few);
    backend.release(handle);

    expect(found.labels).toEqual(expected.labels);
    expect(found.squaredDistances).toEqual(expected.squaredDistances);
  });
});
