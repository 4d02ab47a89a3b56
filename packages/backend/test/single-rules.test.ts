// What is and what is not held against single precision.
import type { Diagnostic } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { countedDevice } from "@mixtura/fixtures/counted-device";
import { describe, expect, it } from "vitest";
import type { Backend, GaussianComponents, Moments, Scatter } from "../src/index.ts";
import { defineBackend, emptyMoments, gaussianComponents, referenceBackend } from "../src/index.ts";
import { placeOn, uploadedTo } from "../src/rows/place.ts";
import { momentsError } from "../src/single/error.ts";
import { takeNotes } from "../src/single/notes.ts";
import { shrinkage } from "../src/single/shrinkage.ts";

/** Moments of components in one feature. */
function momentsOf(scatter: Scatter, s0: readonly number[], s1: readonly number[], S2: readonly number[]): Moments {
  const weight = s0.reduce((sum, mass) => sum + mass, 0);
  const none = emptyMoments(scatter, s0.length, 1, new Float64Array(s0.length));
  return { ...none, s0: Float64Array.from(s0), s1: Float64Array.from(s1), S2: Float64Array.from(S2), weight };
}

const deviations = Float64Array.of(1);

describe("the second moments of a component", () => {
  it.each(["full", "diag"] as const)("are judged by the sample from a sixty-fourth of it on: %s scatter", (scatter) => {
    const error = (mass: number): number => {
      const right = momentsOf(scatter, [64 - mass, mass], [0, 0], [64 - mass, mass]);
      return momentsError({ ...right, S2: Float64Array.of(64 - mass, 2 * mass) }, right, deviations, true);
    };
    expect([0.99, 1.01].map(error)).toEqual([0, 1]);
  });
});

describe("a direction that collapses", () => {
  /** All but a thousandth of a sum is explained by the shift of the mean, where the variance was `width` of the data's. */
  const left = (scatter: Scatter, width: number): number => {
    const mass = 8;
    const sum = mass * width;
    const moments = momentsOf(scatter, [mass], [Math.sqrt(0.999 * sum * mass)], [sum]);
    const whitening = Float64Array.of(1 / Math.sqrt(width));
    const shape = scatter === "full" ? "full" : "diag";
    return shrinkage(
      moments,
      gaussianComponents({ weights: Float64Array.of(1), means: new Float64Array(1), shape, shared: false, whitening }),
    );
  };

  it.each(["full", "diag", "pooled"] as const)(
    "counts where it was wider than 2⁻¹³ of the data's variance, and not below: %s",
    (scatter) => {
      expect(left(scatter, 1.01 * 2 ** -13)).toBeCloseTo(0.001, 12);
      expect(left(scatter, 0.99 * 2 ** -13)).toBe(1);
    },
  );
});

describe("notes about passes in float64", () => {
  const found = (refusal: "error" | "grid" | "collapse", ...values: readonly number[]): string => {
    const notes = takeNotes("device");
    for (const value of values) notes.exact(refusal, value);
    const [{ message, detail }] = notes.diagnostics() as unknown as [Diagnostic];
    expect(detail).toEqual({ backend: "device", passes: values.length, reason: refusal });
    return message;
  };

  it("tell the worst of them: the largest error, the coarsest grid, the least that was left", () => {
    expect(found("error", 0.002, 0.03, 0.004)).toContain("off by 0.030 on a sample");
    expect(found("grid", 0.002, 0.03, 0.004)).toContain("rounded to 0.030 of");
    expect(found("collapse", 0.003, 0.0002, 0.004)).toContain("shrank to 0.00020 of");
  });
});

describe("rows beside an uploaded matrix", () => {
  it("are placed by themselves: a place for that matrix gives other rows what is theirs", async () => {
    const random = createRandom(2);
    const [host, other] = [1, 2].map((factor) =>
      matrix(
        Float64Array.from({ length: 40 }, () => factor * random.normal()),
        20,
        2,
      ),
    );
    const device = countedDevice("float32");
    const backend = defineBackend(device.primitives) as Backend;
    const uploaded = await backend.matrix(host!);
    const place = await placeOn(backend, { uploaded: uploadedTo(backend, uploaded), like: { rows: host! }, pace: createPace() });
    const components: GaussianComponents = gaussianComponents({
      weights: Float64Array.of(1),
      means: new Float64Array(2),
      shape: "spherical",
      shared: false,
      whitening: Float64Array.of(1),
    });
    for (const given of [host!, other!]) {
      const rows = place.rows(given, undefined, given === host ? uploaded.origin : new Float64Array(2));
      const moved = { ...components, means: Float64Array.from(rows.origin, (value) => -value) };
      const found = await rows.logDensities(moved);
      const right = await referenceBackend.kernels.logDensities(given, components);
      // Single precision: terms below 30, each with a few roundings of 6e-8.
      found.forEach((value, row) => expect(Math.abs(value - right[row]!)).toBeLessThan(1e-5));
      rows.release();
    }
    await uploaded[Symbol.asyncDispose]();
    expect(device.liveHandles()).toBe(0);
  });
});
