import type { GaussianComponents, GaussianKernels, Moments } from "@mixtura/backend";
import { centroidComponents } from "@mixtura/backend/internal/kernels";
import type { Pace } from "@mixtura/core/authoring";
import type { Engine } from "./engine.ts";
import { withGuesses } from "./guesses.ts";
import type { PackedRows, WasmMatrix } from "./matrix.ts";
import { readMasses, readMoments } from "./pass.ts";
import { singleServes } from "./single.ts";
import { SPAN_ROWS } from "./threads/spans.ts";
import type { Kind } from "./threads/words.ts";

/** Bytes of one output area. Outputs are made in pieces of this size, then copied to the caller's array. */
const OUTPUT_BYTES = 2 ** 22;

/** The kernels on an engine's binary. */
export function wasmKernels(engineOf: () => Promise<Engine>): GaussianKernels<WasmMatrix> {
  return {
    async expectation(data, components, options) {
      const { rowWeights, centres, scatter, assignment, pace } = options;
      const engine = await engineOf();
      const rows = await engine.rowsOf(data);
      const single = singleServes(rows, data, components, options);
      return withInputs(rows, data.rows, { rowWeights }, async (inputs) => {
        const request = { ...inputs, rows, count: components.count, components, sums: { scatter, centres }, assignment, single };
        if (assignment === "hard") return momentsOf(engine, request, data.rows, pace);
        return withGuesses(rows, data.rows, components, (guesses) => momentsOf(engine, { ...request, guesses }, data.rows, pace));
      });
    },

    async moments(data, { labels, rowWeights, centres, scatter, pace }) {
      const engine = await engineOf();
      const rows = await engine.rowsOf(data);
      return withInputs(rows, data.rows, { rowWeights, labels }, async (inputs) => {
        const count = centres.length / data.columns;
        const request = { ...inputs, rows, count, sums: { scatter, centres }, assignment: "labels" as const };
        return momentsOf(engine, request, data.rows, pace);
      });
    },

    async logDensities(data, components, options) {
      const out = new Float64Array(data.rows);
      await outputs(await engineOf(), data, components, "logDensities", [8, 0], options?.pace, (memory, at, start, count) =>
        out.set(memory.doubles.subarray(at / 8, at / 8 + count), start),
      );
      return out;
    },

    async responsibilities(data, components, options) {
      return perPair(await engineOf(), data, components, "responsibilities", options?.pace);
    },

    async labels(data, components, options) {
      const out = new Int32Array(data.rows);
      await outputs(await engineOf(), data, components, "labels", [4, 0], options?.pace, (memory, at, start, count) =>
        out.set(memory.integers.subarray(at / 4, at / 4 + count), start),
      );
      return out;
    },

    async squaredMahalanobis(data, components, options) {
      const distances = { ...components, logOffsets: new Float64Array(components.count) };
      return perPair(await engineOf(), data, distances, "squaredMahalanobis", options?.pace);
    },

    async potentials(data, candidates, { potentials, rowWeights, pace }) {
      const { count } = candidates;
      const engine = await engineOf();
      const rows = await engine.rowsOf(data);
      const components = { ...candidates, logOffsets: new Float64Array(count) };
      return withInputs(rows, data.rows, { rowWeights, potentials }, async (inputs) => {
        const request = { ...inputs, rows, count, components, assignment: "potentials" as const };
        let left: Float64Array | undefined;
        await engine.pass(request, "moments", { rows: data.rows, size: data.rows }, pace, (pass) => (left = readMasses(pass, rows)));
        return left!;
      });
    },

    async nearestCentroid(data, centroids, options) {
      const components = centroidComponents(centroids, centroids.length / data.columns);
      const labels = new Int32Array(data.rows);
      const squaredDistances = new Float64Array(data.rows);
      await outputs(await engineOf(), data, components, "labels", [4, 8], options?.pace, (memory, at, start, count, at2) => {
        labels.set(memory.integers.subarray(at / 4, at / 4 + count), start);
        squaredDistances.set(memory.doubles.subarray(at2 / 8, at2 / 8 + count), start);
      });
      return { labels, squaredDistances };
    },
  };
}

