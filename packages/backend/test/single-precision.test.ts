import type { Backend, GaussianComponents, Moments, Scatter } from "../src/index.ts";
import { centroidComponents, defineBackend, gaussianComponents, referenceBackend } from "../src/index.ts";
import { invertLower, whiteningOfCovariance } from "../src/internal/factors.ts";
import type { ResidentRows } from "../src/internal/rows.ts";
import { withRows } from "../src/rows/with-rows.ts";
import { openFit } from "../src/internal/rows.ts";
import { singlePlace } from "../src/single/place.ts";
import type { Diagnostic, Matrix, MatrixLike } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { countedDevice } from "@mixtura/fixtures/counted-device";

const ROWS = 400;
const D = 3;
const K = 2;

/** Two groups of rows whose features differ in scale by eighteen powers of ten, lie far from zero, and are almost the same after scaling. */
function hardRows(): { X: Matrix; components: GaussianComponents; centroids: Float64Array } {
  const random = createRandom(5);
  const scale = [1e-9, 1, 1e9];
  const offset = [1e-5, 1e4, 1e13];
  const narrow = 1e-3; // the third direction's spread beside the others'
  const data = new Float64Array(ROWS * D);
  const centres = new Float64Array(K * D);
  const place = (values: readonly number[], j: number): number => offset[j]! + scale[j]! * values[j]!;
  for (let i = 0; i < ROWS; i++) {
    const common = random.normal() + (i % 2 === 0 ? 2 : -2);
    const x = [common, common + narrow * random.normal(), common - narrow * random.normal()];
    for (let j = 0; j < D; j++) data[i * D + j] = place(x, j);
  }
  for (let k = 0; k < K; k++)
    for (let j = 0; j < D; j++) centres[k * D + j] = place([k === 0 ? 2 : -2, k === 0 ? 2 : -2, k === 0 ? 2 : -2], j);
  const covariance = Float64Array.from({ length: D * D }, (_, at) => {
    const [i, j] = [Math.floor(at / D), at % D];
    return scale[i]! * scale[j]! * (1 + (i === j ? narrow ** 2 : 0));
  });
  const factor = whiteningOfCovariance(covariance, D);
  if (!factor.ok) throw new Error("not definite");
  const whitening = new Float64Array(K * D * D);
  for (let k = 0; k < K; k++) whitening.set(factor.factor, k * D * D);
  const components = gaussianComponents({ weights: Float64Array.of(0.5, 0.5), means: centres, shape: "full", shared: false, whitening });
  return { X: { data, rows: ROWS, columns: D }, components, centroids: centres };
}

/** Components that measure each feature by itself. */
function diagonal({ means, count, features, whitening }: GaussianComponents): GaussianComponents {
  const inverse = invertLower(whitening.subarray(0, features ** 2), features);
  const deviation = (j: number): number => Math.hypot(...inverse.subarray(j * features, (j + 1) * features));
  const factors = Float64Array.from({ length: count * features }, (_, at) => 1 / deviation(at % features));
  return gaussianComponents({ weights: new Float64Array(count).fill(1 / count), means, shape: "diag", shared: false, whitening: factors });
}

/** Rows opened for a fit. Components are moved to their coordinates. */
async function open(X: MatrixLike, backend: Backend, sampleWeight?: Float64Array, signal?: AbortSignal): Promise<ResidentRows> {
  const load = () => Promise.reject(new Error("not wanted"));
  const request = { backend, work: () => 0, load, random: createRandom(1), caller: "test" };
  const { rows } = await openFit(X, request, { ...(sampleWeight && { sampleWeight }), ...(signal && { signal }) });
  return rows.sample();
}

function inCoordinates(components: GaussianComponents, { origin, features }: ResidentRows): GaussianComponents {
  return { ...components, means: components.means.map((value, at) => value - origin[at % features]!) };
}

const float32 = () => {
  const device = countedDevice("float32");
  return { backend: defineBackend(device.primitives) as Backend, liveHandles: device.liveHandles };
};

const notes = (rows: ResidentRows): Record<string, string> =>
  Object.fromEntries(rows.diagnostics().map(({ code, detail }: Diagnostic) => [code, String(detail?.["reason"] ?? "")]));

