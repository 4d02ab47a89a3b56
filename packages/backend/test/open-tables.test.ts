// Shapes, scatters and radial parts that nobody ships, put into the tables for the time of these tests: whatever is in a table must work on
// every backend, without an edit in a kernel.
import type { Matrix } from "@mixtura/core";
import { createRandom, matrix } from "@mixtura/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routeKernels } from "../src/accelerated.ts";
import type {
  GaussianComponents,
  GaussianKernels,
  Moments,
  Radial,
  RadialName,
  Scatter,
  SecondMoments,
  Shape,
  ShapeName,
} from "../src/index.ts";
import {
  CHUNK_ROWS,
  defineBackend,
  emptyMoments,
  gaussianComponents,
  mergeMoments,
  radials,
  referenceBackend,
  scatters,
  shapes,
  shiftMoments,
  whiteningOfPrecision,
} from "../src/index.ts";
import { pointwiseTerms } from "../src/reference/log-terms.ts";
import { createBlock } from "../src/reference/block.ts";
import { referencePrimitives } from "../src/reference/primitives.ts";

/** One direction in which features vary together: Σ⁻¹ = a² I + b² 1 1ᵀ, of which a factor keeps a and b. */
const ridged: Shape = {
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
const projected: SecondMoments = {
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
const student: Radial = {
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

beforeAll(() => {
  Object.assign(shapes, { ridged });
  Object.assign(scatters, { projected });
  Object.assign(radials, { student });
});

afterAll(() => {
  for (const [table, name] of [
    [shapes, "ridged"],
    [scatters, "projected"],
    [radials, "student"],
  ] as const)
    Reflect.deleteProperty(table, name);
});

const derived = defineBackend({ ...referencePrimitives, name: "derived" });
/** A backend whose own kernels would fail at everything, but are listed for nothing. */
const hollow = defineBackend({
  ...referencePrimitives,
  name: "hollow",
  kernels: Object.fromEntries(
    Object.keys(referenceBackend.kernels)
      .filter((name) => name !== "nearestCentroid")
      .map((name) => [name, () => Promise.reject(new Error(`${name} was asked for what it does not list`))]),
  ),
  accelerates: { shapes: [], scatters: [], radials: [] },
});
const BACKENDS = [referenceBackend, derived, hollow];

const ROWS = 100;
const D = 3;
const K = 2;
const random = createRandom(5);
const normals = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());
const data = matrix(normals(ROWS * D), ROWS, D);
const rowWeights = Float64Array.from({ length: ROWS }, (_, i) => (i % 7 === 0 ? 0 : 1 + random.uniform()));
const means = normals(K * D);
const centres = normals(K * D);
const whitening = Float64Array.of(1.2, 0.4, 0.8, 0.3);
const weights = Float64Array.of(0.4, 0.6);
const named = {
  shape: "ridged" as ShapeName,
  scatter: "projected" as Scatter,
  radial: { name: "student" as RadialName, parameters: Float64Array.of(3, 8) },
};

const ridges = (): GaussianComponents => gaussianComponents({ weights, means, shape: named.shape, shared: false, whitening });

/** The same factors as plain triangles. */
const triangles = (): GaussianComponents =>
  gaussianComponents({
    weights,
    means,
    shape: "full",
    shared: false,
    whitening: Float64Array.from([...ridged.triangle(whitening, 0, D), ...ridged.triangle(whitening, 2, D)]),
  });

/** To rounding: a few hundred additions of numbers of one size. */
function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, relative = 1e-12): void {
  expect(found.length).toBe(wanted.length);
  const scale = Math.max(...Array.from(wanted, Math.abs), 1);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThanOrEqual(relative * scale);
}

describe("a shape that is only in the table", () => {
  it("scores rows and sums moments as the same factors do when they are spelled out, on every backend", async () => {
    const options = { rowWeights, centres, scatter: "full", assignment: "soft" } as const;
    const wanted = await referenceBackend.kernels.expectation(data, triangles(), options);
    for (const { kernels } of BACKENDS) {
      expectClose(await kernels.logDensities(data, ridges()), await referenceBackend.kernels.logDensities(data, triangles()));
      expectClose(await kernels.squaredMahalanobis(data, ridges()), await referenceBackend.kernels.squaredMahalanobis(data, triangles()));
      const found = await kernels.expectation(data, ridges(), options);
      for (const field of ["s0", "s1", "S2"] as const) expectClose(found[field], wanted[field]);
      expectClose([found.logLikelihood], [wanted.logLikelihood]);
    }
  });
});

describe("the loops for any shape", () => {
  it.each([
    ["full", true],
    ["full", false],
    ["diag", false],
    ["spherical", true],
  ] as const)("give the terms of %s factors (shared: %s) that their own loops give", async (shape, shared) => {
    const size = (shared ? 1 : K) * { full: D * D, diag: D, spherical: 1 }[shape];
    const factor = Float64Array.from({ length: size }, (_, at) =>
      shape === "full" && at % D > Math.floor((at % (D * D)) / D) ? 0 : 0.5 + at / 9,
    );
    const components = gaussianComponents({ weights, means, shape, shared, whitening: factor });
    const block = createBlock(D, K);
    block.rows = 5;
    for (let p = 0; p < 5; p++) for (let j = 0; j < D; j++) block.columns[j * block.capacity + p] = data.data[p * D + j]!;
    pointwiseTerms(components)(block);
    const distances = await referenceBackend.kernels.squaredMahalanobis(data, components);
    for (let p = 0; p < 5; p++)
      for (let k = 0; k < K; k++)
        expectClose([block.terms[k * block.capacity + p]!], [components.logOffsets[k]! - 0.5 * distances[p * K + k]!]);
  });
});

describe("a scatter that is only in the table", () => {
  it("keeps what it says, dependent on the components, on every backend and over chunks", async () => {
    const rows = CHUNK_ROWS + 50;
    const many = matrix(normals(rows * 5), rows, 5);
    const components = gaussianComponents({
      weights,
      means: normals(K * 5),
      shape: "diag",
      shared: false,
      whitening: normals(K * 5).map((value) => 0.5 + Math.abs(value)),
    });
    const options = { centres: normals(K * 5), assignment: "soft" } as const;
    const { S2 } = await referenceBackend.kernels.expectation(many, components, { ...options, scatter: "full" });
    const wanted = new Float64Array(K * 5);
    for (let k = 0; k < K; k++) projected.collect(S2, k * 25, k, 5, wanted, components);
    for (const { kernels } of BACKENDS)
      expectClose((await kernels.expectation(many, components, { ...options, scatter: named.scatter })).S2, wanted);
  });
});

describe("a radial part that is only in the table", () => {
  /** From the definitions, row by row. */
  function naive(): Moments {
    const components = triangles();
    const total = emptyMoments("full", K, D, centres, { ...components, radial: named.radial });
    let { logLikelihood, weight } = total;
    const squares = new Float64Array(K);
    for (let i = 0; i < ROWS; i++) {
      const x = data.data.subarray(i * D, (i + 1) * D);
      shapes.full.squares(components, x, new Float64Array(D), squares);
      const nus = named.radial.parameters;
      const terms = Array.from(squares, (q, k) => components.logOffsets[k]! - 0.5 * (nus[k]! + D) * Math.log1p(q / nus[k]!));
      const logDensity = Math.log(terms.reduce((sum, term) => sum + Math.exp(term), 0));
      weight += rowWeights[i]!;
      logLikelihood += rowWeights[i]! * logDensity;
      for (let k = 0; k < K; k++) {
        const share = rowWeights[i]! * Math.exp(terms[k]! - logDensity);
        const u = (nus[k]! + D) / (nus[k]! + squares[k]!);
        total.s0[k]! += share;
        total.radialMass![k]! += share * u;
        total.extra![k]! += share * (Math.log(u) - u);
        const difference = (j: number): number => x[j]! - centres[k * D + j]!;
        for (let a = 0; a < D; a++) {
          total.s1[k * D + a]! += share * u * difference(a);
          for (let b = 0; b < D; b++) total.S2[(k * D + a) * D + b]! += share * u * difference(a) * difference(b);
        }
      }
    }
    return { ...total, logLikelihood, weight };
  }

  it("weights rows by their distance and adds up its extra sums, as the definitions say, on every backend", async () => {
    const wanted = naive();
    for (const { kernels } of BACKENDS) {
      const components = { ...triangles(), radial: named.radial };
      const found = await kernels.expectation(data, components, { rowWeights, centres, scatter: "full", assignment: "soft" });
      for (const field of ["s0", "s1", "S2", "radialMass", "extra"] as const) expectClose(found[field]!, wanted[field]!);
      expectClose([found.logLikelihood, found.weight], [wanted.logLikelihood, wanted.weight]);
      const scores = await kernels.logDensities(data, components);
      expectClose([scores.reduce((sum, score, i) => sum + rowWeights[i]! * score, 0)], [wanted.logLikelihood]);
    }
  });

  it("leaves squared distances as they are", async () => {
    for (const { kernels } of BACKENDS)
      expectClose(
        await kernels.squaredMahalanobis(data, { ...triangles(), radial: named.radial }),
        await referenceBackend.kernels.squaredMahalanobis(data, triangles()),
      );
  });

  it("gives moments that merge, and move to other centres by the mass that they are sums over", async () => {
    const components = { ...triangles(), radial: named.radial };
    const momentsOf = (start: number, end: number, about: Float64Array): Promise<Moments> =>
      referenceBackend.kernels.expectation(referenceBackend.sliceRows(data, start, end), components, {
        centres: about,
        scatter: "full",
        assignment: "soft",
      });
    const whole = await momentsOf(0, ROWS, means);
    const moved = shiftMoments(await momentsOf(40, ROWS, centres), means);
    const merged = mergeMoments(await momentsOf(0, 40, means), moved);
    for (const field of ["s0", "s1", "S2", "radialMass", "extra"] as const) expectClose(merged[field]!, whole[field]!);
    const gaussian = await referenceBackend.kernels.expectation(data, triangles(), { centres: means, scatter: "full", assignment: "soft" });
    expect(() => mergeMoments(whole, gaussian)).toThrow(/same kind and size/);
  });
});

describe("moments about other centres", () => {
  it.each(["full", "pooled", "diag", "spherical", "none"] as const)("are those that a pass about these finds: %s", async (scatter) => {
    const components = triangles();
    const about = (centre: Float64Array): Promise<Moments> =>
      referenceBackend.kernels.expectation(data, components, { rowWeights, centres: centre, scatter, assignment: "soft" });
    const moved = shiftMoments(await about(centres), means);
    const wanted = await about(means);
    expect(moved.centres).toEqual(wanted.centres);
    for (const field of ["s0", "s1", "S2"] as const) expectClose(moved[field], wanted[field]);
  });
});

describe("a backend that lists what it accelerates", () => {
  /** Kernels that only say their name. */
  const speaking = (name: string): GaussianKernels<Matrix> =>
    Object.fromEntries(
      Object.keys(referenceBackend.kernels).map((kernel) => [kernel, async () => name]),
    ) as unknown as GaussianKernels<Matrix>;
  const routed = routeKernels(speaking("own"), { shapes: ["diag"], scatters: ["diag", "none"], radials: ["gaussian"] }, speaking("others"));
  const of = (shape: ShapeName, radial?: RadialName): GaussianComponents => ({
    ...triangles(),
    shape,
    ...(radial === undefined ? {} : { radial: { name: radial, parameters: new Float64Array(K) } }),
  });
  const pass = (scatter: Scatter) => ({ centres, scatter, assignment: "soft" }) as const;

  it("is asked for nothing else", async () => {
    expect(await routed.expectation(data, of("diag"), pass("diag"))).toBe("own");
    expect(await routed.expectation(data, of("full"), pass("diag"))).toBe("others");
    expect(await routed.expectation(data, of("diag"), pass("full"))).toBe("others");
    expect(await routed.expectation(data, of("diag", named.radial.name), pass("diag"))).toBe("others");
    expect(await routed.moments(data, { centres, scatter: "none" })).toBe("own");
    expect(await routed.moments(data, { centres, scatter: "pooled" })).toBe("others");
    for (const kernel of ["logDensities", "responsibilities", "labels"] as const) {
      expect(await routed[kernel](data, of("diag"))).toBe("own");
      expect(await routed[kernel](data, of("spherical"))).toBe("others");
      expect(await routed[kernel](data, of("diag", named.radial.name))).toBe("others");
    }
    expect(await routed.squaredMahalanobis(data, of("diag", named.radial.name))).toBe("own");
    expect(await routed.squaredMahalanobis(data, of("full"))).toBe("others");
    expect(await routed.potentials(data, of("full"), { potentials: new Float64Array(ROWS) })).toBe("others");
    expect(await routed.nearestCentroid(data, means)).toBe("own");
  });
});
