// Shapes, scatters and radial parts that nobody ships, for tests that put them into the tables: whatever is there must work on every backend.
// By path: the packages under these tests cannot be this package's dependencies, as it is theirs.
import { whiteningOfPrecision } from "../../packages/backend/src/algebra/whitening.ts";
import type { Radial } from "../../packages/backend/src/radials/radial.ts";
import type { SecondMoments } from "../../packages/backend/src/scatters/second-moments.ts";
import type { Shape } from "../../packages/backend/src/shapes/shape.ts";
import { shapes } from "../../packages/backend/src/shapes/table.ts";

/** One direction in which features vary together: Σ⁻¹ = a² I + b² 1 1ᵀ, of which a factor keeps a and b. */
export const ridged: Shape = {
  independent: false,
  dimensions: () => [2, 1],
  logDeterminant: (whitening, at, d) => d * Math.log(whitening[at]!) + 0.5 * Math.log1p(d * (whitening[at + 1]! / whitening[at]!) ** 2),
  diagonal: (whitening, at, d) => shapes.full.diagonal(ridged.triangle(whitening, at, d), 0, d),
  triangle(whitening, at, d) {
    const precision = Float64Array.from(
      { length: d * d },
      (_, i) => whitening[at + 1]! ** 2 + (i % (d + 1) === 0 ? whitening[at]! ** 2 : 0),
    );
    const result = whiteningOfPrecision(precision, d);
    if (!result.ok) throw new Error("a and b are no factor");
    return result.factor;
  },
  work: (d) => 2 * d,
  squares({ count, features: d, means, shared, whitening }, x, _room, out) {
    for (let k = 0; k < count; k++) {
      const at = shared ? 0 : 2 * k;
      let squares = 0;
      let sum = 0;
      for (let i = 0; i < d; i++) {
        const difference = x[i]! - means[k * d + i]!;
        squares += difference * difference;
        sum += difference;
      }
      out[k] = whitening[at]! ** 2 * squares + (whitening[at + 1]! * sum) ** 2;
    }
  },
  squaredDistances(device, differences, factor) {
    const [a, b] = [device.sliceRows(factor, 0, 1), device.sliceRows(factor, 1, 2)];
    const together = device.square(device.multiply(device.sum(differences, 1), b));
    return device.add(device.sum(device.square(device.multiply(differences, a)), 1), together);
  },
};

/** S μ of every component: what of a scatter matrix a projection keeps, d numbers that depend on the components. */
export const projected: SecondMoments = {
  raw: "products",
  pooled: false,
  base: "full",
  size: (count, d) => count * d,
  collect(raw, at, k, d, S2, components) {
    const symmetric = (i: number, j: number): number => raw[at + Math.max(i, j) * d + Math.min(i, j)]!;
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) S2[k * d + i]! += symmetric(i, j) * components!.means[k * d + j]!;
  },
};

/** Student's t of ν degrees of freedom, but for its normaliser, with the sum that an M-step for ν needs. */
export const student: Radial = {
  size: 1,
  constants: (d, parameters, at) => [parameters[at]!, -(parameters[at]! + d) / 2, parameters[at]! + d],
  logTerm: {
    host(values, from, to, d, parameters, at) {
      const nu = parameters[at]!;
      for (let p = from; p < to; p++) values[p] = -0.5 * (nu + d) * Math.log(1 + values[p]! / nu);
    },
    device: (device, squares, [nu, exponent]) => device.multiply(device.log(device.divide(device.add(squares, nu!), nu!)), exponent!),
  },
  weight: {
    host(values, from, to, d, parameters, at) {
      const nu = parameters[at]!;
      for (let p = from; p < to; p++) values[p] = (nu + d) / (nu + values[p]!);
    },
    device: (device, squares, [nu, , sum]) => device.divide(sum!, device.add(squares, nu!)),
  },
  extras: [
    {
      host(values, from, to, d, parameters, at) {
        const nu = parameters[at]!;
        for (let p = from; p < to; p++) {
          const u = (nu + d) / (nu + values[p]!);
          values[p] = Math.log(u) - u;
        }
      },
      device(device, squares, [nu, , sum]) {
        const u = device.divide(sum!, device.add(squares, nu!));
        return device.subtract(device.log(u), u);
      },
    },
  ],
};

/**
 * Puts the three into tables.
 *
 * @returns takes them out again
 */
export function enter(tables: { readonly shapes: object; readonly scatters: object; readonly radials: object }): () => void {
  Object.assign(tables.shapes, { ridged });
  Object.assign(tables.scatters, { projected });
  Object.assign(tables.radials, { student });
  return () => {
    Reflect.deleteProperty(tables.shapes, "ridged");
    Reflect.deleteProperty(tables.scatters, "projected");
    Reflect.deleteProperty(tables.radials, "student");
  };
}
