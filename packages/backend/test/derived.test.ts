import { CHUNK_ROWS, defineBackend, mergeMoments, referenceBackend } from "../src/index.ts";
import type { ExpectationOptions, GaussianComponents } from "../src/index.ts";
import type { Matrix } from "@mixtura/core";
import { createRandom, rowRange } from "@mixtura/core/authoring";
import { beforeAll, describe, expect, it } from "vitest";
import { countedDevice } from "@mixtura/fixtures/counted-device";

// With 150 components a row costs so much that a chunk is worked on in several spans.
const COUNT = 150;
const ROWS = CHUNK_ROWS + 150;

describe("kernels derived for many components", () => {
  const { primitives, liveHandles } = countedDevice();
  const derived = defineBackend(primitives);
  let data: Matrix;
  let components: GaussianComponents;
  let options: ExpectationOptions;

  beforeAll(() => {
    const random = createRandom(71);
    const normals = (length: number): Float64Array => Float64Array.from({ length }, () => 5 * random.normal());
    data = { data: normals(ROWS * 2), rows: ROWS, columns: 2 };
    const means = normals(COUNT * 2);
    const whitening = Float64Array.of(1, 0.5);
    components = { count: COUNT, features: 2, means, shape: "diag", shared: true, whitening, logOffsets: new Float64Array(COUNT).fill(-7) };
    options = { centres: means, scatter: "diag", assignment: "soft" };
  });

  it("agree with the reference backend and free all that they made", async () => {
    const handle = await derived.upload(data);

    const found = await derived.kernels.expectation(handle, components, options);
    const nearest = await derived.kernels.nearestCentroid(handle, components.means);

    const right = await referenceBackend.kernels.expectation(data, components, options);
    expect(found.livePairs).toBe(right.livePairs);
    // 4 246 additions of unit roundoff 1.1e-16 in another order, relative to the largest sum.
    const largest = right.S2.reduce((most, value) => Math.max(most, value), 0);
    found.S2.forEach((value, index) => expect(Math.abs(value - right.S2[index]!)).toBeLessThanOrEqual(1e-12 * largest));
    expect(Math.abs(found.logLikelihood / right.logLikelihood - 1)).toBeLessThanOrEqual(1e-13);
    expect(nearest.labels).toEqual((await referenceBackend.kernels.nearestCentroid(data, components.means)).labels);
    expect(liveHandles()).toBe(1);
    derived.release(handle);
  });

  it("sum a chunk by itself, bit for bit, however many spans it takes", async () => {
    const parts = await Promise.all(
      [rowRange(data, 0, CHUNK_ROWS), rowRange(data, CHUNK_ROWS, ROWS), data].map((rows) => derived.upload(rows)),
    );

    const [first, second, whole] = await Promise.all(parts.map((handle) => derived.kernels.expectation(handle, components, options)));

    expect(mergeMoments(first!, second!)).toEqual(whole);
    for (const handle of parts) derived.release(handle);
  });
});
