import type { GaussianComponents, Scatter, ShapeName } from "@mixtura/backend";
import { gaussianComponents, radials, referenceBackend, scatters, shapes } from "@mixtura/backend";
import type { RadialName } from "@mixtura/backend/internal/kernels";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { enter } from "@mixtura/fixtures/foreign-entries";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWasmBackend } from "../src/index.ts";

let leave: () => void;
beforeAll(() => (leave = enter({ shapes, scatters, radials })));
afterAll(() => leave());

const random = createRandom(3);
const normals = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());
const data = matrix(normals(5000 * 8), 5000, 8);
const means = normals(16);
const parts = { weights: Float64Array.of(0.3, 0.7), means, shared: false };

describe("what the binary was not written for", () => {
  it.each<[string, () => GaussianComponents, Scatter]>([
    ["a shape", () => gaussianComponents({ ...parts, shape: "ridged" as ShapeName, whitening: Float64Array.of(1, 0.5, 0.7, 0.1) }), "diag"],
    ["a scatter", () => gaussianComponents({ ...parts, shape: "spherical", whitening: Float64Array.of(1, 0.7) }), "projected" as Scatter],
    [
      "a radial part",
      () => ({
        ...gaussianComponents({ ...parts, shape: "spherical", whitening: Float64Array.of(1, 0.7) }),
        radial: { name: "student" as RadialName, parameters: Float64Array.of(4, 9) },
      }),
      "spherical",
    ],
  ])("is the reference kernels' to compute, on the rows as they lie: %s", async (_, componentsOf, scatter) => {
    const backend = createWasmBackend({ threads: 1 });
    const components = componentsOf();
    const handle = await backend.upload(data);
    const options = { centres: means, scatter, assignment: "soft" } as const;

    const found = await backend.kernels.expectation(handle, components, options);

    expect(found).toEqual(await referenceBackend.kernels.expectation(data, components, options));
    const densities = await backend.kernels.logDensities(handle, components);
    const right = await referenceBackend.kernels.logDensities(data, components);
    // Densities do not depend on the scatter, so that the binary's own kernel may serve: sums in another order.
    right.forEach((value, row) => expect(Math.abs(densities[row]! / value - 1)).toBeLessThan(1e-12));
    await backend.close();
  });
});