/** Largest difference of second moments relative to the variances, and of the rest relative to the whole. */
function differences(found: Moments, right: Moments, deviations: readonly number[]): Record<string, number> {
  const worst = (a: Float64Array, b: Float64Array, scale: (at: number) => number): number =>
    a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!) / scale(at)), 0);
  const d = right.features;
  const { weight, scatter } = right;
  const square = scatter === "full" || scatter === "pooled";
  const sizes = (at: number): number => {
    const [i, j] = square ? [Math.floor((at % (d * d)) / d), at % d] : [at % d, at % d];
    return scatter === "spherical" ? weight * Math.max(...deviations) ** 2 : weight * deviations[i]! * deviations[j]!;
  };
  return {
    s0: worst(found.s0, right.s0, () => weight),
    s1: worst(found.s1, right.s1, (at) => weight * deviations[at % d]!),
    S2: worst(found.S2, right.S2, sizes),
    logLikelihood: Math.abs(found.logLikelihood - right.logLikelihood) / Math.max(weight, Math.abs(right.logLikelihood)),
  };
}

/** One standard deviation of each feature. */
const DEVIATIONS = [2.2e-9, 2.2, 2.2e9];

describe("a float32 backend under guard", () => {
  const { X, components } = hardRows();

  it.each(["full", "pooled", "diag", "spherical", "none"] as const)(
    "agrees with float64 on rows that single precision alone cannot tell apart: %s scatter",
    async (scatter: Scatter) => {
      const { backend } = float32();
      const [rows, plain] = [await open(X, backend), await open(X, referenceBackend)];
      const matrices = scatter === "full" || scatter === "pooled";
      for (const mixture of matrices ? [components] : [components, diagonal(components)]) {
        const moved = inCoordinates(mixture, rows);

        const found = await rows.expectation(moved, { scatter });

        const right = await plain.expectation(moved, { scatter });
        // 400 additions in float32, and log-densities of up to some 20 nats: a few 1e-6 at worst. Components are a thousandth of the data's
        // spread wide in one direction, so rows are rounded to 2⁻²⁴ × 1000 = 6e-5 of it, at random.
        for (const [name, difference] of Object.entries(differences(found, right, DEVIATIONS)))
          expect([name, difference < 2e-5]).toEqual([name, true]);
        expect(notes(rows)).toEqual({ "single-precision": "" });
      }
      rows.release();
    },
  );

  it("sums labelled groups as float64 does", async () => {
    const { backend } = float32();
    const sampleWeight = Float64Array.from({ length: ROWS }, (_, i) => (i % 5) / 2);
    const [rows, plain] = [await open(X, backend, sampleWeight), await open(X, referenceBackend, sampleWeight)];
    const { means: centres } = inCoordinates(components, rows);
    const labels = Int32Array.from({ length: ROWS }, (_, i) => (i % 7 === 0 ? -1 : i % 2));
    for (const scatter of ["full", "pooled", "diag", "spherical", "none"] as const) {
      const found = await rows.moments({ labels }, { centres, scatter });

      const right = await plain.moments({ labels }, { centres, scatter });
      expect([scatter, Object.values(differences(found, right, DEVIATIONS)).every((value) => value < 5e-6)]).toEqual([scatter, true]);
    }
    rows.release();
  });

  it("answers row by row as float64 does", async () => {
    const { backend, liveHandles } = float32();
    const problem = { X, features: { count: D }, components, signal: undefined, sampleWeight: undefined, caller: "test" };
    const load = () => Promise.reject(new Error("not wanted"));
    const ask = (on: Backend) =>
      withRows({ ...problem, backend: on, load }, async ({ rows, components: moved }) => ({
        densities: await rows.logDensities(moved),
        shares: await rows.responsibilities(moved),
        squares: await rows.squaredMahalanobis(moved),
        labels: await rows.labels(moved),
        nearest: await rows.labels(centroidComponents(moved.means, K)),
      }));

    const [found, right] = [await ask(backend), await ask(referenceBackend)];

    // Terms of up to 50, rounded to 6e-5 of a standard deviation: 1e-4 relative is what the suite of laws holds float32 backends to.
    for (const name of ["densities", "shares", "squares"] as const) {
      const worst = found[name].reduce(
        (most, value, at) => Math.max(most, Math.abs(value - right[name][at]!) / Math.max(1, Math.abs(value))),
        0,
      );
      expect([name, worst < 1e-3]).toEqual([name, true]);
    }
    expect(found.labels).toEqual(right.labels);
    expect(found.nearest).toEqual(right.nearest);
    expect(liveHandles()).toBe(0);
  });

  it("measures distances to centroids in any unit of the data", async () => {
    for (const unit of [1e-12, 1, 1e12]) {
      const scaled = { ...X, data: X.data.map((value, at) => (value * unit) / [1e-9, 1, 1e9][at % D]!) };
      const { backend } = float32();
      const [rows, plain] = [await open(scaled, backend), await open(scaled, referenceBackend)];
      const centroids = Float64Array.from({ length: K * D }, (_, at) => (at < D ? 2 : -2) * unit);
      const request = { scatter: "none", assignment: "hard" } as const;

      const found = await rows.expectation(centroidComponents(centroids, K), request);

      const right = await plain.expectation(centroidComponents(centroids, K), request);
      // The mean of 400 squares, each with some roundings of 6e-8.
      expect(Math.abs(found.logLikelihood / right.logLikelihood - 1)).toBeLessThan(1e-6);
      expect(found.s0).toEqual(right.s0);
      expect(await rows.labels(centroidComponents(centroids, K))).toEqual(await plain.labels(centroidComponents(centroids, K)));
      const squares = await rows.squaredMahalanobis(centroidComponents(centroids, K));
      const exact = await plain.squaredMahalanobis(centroidComponents(centroids, K));
      squares.forEach((square, at) =>
        expect(Math.abs(square - exact[at]!)).toBeLessThan(1e-5 * unit ** 2 * Math.max(1, exact[at]! / unit ** 2)),
      );
      expect(notes(rows)).toEqual({ "single-precision": "" });
      rows.release();
    }
  });

  it("leaves float64 backends as they are", async () => {
    const { backend } = float32();
    expect(await open(X, referenceBackend)).toMatchObject({ backend: referenceBackend, precision: "float64" });
    expect(await open(X, backend)).toMatchObject({ backend, precision: "float32" });
  });
});