async function momentsOf(
  engine: Engine,
  request: Parameters<Engine["pass"]>[0] & { readonly sums: { readonly scatter: Moments["scatter"]; readonly centres: Float64Array } },
  rows: number,
  pace: Pace | undefined,
): Promise<Moments> {
  let moments: Moments | undefined;
  const { scatter, centres } = request.sums;
  await engine.pass(request, "moments", { rows, size: rows }, pace, (pass) => {
    moments = readMoments(pass, request.rows, scatter, centres);
  });
  return moments!;
}

/** Copies per-row arguments for the duration of a pass. `work` gets the addresses, 0 for what is absent. */
async function withInputs<T>(
  { arena }: PackedRows,
  rows: number,
  { rowWeights, labels, potentials }: { rowWeights?: Float64Array | undefined; labels?: Int32Array | undefined; potentials?: Float64Array },
  work: (at: { readonly weights: number; readonly labels: number; readonly potentials: number }) => Promise<T>,
): Promise<T> {
  const taken: number[] = [];
  const take = (bytesPerRow: number): number => {
    const address = arena.take((rows + 8) * bytesPerRow); // eight rows more than there are: the kernels read rows in small groups
    taken.push(address);
    return address;
  };
  const placeDoubles = (values: Float64Array | undefined): number => {
    if (values === undefined) return 0;
    const address = take(8);
    arena.doubles.set(values.length === rows ? values : values.subarray(0, rows), address / 8);
    return address;
  };
  const placeIntegers = (values: Int32Array | undefined): number => {
    if (values === undefined) return 0;
    const address = take(4);
    arena.integers.set(values.length === rows ? values : values.subarray(0, rows), address / 4);
    return address;
  };
  try {
    return await work({ weights: placeDoubles(rowWeights), labels: placeIntegers(labels), potentials: placeDoubles(potentials) });
  } finally {
    for (const address of taken) arena.give(address);
  }
}

async function perPair(
  engine: Engine,
  data: WasmMatrix,
  components: GaussianComponents,
  kind: Kind,
  pace: Pace | undefined,
): Promise<Float64Array> {
  const { count } = components;
  const out = new Float64Array(data.rows * count);
  await outputs(engine, data, components, kind, [8 * count, 0], pace, (memory, at, start, rows) =>
    out.set(memory.doubles.subarray(at / 8, at / 8 + rows * count), start * count),
  );
  return out;
}

/** Runs a kernel that writes numbers per row, piece by piece, and lets `copy` take each piece out. */
async function outputs(
  engine: Engine,
  data: WasmMatrix,
  components: GaussianComponents,
  kind: Kind,
  bytesPerRow: readonly [number, number],
  pace: Pace | undefined,
  copy: (memory: PackedRows["arena"], at: number, start: number, count: number, at2: number) => void,
): Promise<void> {
  const rows = await engine.rowsOf(data);
  const affordable = Math.floor(OUTPUT_BYTES / (bytesPerRow[0] + bytesPerRow[1]) / SPAN_ROWS) * SPAN_ROWS;
  const size = Math.min(Math.max(SPAN_ROWS, affordable), data.rows);
  // Responsibilities add up their own four scalars in the second area.
  const out: [number, number] = [size * bytesPerRow[0], kind === "responsibilities" ? 64 : size * bytesPerRow[1]];
  const assignment = kind === "labels" ? "hard" : "soft";
  const request = { rows, count: components.count, components, assignment, weights: 0, labels: 0, potentials: 0, out } as const;
  await engine.pass(request, kind, { rows: data.rows, size }, pace, ({ job }, start, end) =>
    copy(rows.arena, job.out, start, end - start, job.out2),
  );
}
