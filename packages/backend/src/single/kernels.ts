import type { Pace } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import type { GaussianComponents } from "../components.ts";
import { centroidComponents } from "../components.ts";
import type { ExpectationOptions, GaussianKernels, KernelOptions, MomentsOptions, PassBackend } from "../contract.ts";
import type { Moments, Scatter } from "../moments.ts";
import { referenceKernels } from "../reference/kernels.ts";
import { areCentroids, rescaled } from "./centroids.ts";
import { componentsIn, momentsOut, pointsIn, scatterIn } from "./change-of-frame.ts";
import { COARSEST_GRID, gridOf, LARGEST_ERROR, LEAST_LEFT, logsError, momentsError, squaresError } from "./error.ts";
import type { Frame, Frames } from "./frame.ts";
import type { Notes, Refusal } from "./notes.ts";
import type { PlacedRows } from "./placed-rows.ts";
import { shrinkage } from "./shrinkage.ts";

/** One kernel, on the device or on the host. */
type KernelCall<Result> = <Handle>(kernels: GaussianKernels<Handle>, handle: Handle, components: GaussianComponents) => Promise<Result>;

/** What one kernel does in single precision, and in float64. */
interface Attempt<H, Result> {
  readonly rows: PlacedRows<H>;
  readonly frame: Frame;
  readonly pace: Pace | undefined;
  /** In the frame, where their factors are in standard deviations. */
  readonly components?: GaussianComponents | undefined;
  /** The error found on the sample. */
  readonly error: (sample: H) => Promise<number>;
  readonly single: (handle: H) => Promise<Result>;
  readonly exact: () => Promise<Result>;
}

/**
 * The kernels of a float32 device with their error estimated. Every call is first made on a sample of the rows, in single precision and in
 * float64; where the two differ too much, or could, the call is made in float64 by the reference kernels, and noted.
 */
export function guardedKernels<H>(device: PassBackend<H>, frames: Frames, notes: Notes): GaussianKernels<PlacedRows<H>> {
  const exact = referenceKernels;
  const deviations = frames.standardised.inverse;
  let lost: string | undefined;

  async function attempt<Result>({ rows, frame, pace, components, error, single, exact: inFull }: Attempt<H, Result>): Promise<Result> {
    if (lost !== undefined) {
      notes.exact("device", lost);
      return inFull();
    }
    const grid = components === undefined ? 0 : gridOf(components);
    if (!(grid <= COARSEST_GRID)) {
      notes.exact("grid", grid);
      return inFull();
    }
    try {
      const { handle, sample, far } = await rows.in(frame, pace);
      if (far) {
        notes.exact("range", "");
        return await inFull();
      }
      const found = await error(sample);
      if (!(found <= LARGEST_ERROR)) {
        notes.exact("error", found);
        return await inFull();
      }
      const result = await single(handle);
      notes.single(found);
      return result;
    } catch (problem) {
      const refusal = refusalOf(problem);
      if (refusal === undefined) throw problem;
      if (refusal.kind === "device") lost = String(refusal.found);
      notes.exact(refusal.kind, refusal.found);
      return inFull();
    }
  }

  /** A kernel with an output per row. Unless `check` says otherwise, the outputs of the sample's rows are compared themselves. */
  function output<Result extends ArrayLike<number>>(
    rows: PlacedRows<H>,
    components: GaussianComponents,
    pace: Pace | undefined,
    run: KernelCall<Result>,
    check: { readonly run: KernelCall<ArrayLike<number>>; readonly error: typeof logsError } = { run, error: logsError },
  ): Promise<Result> {
    const frame = components.shape === "full" ? frames.whitened() : frames.standardised;
    const inside = componentsIn(frame, components);
    return attempt<Result>({
      rows,
      frame,
      pace,
      components: areCentroids(components) ? undefined : inside,
      error: async (sample) =>
        check.error(await check.run(device.kernels, sample, inside), await check.run(exact, rows.sample().host, components)),
      single: (handle) => run(device.kernels, handle, inside),
      exact: async () => run(exact, await rows.inFull(pace), components),
    });
  }

  /** Distances, in a unit that fits the device. */
  const distances =
    (options?: KernelOptions): KernelCall<Float64Array> =>
    async (kernels, handle, components) => {
      const { components: inside, unit } = rescaled(components);
      const squares = await kernels.squaredMahalanobis(handle, inside, options);
      return unit === 1 ? squares : squares.map((square) => square * unit * unit);
    };
  const squaredMahalanobis: GaussianKernels<PlacedRows<H>>["squaredMahalanobis"] = (rows, components, options) =>
    output(rows, components, options?.pace, distances(options), { run: distances(), error: squaresError });

  /** Expectation on the device, in the coordinates outside. */
  async function expectationInside(frame: Frame, components: GaussianComponents, options: ExpectationOptions, handle: H): Promise<Inside> {
    const { scatter, centres, assignment } = options;
    const within = componentsIn(frame, components);
    const { components: inside, unit } = assignment === "hard" ? rescaled(within) : { components: within, unit: 1 };
    const asked = { ...options, scatter: scatterIn(scatter), centres: pointsIn(frame, centres, components.features) };
    const { logLikelihood, classificationLogLikelihood, ...sums } = await device.kernels.expectation(handle, inside, asked);
    const moments: Moments = {
      ...sums,
      logLikelihood: logLikelihood * unit * unit,
      classificationLogLikelihood: classificationLogLikelihood * unit * unit,
    };
    return { moments: momentsOut(frame, moments, scatter, centres), left: shrinkage(moments, inside) };
  }

  /** Labelled moments on the device, in the coordinates outside. */
  async function momentsInside(frame: Frame, options: MomentsOptions, handle: H): Promise<Inside> {
    const { scatter, centres } = options;
    const asked = { ...options, scatter: scatterIn(scatter), centres: pointsIn(frame, centres, deviations.length) };
    const moments = await device.kernels.moments(handle, asked);
    return { moments: momentsOut(frame, moments, scatter, centres), left: shrinkage(moments) };
  }

  return {
    expectation(rows, components, options) {
      const { scatter, rowWeights, pace, precision } = options;
      const inFull = async (): Promise<Moments> => exact.expectation(await rows.inFull(pace), components, options);
      if (precision === "float64") {
        notes.exact("asked", "");
        return inFull();
      }
      const frame = frameFor(frames, scatter, components);
      return attempt<Moments>({
        rows,
        frame,
        pace,
        components: areCentroids(components) ? undefined : componentsIn(frame, components),
        async error(handle) {
          const { host, rows: chosen } = rows.sample();
          const some = { ...options, rowWeights: rowWeights && pick(rowWeights, chosen) };
          const { moments: found } = await expectationInside(frame, components, some, handle);
          return momentsError(found, await exact.expectation(host, components, some), deviations, !areCentroids(components));
        },
        single: async (handle) => usable(await expectationInside(frame, components, options, handle)),
        exact: inFull,
      });
    },

    moments(rows, options) {
      const { scatter, labels, rowWeights, pace } = options;
      const frame = frameFor(frames, scatter);
      return attempt<Moments>({
        rows,
        frame,
        pace,
        async error(handle) {
          const { host, rows: chosen } = rows.sample();
          const some = {
            ...options,
            rowWeights: rowWeights && pick(rowWeights, chosen),
            ...(labels === undefined ? {} : { labels: pick(labels, chosen) }),
          };
          const { moments: found } = await momentsInside(frame, some, handle);
          return momentsError(found, await exact.moments(host, some), deviations, true);
        },
        single: async (handle) => usable(await momentsInside(frame, options, handle)),
        exact: async () => exact.moments(await rows.inFull(pace), options),
      });
    },

    logDensities: (rows, components, options) =>
      output(rows, components, options?.pace, (kernels, handle, inside) => kernels.logDensities(handle, inside, options)),

    responsibilities: (rows, components, options) =>
      output(rows, components, options?.pace, (kernels, handle, inside) => kernels.responsibilities(handle, inside, options)),

    labels: (rows, components, options) =>
      output(
        rows,
        components,
        options?.pace,
        (kernels, handle, inside) => kernels.labels(handle, inside, options),
        areCentroids(components)
          ? { run: distances(), error: squaresError }
          : { run: (kernels, handle, inside) => kernels.logDensities(handle, inside), error: logsError },
      ),

    squaredMahalanobis,

    // Starting points are drawn by these: in float64, so that fits start alike on every backend.
    potentials: async (rows, candidates, options) => exact.potentials(await rows.inFull(options.pace), candidates, options),

    async nearestCentroid(rows, centroids, options) {
      const { count, ...components } = centroidComponents(centroids, centroids.length / rows.columns);
      const squares = await squaredMahalanobis(rows, { ...components, count }, options);
      const labels = new Int32Array(rows.rows);
      const squaredDistances = new Float64Array(rows.rows);
      for (let row = 0, at = 0; row < rows.rows; row++, at += count) {
        let best = 0;
        for (let k = 1; k < count; k++) if (squares[at + k]! < squares[at + best]!) best = k;
        labels[row] = best;
        squaredDistances[row] = squares[at + best]!;
      }
      return { labels, squaredDistances };
    },
  };
}