describe("what single precision cannot do is done in float64, and noted", () => {
  const { X, components } = hardRows();

  /** A pass on a backend, beside the reference's. */
  async function pass(backend: Backend, change: (moved: GaussianComponents) => GaussianComponents = (moved) => moved, data = X) {
    const rows = await open(data, backend);
    const plain = await open(data, referenceBackend);
    const moved = change(inCoordinates(components, rows));
    const run = (on: ResidentRows): Promise<Moments> => on.expectation(moved, { scatter: "full" });
    return { rows, run, found: await run(rows), right: await run(plain) };
  }

  /** A backend with one kernel replaced. */
  function withExpectation(expectation: Backend["kernels"]["expectation"]): { backend: Backend; liveHandles: () => number } {
    const { backend, liveHandles } = float32();
    return { backend: { ...backend, kernels: { ...backend.kernels, expectation } }, liveHandles };
  }

  it("a device that is less precise than it says", async () => {
    const device = countedDevice("float32");
    // Ten binary digits, as processors have that multiply in "tensor float 32".
    const rough = (value: number): number => Math.fround(value + 2 ** 13 * value) - Math.fround(2 ** 13 * value);
    const plain = defineBackend(device.primitives);
    const backend = defineBackend({
      ...device.primitives,
      upload: async (m, options) => plain.upload({ ...m, data: m.data.map((value) => rough(rough(Math.fround(value)))) }, options),
    }) as Backend;

    const { rows, found, right } = await pass(backend);

    expect(found).toEqual(right);
    expect(notes(rows)).toEqual({ "backend-fell-back": "error" });
  });

  it("a component too narrow for the grid that its rows lie on", async () => {
    const { rows, found, right } = await pass(float32().backend, (moved) => ({
      ...moved,
      whitening: moved.whitening.map((value) => 1e5 * value),
    }));

    expect(found).toEqual(right);
    expect(notes(rows)).toEqual({ "backend-fell-back": "grid" });
  });

  it("a covariance that is next to nothing of what was summed for it", async () => {
    // Beside components that know nothing of it, the features' common direction is a million times as wide as the others.
    const { rows, found, right } = await pass(float32().backend, diagonal);

    expect(found).toEqual(right);
    expect(notes(rows)).toEqual({ "backend-fell-back": "collapse" });
  });

  it("rows so far away that squares leave the range", async () => {
    const far = { ...X, data: X.data.slice() };
    far.data[D * 7 + 1] = 1e30;
    const place = singlePlace(float32().backend, { uploaded: undefined, like: { rows: X }, pace: createPace() });
    const origin = Float64Array.from({ length: D }, (_, j) => X.data[j]!);
    const rows = place.rows(far, undefined, origin);
    const moved = inCoordinates(components, rows);

    const found = await rows.logDensities(moved);

    const exact = await referenceBackend.upload(far, { origin });
    expect(found).toEqual(await referenceBackend.kernels.logDensities(exact, moved));
    expect(notes(rows)).toEqual({ "backend-fell-back": "range" });
  });

  it("sizes that the device does not take", async () => {
    const { backend } = withExpectation(() => Promise.reject(new MixturaError("not-supported", "too large", { feature: "size" })));

    const { rows, found, right } = await pass(backend);

    expect(found).toEqual(right);
    expect(notes(rows)).toEqual({ "backend-fell-back": "size" });
  });

  it("a device that is lost, which is then left alone", async () => {
    let calls = 0;
    const { backend } = withExpectation(() => {
      calls++;
      return Promise.reject(new MixturaError("device-lost", "gone", { backend: "test" }));
    });

    const { rows, run, found, right } = await pass(backend);
    const again = await run(rows);

    expect([found, again]).toEqual([right, right]);
    expect(calls).toBe(1);
    const [note] = rows.diagnostics();
    expect(note).toMatchObject({ code: "backend-fell-back", severity: "warning", detail: { passes: 2, reason: "device" } });
    expect(note!.message).toContain("2 passes over the rows ran in float64 on the plain kernels");
  });

  it("sums that are not finite", async () => {
    const { backend } = float32();
    let calls = 0;
    const spoilt = withExpectation(async (...given) => {
      const moments = await backend.kernels.expectation(...given);
      return calls++ === 0 ? moments : { ...moments, logLikelihood: Number.NaN };
    });

    const { rows, found, right } = await pass({ ...backend, kernels: spoilt.backend.kernels });

    expect(found).toEqual(right);
    expect(notes(rows)).toEqual({ "backend-fell-back": "not-finite" });
  });

  it("passes that are asked for in float64", async () => {
    const { backend } = float32();
    const [rows, plain] = [await open(X, backend), await open(X, referenceBackend)];
    const moved = inCoordinates(components, rows);
    const request = { scatter: "diag", precision: "float64" } as const;

    const found = await rows.expectation(moved, request);

    expect(found).toEqual(await plain.expectation(moved, request));
    expect(rows.diagnostics()).toMatchObject([{ severity: "info", detail: { reason: "asked" } }]);
  });

  it("other errors are the caller's", async () => {
    const { backend } = withExpectation(() => Promise.reject(new TypeError("a bug")));
    await expect(pass(backend)).rejects.toThrow("a bug");
  });
});

