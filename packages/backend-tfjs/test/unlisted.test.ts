import type { GaussianComponents, ShapeName } from "@mixtura/backend";
import { gaussianComponents, radials, referenceBackend, scatters, shapes } from "@mixtura/backend";
import type { RadialName } from "@mixtura/backend/internal/kernels";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { enter } from "@mixtura/fixtures/foreign-entries";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engines } from "./engines.ts";

let leave: () => void;
beforeAll(() => (leave = enter({ shapes, scatters, radials })));
afterAll(() => leave());

const random = createRandom(3);
const normals = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());
const data = matrix(normals(500 * 4), 500, 4);
const means = normals(8);
const parts = { weights: Float64Array.of(0.3, 0.7), means, shared: false };

describe.each(engines)("what no kernel of tfjs $engine was written for", ({ create, liveTensors }) => {
  it.each<[string, () => GaussianComponents]>([
    ["a shape", () => gaussianComponents({ ...parts, shape: "ridged" as ShapeName, whitening: Float64Array.of(1, 0.5, 0.7, 0.1) })],
    [
      "a radial part",
      () => ({
        ...gaussianComponents({ ...parts, shape: "spherical", whitening: Float64Array.of(1, 0.7) }),
        radial: { name: "student" as RadialName, parameters: Float64Array.of(4, 9) },
      }),
    ],
  ])("is made of its operations: %s", async (_, componentsOf) => {
    const backend = await create();
    const components = componentsOf();
    const handle = await backend.upload(data);
    const before = liveTensors();
    const options = { centres: means, scatter: "full", assignment: "soft" } as const;

    const found = await backend.kernels.expectation(handle, components, options);

    const wanted = await referenceBackend.kernels.expectation(data, components, options);
    for (const field of ["s0", "s1", "S2", "radialMass", "extra"] as const) {
      const scale = Math.max(...Array.from(wanted[field] ?? [], Math.abs));
      // Sums of 500 rows in single precision.
      wanted[field]?.forEach((value, at) => expect(Math.abs(found[field]![at]! - value)).toBeLessThan(1e-5 * scale));
    }
    expect(Math.abs(found.logLikelihood / wanted.logLikelihood - 1)).toBeLessThan(1e-5);
    expect(liveTensors()).toBe(before);
    backend.release(handle);
  });
});