/** Second moments of all pairs of features need whitened rows; diagonal ones are had of standardised rows at a fraction of the work. */
function frameFor(frames: Frames, scatter: Scatter, components?: GaussianComponents): Frame {
  const matrices = scatter === "full" || scatter === "pooled";
  return matrices || (scatter === "none" && components?.shape === "full") ? frames.whitened() : frames.standardised;
}

function pick<List extends Float64Array | Int32Array>(values: List, rows: Int32Array): List {
  const out = values.slice(0, rows.length) as List;
  rows.forEach((row, index) => (out[index] = values[row]!));
  return out;
}

/** What a device made, and how little of a sum is left as a variance. */
interface Inside {
  readonly moments: Moments;
  readonly left: number;
}

/** Why moments are of no use. */
class Useless extends Error {
  readonly kind: "not-finite" | "collapse";
  readonly found: number | string;

  constructor(kind: Useless["kind"], found: Useless["found"]) {
    super(kind);
    this.kind = kind;
    this.found = found;
  }
}

/** Moments that an M-step can be made of. Where numbers are not finite, float64 knows whether they should be. */
function usable({ moments, left }: Inside): Moments {
  const { s0, s1, S2, logLikelihood } = moments;
  if (![s0, s1, S2, [logLikelihood]].every((values) => values.every(Number.isFinite))) throw new Useless("not-finite", "");
  if (!(left >= LEAST_LEFT)) throw new Useless("collapse", left);
  return moments;
}

/** Failures that the host can make good. */
function refusalOf(problem: unknown): (Pick<Useless, "found"> & { readonly kind: Refusal }) | undefined {
  if (problem instanceof Useless) return problem;
  if (isMixturaError(problem, "not-supported")) return { kind: "size", found: problem.message };
  if (isMixturaError(problem, "device-lost") || isMixturaError(problem, "backend-unavailable"))
    return { kind: "device", found: problem.message };
  return undefined;
}
