// Shapes, scatters and radial parts that nobody ships, put into the tables for the time of these tests: whatever is in a table must work on
// every backend, without an edit in a kernel.
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { countedDevice } from "@mixtura/fixtures/counted-device";
import { enter, projected, ridged } from "@mixtura/fixtures/foreign-entries";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routeKernels } from "../src/accelerated.ts";
import type { GaussianComponents, GaussianKernels, Moments, Scatter, ShapeName } from "../src/index.ts";
import type { RadialName } from "../src/internal/kernels.ts";
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
} from "../src/index.ts";
import { pointwiseTerms } from "../src/reference/log-terms.ts";
import { createBlock } from "../src/reference/block.ts";
import { referencePrimitives } from "../src/reference/primitives.ts";
import { singlePlace } from "../src/single/place.ts";

let leave: () => void;
beforeAll(() => (leave = enter({ shapes, scatters, radials })));
afterAll(() => leave());

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
        const mass = rowWeights[i]! * Math.exp(terms[k]! - logDensity);
        const u = (nus[k]! + D) / (nus[k]! + squares[k]!);
        total.s0[k]! += mass;
        total.radialMass![k]! += mass * u;
        total.extra![k]! += mass * (Math.log(u) - u);
        const difference = (j: number): number => x[j]! - centres[k * D + j]!;
        for (let a = 0; a < D; a++) {
          total.s1[k * D + a]! += mass * u * difference(a);
          for (let b = 0; b < D; b++) total.S2[(k * D + a) * D + b]! += mass * u * difference(a) * difference(b);
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

describe("rows in single precision", () => {
  it("take what is only in the tables, in coordinates of their own and to the digits that single precision has", async () => {
    const device = countedDevice("float32");
    const place = singlePlace(defineBackend(device.primitives), { uploaded: undefined, like: { rows: data }, pace: createPace() });
    const rows = place.rows(data, rowWeights, new Float64Array(D));
    const components = { ...ridges(), radial: named.radial };
    const request = { centres, assignment: "soft" } as const;
    for (const scatter of ["full", "spherical", named.scatter] as const) {
      const wanted = await referenceBackend.kernels.expectation(data, components, { ...request, scatter, rowWeights });

      const found = await rows.expectation(components, { ...request, scatter });

      // A hundred rows, a few operations each: some units of 6e-8.
      for (const field of ["s0", "s1", "S2", "radialMass", "extra"] as const) expectClose(found[field]!, wanted[field]!, 1e-5);
    }
    expect(place.diagnostics().map(({ code }) => code)).toEqual(["single-precision"]);
    rows.release();
    expect(device.liveHandles()).toBe(0);
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
    expect(await routed.potentials(data, of("diag", named.radial.name), { potentials: new Float64Array(ROWS) })).toBe("own");
    expect(await routed.potentials(data, of("full"), { potentials: new Float64Array(ROWS) })).toBe("others");
    expect(await routed.nearestCentroid(data, means)).toBe("own");
  });
});
