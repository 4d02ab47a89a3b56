import { gaussianComponents, referenceBackend } from "@mixtura/backend";
import { expect, it } from "vitest";
import { createWasmBackend } from "../src/backend.ts";

// The square of a factor of 1e160 is not a number any more, and neither is that of the distances it is to scale.
it.each([1e-160, 1e-150, 1e150, 1e160])("spherical factors of %s meet rows of their size", async (factor) => {
  const [rows, features] = [20, 3];
  const numbers = (length: number, of: (index: number) => number) => Float64Array.from({ length }, (_, index) => of(index) / factor);
  const data = { data: numbers(rows * features, Math.sin), rows, columns: features };
  const components = gaussianComponents({
    weights: Float64Array.of(0.5, 0.5),
    means: numbers(2 * features, Math.cos),
    shape: "spherical",
    shared: false,
    whitening: Float64Array.of(factor, 2 * factor),
  });
  const backend = createWasmBackend({ threads: 1 });

  const found = await backend.kernels.logDensities(await backend.upload(data), components);

  const expected = await referenceBackend.kernels.logDensities(data, components);
  // A handful of roundings of numbers up to 1 200, the logarithm of the determinant.
  found.forEach((value, row) => expect(Math.abs(value - expected[row]!)).toBeLessThan(1e-12 * 1200));
});