describe("what a guard brings to the device it takes away again", () => {
  const { X, components } = hardRows();

  it("when rows are released, in any frames that were requested", async () => {
    const { backend, liveHandles } = float32();
    const rows = await open(X, backend);
    const moved = inCoordinates(components, rows);
    const part = rows.slice(10, 50);
    expect(liveHandles()).toBe(0);

    await rows.logDensities(moved);
    await rows.logDensities(diagonal(moved));
    await part.logDensities(moved);

    expect(liveHandles()).toBe(6); // rows and sample, three times
    part.release();
    rows.release();
    rows.release();
    expect(liveHandles()).toBe(0);
    await expect(rows.logDensities(moved)).rejects.toThrow("released");
  });

  it("when rows are released while they are on their way", async () => {
    const { backend, liveHandles } = float32();
    const rows = await open(X, backend);
    const pending = rows.logDensities(inCoordinates(components, rows));
    rows.release();
    await expect(pending).rejects.toThrow("released");
    expect(liveHandles()).toBe(0);
  });

  it("when a pass is aborted, and an uploaded matrix serves the next fit", async () => {
    const { backend, liveHandles } = float32();
    const uploaded = await backend.matrix(X);
    const controller = new AbortController();
    const rows = await open(uploaded, backend, undefined, controller.signal);
    const moved = inCoordinates(components, rows);
    controller.abort();
    await expect(rows.expectation(moved, { scatter: "full" })).rejects.toMatchObject({ code: "aborted" });
    rows.release();

    const next = await open(uploaded, backend);
    await next.expectation(moved, { scatter: "full" });

    next.release();
    await uploaded[Symbol.asyncDispose]();
    expect(liveHandles()).toBe(0);
  });

  it("when an uploaded matrix is disposed of, which fits and batches use in common until then", async () => {
    const { backend, liveHandles } = float32();
    const uploaded = await backend.matrix(X);
    expect(liveHandles()).toBe(1);
    const fit = async (): Promise<Float64Array> => {
      const rows = await open(uploaded, backend);
      const densities = await rows.logDensities(inCoordinates(components, rows));
      rows.release();
      return densities;
    };

    const first = await fit();
    expect(liveHandles()).toBe(3);
    expect(await fit()).toEqual(first);
    const problem = {
      X: uploaded,
      features: { count: D },
      components,
      backend,
      signal: undefined,
      sampleWeight: undefined,
      caller: "test",
    };
    const load = () => Promise.reject(new Error("not wanted"));
    expect(await withRows({ ...problem, load }, ({ rows, components: moved }) => rows.logDensities(moved))).toEqual(first);
    expect(liveHandles()).toBe(3);

    const rows = await open(X, backend);
    expect(await rows.logDensities(inCoordinates(components, rows))).toEqual(first);
    rows.release();
    await uploaded[Symbol.asyncDispose]();
    expect(liveHandles()).toBe(0);
  });
});
