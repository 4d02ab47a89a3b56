import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { GaussianComponents, Metric } from "../components.ts";
import { centroidComponents } from "../components.ts";
import type { PassBackend } from "../contract.ts";
import { referenceKernels } from "../reference/kernels.ts";
import type { Distances } from "./potentials.ts";
import { createPotentials, hostDistances } from "./potentials.ts";
import { createRandomResponsibilities, randomMoments } from "./random-responsibilities.ts";
import { feed } from "./reduce.ts";
import type { ResidentRows } from "./rows.ts";

/** A matrix in memory and where passes over it run. */
export interface Held<H> {
  readonly backend: PassBackend<H>;
  /** In the data's own coordinates. */
  readonly host: Matrix;
  readonly weights: Float64Array | undefined;
  readonly origin: Float64Array;
  readonly pace: Pace;
  /** Rows that lie on the backend already, and stay there; absent: they are brought there when a pass first needs them. */
  readonly handle?: H;
}

/** Numbers up to which plain loops are done before a kernel is called: a call takes about as long as the loops take for a few thousand. */
const HOST_NUMBERS = 2 ** 14;

/** Rows that lie on a backend as a whole. */
export function residentRows<H>(held: Held<H>): ResidentRows {
  const { backend, host, weights, origin, pace } = held;
  const { kernels } = backend;
  const upload = (): Promise<H> => backend.upload(host, { origin });
  const measuredOnHost = host.rows * host.columns <= HOST_NUMBERS || (kernels as unknown) === referenceKernels;
  return over(host, weights, held.handle === undefined ? { bring: upload } : { there: held.handle });

  function over(
    own: Matrix,
    ownWeights: Float64Array | undefined,
    source: { readonly there: H } | { readonly bring: () => Promise<H> },
  ): ResidentRows {
    const d = own.columns;
    let bringing: Promise<H> | undefined;
    let brought: { readonly handle: H } | undefined;
    let released = false;
    const bring = async (from: () => Promise<H>): Promise<H> => {
      const handle = await from();
      if (released) backend.release(handle);
      else brought = { handle };
      return handle;
    };
    const place = async (): Promise<H> => {
      if (released) throw new TypeError("the rows were released");
      return "there" in source ? source.there : (bringing ??= bring(source.bring));
    };
    const at = (listed: ArrayLike<number>): Float64Array => {
      const out = new Float64Array(listed.length * d);
      for (let i = 0, to = 0; i < listed.length; i++) {
        const from = listed[i]! * d;
        for (let j = 0; j < d; j++, to++) out[to] = own.data[from + j]! - origin[j]!;
      }
      return out;
    };
    const kernelDistances = (metric: Metric): Distances => {
      const pointsAt = (listed: Int32Array): GaussianComponents => centroidComponents(at(listed), listed.length, metric);
      return {
        async to(row) {
          const squares = await kernels.squaredMahalanobis(await place(), pointsAt(Int32Array.of(row)), { pace });
          return (start, end) => squares.subarray(start, end);
        },
        left: async (candidates, potentials) =>
          kernels.potentials(await place(), pointsAt(candidates), { potentials, rowWeights: ownWeights, pace }),
      };
    };
    const rows: ResidentRows = {
      features: d,
      featureNames: own.featureNames,
      origin,
      name: backend.name,
      precision: backend.precision,
      backend,
      diagnostics: () => backend.diagnostics?.() ?? [],
      count: own.rows,
      weights: ownWeights,
      async expectation(components, { assignment = "soft", centres = components.means, scatter, precision }) {
        const options = { rowWeights: ownWeights, centres, scatter, assignment, precision, pace };
        return kernels.expectation(await place(), components, options);
      },
      async moments({ labels, random }, request) {
        const handle = await place();
        if (random === undefined) {
          return kernels.moments(handle, { ...request, ...(labels === undefined ? {} : { labels }), rowWeights: ownWeights, pace });
        }
        const responsibilities =
          typeof random === "number" ? createRandomResponsibilities(random, request.centres.length / d, pace) : random;
        const run = { rows: own.rows, features: d, weights: ownWeights };
        return randomMoments(responsibilities, run, request, (options) => kernels.moments(handle, { ...options, pace }));
      },
      async reduce(value, reduction) {
        const collector = reduction.start();
        await feed(rows, value, collector, pace);
        return collector.finish(pace);
      },
      logDensities: async (components) => kernels.logDensities(await place(), components, { pace }),
      responsibilities: async (components) => kernels.responsibilities(await place(), components, { pace }),
      labels: async (components) => kernels.labels(await place(), components, { pace }),
      squaredMahalanobis: async (components) => kernels.squaredMahalanobis(await place(), components, { pace }),
      potentials: (metric) =>
        createPotentials(
          own.rows,
          ownWeights,
          measuredOnHost ? hostDistances(own, ownWeights, metric, pace) : kernelDistances(metric),
          pace,
        ),
      at,
      slice(start, end) {
        const part = matrix(own.data.subarray(start * d, end * d), end - start, d, own.featureNames);
        const cut = async (): Promise<H> => backend.sliceRows(await place(), start, end);
        return over(part, ownWeights?.subarray(start, end), { bring: cut });
      },
      drawn: (listed) =>
        residentRows({ backend, pace, host: matrix(at(listed), listed.length, d), weights: undefined, origin: new Float64Array(d) }),
      mapped: (listed, whitening, centre) =>
        residentRows({ backend, pace, origin: new Float64Array(d), ...mappedRows(rows, listed, whitening, centre) }),
      release() {
        if (released) return;
        released = true;
        if (brought !== undefined) backend.release(brought.handle);
      },
    };
    return rows;
  }
}

/** Rows as W (x − centre), a copy. */
function mappedRows(
  { at, features: d, weights }: ResidentRows,
  listed: ArrayLike<number>,
  whitening: Float64Array,
  centre: Float64Array,
): { readonly host: Matrix; readonly weights: Float64Array | undefined } {
  const points = at(listed);
  const data = new Float64Array(points.length);
  for (let start = 0; start < points.length; start += d) {
    for (let i = 0; i < d; i++) {
      let y = 0;
      for (let j = 0; j <= i; j++) y += whitening[i * d + j]! * (points[start + j]! - centre[j]!);
      data[start + i] = y;
    }
  }
  return { host: matrix(data, listed.length, d), weights: weights && Float64Array.from(listed, (row) => weights[row]!) };
}
