import type { GaussianComponents } from "../components.ts";
import { areCentroids, rescaled } from "./centroids.ts";
import type { ExpectationOptions, GaussianKernels, MomentsOptions, PassBackend } from "../contract.ts";
import { isMixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { Moments } from "../moments.ts";
import { referenceKernels } from "../reference/kernels.ts";
import { createRandomResponsibilities, randomMoments } from "../rows/random-responsibilities.ts";
import { feed } from "../rows/reduce.ts";
import type { ExpectationRequest, ResidentRows } from "../rows/rows.ts";
import { componentsIn, frameFor, momentsOut, pointsIn, scatterIn } from "./change-of-frame.ts";
import { COARSEST_GRID, gridOf, LARGEST_ERROR, LEAST_LEFT, logsError, momentsError, squaresError } from "./error.ts";
import type { Frame, Frames } from "./frame.ts";
import type { Notes, Refusal } from "./notes.ts";
import type { PlacedRows } from "./placed-rows.ts";
import { shrinkage } from "./shrinkage.ts";

/** A float32 device as the rows of one fit or batch use it. */
export interface GuardedDevice<H> {
  readonly device: PassBackend<H>;
  readonly frames: Frames;
  readonly notes: Notes;
  /** Why the device is not asked any more. */
  lost?: string;
}

/** One kernel, on the device or on the host. */
type KernelCall<Result> = <Handle>(kernels: GaussianKernels<Handle>, handle: Handle, components: GaussianComponents) => Promise<Result>;

/** What one pass does in single precision, and in float64. */
interface Attempt<H, Result> {
  readonly frame: Frame;
  /** In the frame, where their factors are in standard deviations. */
  readonly components?: GaussianComponents | undefined;
  /** The error found on the sample. */
  readonly error: (sample: H) => Promise<number>;
  readonly single: (handle: H) => Promise<Result>;
  readonly exact: () => Promise<Result>;
}

/**
 * Rows on a float32 device with the error of every pass estimated: one more kind of rows, wrapped around the same rows in float64 on the host.
 * Every pass is first made on a sample of the rows, in single precision and in float64; where the two differ too much, or could, the pass is made
 * in float64 by the rows inside, and noted.
 *
 * @param exact the rows in float64 by the plain kernels; they are released with these
 * @param placed the rows on the device
 */
export function singleRows<H>(
  guarded: GuardedDevice<H>,
  exact: ResidentRows,
  placed: PlacedRows<H>,
  free: () => void,
  pace: Pace,
): ResidentRows {
  const { device, frames, notes } = guarded;
  const { features, weights, count } = exact;
  const deviations = frames.standardised.inverse;

  async function attempt<Result>({ frame, components, error, single, exact: inFull }: Attempt<H, Result>): Promise<Result> {
    if (guarded.lost !== undefined) {
      notes.exact("device", guarded.lost);
      return inFull();
    }
    const grid = components === undefined ? 0 : gridOf(components);
    if (!(grid <= COARSEST_GRID)) {
      notes.exact("grid", grid);
      return inFull();
    }
    try {
      const { handle, sample, far } = await placed.in(frame, pace);
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
      if (refusal.kind === "device") guarded.lost = String(refusal.found);
      notes.exact(refusal.kind, refusal.found);
      return inFull();
    }
  }

  /** A pass with an output per row. Unless `check` says otherwise, the outputs of the sample's rows are compared themselves. */
  function output<Result extends ArrayLike<number>>(
    components: GaussianComponents,
    run: KernelCall<Result>,
    inFull: () => Promise<Result>,
    check: { readonly run: KernelCall<ArrayLike<number>>; readonly error: typeof logsError } = { run, error: logsError },
  ): Promise<Result> {
    const frame = frameFor(frames, undefined, components);
    const inside = componentsIn(frame, components);
    return attempt<Result>({
      frame,
      components: areCentroids(components) ? undefined : inside,
      error: async (sample) =>
        check.error(await check.run(device.kernels, sample, inside), await check.run(referenceKernels, placed.sample().host, components)),
      single: (handle) => run(device.kernels, handle, inside),
      exact: inFull,
    });
  }

  /** Distances, in a unit that fits the device. */
  const distances: KernelCall<Float64Array> = async (kernels, handle, components) => {
    const { components: inside, unit } = rescaled(components);
    const squares = await kernels.squaredMahalanobis(handle, inside, { pace });
    return unit === 1 ? squares : squares.map((square) => square * unit * unit);
  };

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
    return { moments: momentsOut(frame, moments, scatter, centres, components), left: shrinkage(moments, inside) };
  }

  /** Labelled moments on the device, in the coordinates outside. */
  async function momentsInside(frame: Frame, options: MomentsOptions, handle: H): Promise<Inside> {
    const { scatter, centres } = options;
    const asked = { ...options, scatter: scatterIn(scatter), centres: pointsIn(frame, centres, deviations.length) };
    const moments = await device.kernels.moments(handle, asked);
    return { moments: momentsOut(frame, moments, scatter, centres), left: shrinkage(moments) };
  }

  /** Moments of all rows, or of labelled groups. */
  function labelledMoments(options: MomentsOptions, inFull: () => Promise<Moments>): Promise<Moments> {
    const { scatter, labels, rowWeights } = options;
    const frame = frameFor(frames, scatter);
    return attempt<Moments>({
      frame,
      async error(handle) {
        const { host, rows: chosen } = placed.sample();
        const some = {
          ...options,
          scatter: scatterIn(scatter),
          rowWeights: rowWeights && pick(rowWeights, chosen),
          ...(labels === undefined ? {} : { labels: pick(labels, chosen) }),
        };
        const { moments: found } = await momentsInside(frame, some, handle);
        return momentsError(found, await referenceKernels.moments(host, some), deviations, true);
      },
      single: async (handle) => usable(await momentsInside(frame, options, handle)),
      exact: inFull,
    });
  }

  const rows: ResidentRows = {
    features,
    featureNames: exact.featureNames,
    origin: exact.origin,
    name: device.name,
    precision: "float32",
    backend: device,
    diagnostics: () => [...(device.diagnostics?.() ?? []), ...notes.diagnostics()],
    count,
    weights,

    expectation(components, request: ExpectationRequest) {
      const { assignment = "soft", centres = components.means, scatter, precision } = request;
      const inFull = (): Promise<Moments> => exact.expectation(components, request);
      if (precision === "float64") {
        notes.exact("asked", "");
        return inFull();
      }
      const options = { rowWeights: weights, assignment, centres, scatter, precision, pace };
      const frame = frameFor(frames, scatter, components);
      return attempt<Moments>({
        frame,
        components: areCentroids(components) ? undefined : componentsIn(frame, components),
        async error(handle) {
          const { host, rows: chosen } = placed.sample();
          const some = { ...options, scatter: scatterIn(scatter), rowWeights: weights && pick(weights, chosen) };
          const { moments: found } = await expectationInside(frame, components, some, handle);
          const right = await referenceKernels.expectation(host, components, some);
          return momentsError(found, right, deviations, !areCentroids(components));
        },
        single: async (handle) => usable(await expectationInside(frame, components, options, handle)),
        exact: inFull,
      });
    },

    moments(groups, request) {
      const { labels, random } = groups;
      if (random === undefined) {
        const options = { ...request, ...(labels === undefined ? {} : { labels }), rowWeights: weights, pace };
        return labelledMoments(options, () => exact.moments(groups, request));
      }
      const responsibilities =
        typeof random === "number" ? createRandomResponsibilities(random, request.centres.length / features, pace) : random;
      // Each component's responsibilities act as weights of the rows; in float64 they are summed by the kernels that the rows inside use.
      return randomMoments(responsibilities, { rows: count, features, weights }, request, (options) =>
        labelledMoments({ ...options, pace }, async () => referenceKernels.moments(await placed.inFull(pace), { ...options, pace })),
      );
    },

    async reduce(value, reduction) {
      const collector = reduction.start();
      await feed(rows, value, collector, pace);
      return collector.finish(pace);
    },

    logDensities: (components) =>
      output(
        components,
        (kernels, handle, inside) => kernels.logDensities(handle, inside, { pace }),
        () => exact.logDensities(components),
      ),

    responsibilities: (components) =>
      output(
        components,
        (kernels, handle, inside) => kernels.responsibilities(handle, inside, { pace }),
        () => exact.responsibilities(components),
      ),

    labels: (components) =>
      output(
        components,
        (kernels, handle, inside) => kernels.labels(handle, rescaled(inside).components, { pace }),
        () => exact.labels(components),
        areCentroids(components)
          ? { run: distances, error: squaresError }
          : { run: (kernels, handle, inside) => kernels.logDensities(handle, inside), error: logsError },
      ),

    squaredMahalanobis: (components) =>
      output(components, distances, () => exact.squaredMahalanobis(components), { run: distances, error: squaresError }),

    // Starting points are drawn by these: in float64, so that fits start alike on every backend.
    potentials: exact.potentials,
    at: exact.at,
    drawn: exact.drawn,
    mapped: exact.mapped,

    slice(start, end) {
      const part = placed.slice(start, end);
      return singleRows(guarded, exact.slice(start, end), part, () => part.release(), pace);
    },

    release() {
      exact.release();
      free();
    },
  };
  return rows;
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
