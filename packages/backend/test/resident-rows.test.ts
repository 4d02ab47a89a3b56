// What rows on a device hold, and for how long.
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { countedDevice } from "@mixtura/fixtures/counted-device";
import { describe, expect, it } from "vitest";
import type { Backend, GaussianComponents } from "../src/index.ts";
import { defineBackend, gaussianComponents } from "../src/index.ts";
import { residentRows } from "../src/internal/rows.ts";

const random = createRandom(3);
const host = matrix(
  Float64Array.from({ length: 20 }, () => random.normal()),
  10,
  2,
);
const components: GaussianComponents = gaussianComponents({
  weights: Float64Array.of(1),
  means: new Float64Array(2),
  shape: "spherical",
  shared: false,
  whitening: Float64Array.of(1),
});

/** Rows on a device that counts its handles, and how often each was released. */
function rowsOnDevice() {
  const device = countedDevice();
  const backend = defineBackend(device.primitives) as Backend;
  const released = new Map<unknown, number>();
  const counting: Backend = {
    ...backend,
    release(handle) {
      released.set(handle, (released.get(handle) ?? 0) + 1);
      backend.release(handle);
    },
  };
  const rows = residentRows({ backend: counting, host, weights: undefined, origin: new Float64Array(2), pace: createPace() });
  return { rows, liveHandles: device.liveHandles, releases: () => [...released.values()] };
}

describe("rows on a device", () => {
  it("are brought there by the first pass, and once for all passes", async () => {
    const { rows, liveHandles } = rowsOnDevice();
    expect(liveHandles()).toBe(0);
    await Promise.all([rows.logDensities(components), rows.labels(components)]);
    await rows.squaredMahalanobis(components);
    expect(liveHandles()).toBe(1);
  });

  it("are freed once, however often they are released", async () => {
    const { rows, liveHandles, releases } = rowsOnDevice();
    await rows.logDensities(components);
    rows.release();
    rows.release();
    expect([liveHandles(), releases()]).toEqual([0, [1]]);
  });

  it("are freed on their arrival where they were released on their way", async () => {
    const { rows, liveHandles } = rowsOnDevice();
    const pending = rows.logDensities(components).catch(() => undefined);
    rows.release();
    await pending;
    expect(liveHandles()).toBe(0);
  });

  it("answer nothing after their release, whether or not they had come", async () => {
    const [used, fresh] = [rowsOnDevice().rows, rowsOnDevice().rows];
    await used.logDensities(components);
    for (const rows of [used, fresh]) {
      rows.release();
      await expect(rows.logDensities(components)).rejects.toThrow("the rows were released");
    }
  });
});
