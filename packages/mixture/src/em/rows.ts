import type { Backend, DeviceMatrix } from "@mixtura/backend";
import { CHUNK_ROWS } from "@mixtura/backend";
import type { BlockSource, Matrix, MatrixLike, Pace, Random } from "@mixtura/core";
import { checkFinite, checkSampleWeight, inStrides, isBlockSource, isUploadedMatrix, matrix, MixturaError, rowRange, toMatrix } from "@mixtura/core";
import type { Survey } from "./survey.ts";
import { createSurveyor } from "./survey.ts";

/** Rows that a backend holds, and where they stand among all rows. */
export interface RowChunk<H = unknown> {
  readonly handle: H;
  /** The same rows on the host, in the data's own coordinates. */
  readonly host: Matrix;
  readonly start: number;
  readonly rows: number;
  readonly rowWeights: Float64Array | undefined;
}

/** The rows of a fit, wherever they come from: one resident chunk, or chunks that are read and uploaded anew in every pass. */
export interface RowSet<H = unknown> {
  readonly backend: Backend<H>;
  readonly features: number;
  readonly featureNames: readonly string[] | undefined;
  readonly survey: Survey;
  /** What the backend's coordinates are relative to. */
  readonly origin: Float64Array;
  /** Whether the rows are uploaded once and stay, rather than being read anew in every pass. */
  readonly resident: boolean;
  /** All rows in order. A chunk is gone when the next one is asked for. */
  chunks(): AsyncIterable<RowChunk<H>>;
  /** Rows to choose starting points from: all of them where they are resident, else a seeded sample. Weights beside them. */
  readonly sample: { readonly host: Matrix; readonly rowWeights: Float64Array | undefined };
  release(): void;
}

/** Rows kept to choose starting points from when the data comes in blocks. */
export const SAMPLE_ROWS = 65536;

/**
 * Opens data for a fit: checks it, surveys it, uploads it once where it is in memory.
 *
 * @throws MixturaError for every kind of bad input, before any fitting
 */
export async function openRows<H>(
  X: MatrixLike | BlockSource,
  options: { readonly backend: Backend<H>; readonly sampleWeight?: ArrayLike<number> | undefined; readonly pace: Pace; readonly random: Random; readonly caller: string },
): Promise<RowSet<H>> {
  return isBlockSource(X) ? openBlocks(X, options) : openMatrix(X, options);
}

type OpenOptions<H> = Parameters<typeof openRows<H>>[1];

async function openMatrix<H>(X: MatrixLike, { backend, sampleWeight, pace, caller }: OpenOptions<H>): Promise<RowSet<H>> {
  const host = toMatrix(X, { caller });
  const rowWeights = checkSampleWeight(sampleWeight, host.rows, caller);
  const surveyor = createSurveyor(host.columns);
  await inStrides(host.rows, pace, (start, end) => surveyor.add(rowRange(host, start, end), rowWeights?.subarray(start, end)));
  const survey = surveyor.finish();
  const resident = residentOn(X, backend);
  const origin = resident?.origin ?? survey.means;
  const handle = resident?.handle ?? (await backend.upload(host, { origin }));
  return {
    backend,
    features: host.columns,
    featureNames: host.featureNames,
    survey,
    origin,
    resident: true,
    async *chunks() {
      yield { handle, host, start: 0, rows: host.rows, rowWeights };
    },
    sample: { host, rowWeights },
    release: () => {
      if (resident === undefined) backend.release(handle);
    },
  };
}

/** The device matrix behind `X`, if it lies on this very backend. */
export function residentOn<H>(X: MatrixLike, backend: Backend<H>): DeviceMatrix<H> | undefined {
  if (!isUploadedMatrix(X)) return undefined;
  const uploaded = X as DeviceMatrix<H>;
  return uploaded.backend === backend ? uploaded : undefined;
}

async function openBlocks<H>(source: BlockSource, { backend, sampleWeight, pace, random, caller }: OpenOptions<H>): Promise<RowSet<H>> {
  if (sampleWeight !== undefined) {
    throw new MixturaError("invalid-weight", `${caller}: data in blocks brings its own weights; give each block a sampleWeight instead of the call.`, {
      found: "context.sampleWeight",
    });
  }
  const surveyor = createSurveyor(source.columns);
  const reservoir = createReservoir(source.columns, random);
  let total = 0;
  for await (const { host, start, rowWeights } of readChunks(source, pace, caller)) {
    checkFinite(host, caller, start);
    for (const weight of rowWeights ?? []) {
      if (!(weight >= 0 && weight < Infinity)) throw new MixturaError("invalid-weight", `${caller}: a block has the sample weight ${weight}. Weights are finite numbers ≥ 0.`, { found: weight });
      total += weight;
    }
    if (rowWeights === undefined) total += host.rows;
    surveyor.add(host, rowWeights);
    reservoir.add(host, rowWeights);
  }
  const survey = surveyor.finish();
  if (survey.rows === 0) throw new MixturaError("invalid-shape", `${caller}: the source gave no rows.`, { expected: "at least 1 row", found: "0 rows" });
  if (total === 0) throw new MixturaError("invalid-weight", `${caller}: all ${survey.rows} sample weights are 0, so no row counts.`, { found: 0 });
  const origin = survey.means;
  return {
    backend,
    features: source.columns,
    featureNames: source.featureNames,
    survey,
    origin,
    resident: false,
    async *chunks() {
      for await (const chunk of readChunks(source, pace, caller)) {
        const handle = await backend.upload(chunk.host, { origin });
        try {
          yield { ...chunk, handle, rows: chunk.host.rows };
        } finally {
          backend.release(handle);
        }
      }
    },
    sample: reservoir.finish(),
    release() {},
  };
}

/** The source's rows in chunks of CHUNK_ROWS, however it cut them: the unit of summation, so that the cut changes no bit. */
async function* readChunks(source: BlockSource, pace: Pace, caller: string): AsyncGenerator<{ host: Matrix; start: number; rowWeights: Float64Array | undefined }> {
  const { columns, featureNames } = source;
  const buffer = new Float64Array(CHUNK_ROWS * columns);
  const weights = new Float64Array(CHUNK_ROWS).fill(1);
  let weighted = false;
  let held = 0;
  let start = 0;
  const chunk = (): { host: Matrix; start: number; rowWeights: Float64Array | undefined } => ({
    host: matrix(buffer.subarray(0, held * columns), held, columns, featureNames),
    start,
    rowWeights: weighted ? weights.subarray(0, held) : undefined,
  });
  for await (const { X, sampleWeight } of source.blocks(pace.signal === undefined ? {} : { signal: pace.signal })) {
    if (X.columns !== columns || X.data.length < X.rows * columns) {
      throw new MixturaError("invalid-shape", `${caller}: a block has ${X.columns} columns, the source promised ${columns}.`, { expected: `${columns} columns`, found: `${X.columns} columns` });
    }
    if (sampleWeight !== undefined && sampleWeight.length !== X.rows) {
      throw new MixturaError("invalid-weight", `${caller}: a block of ${X.rows} rows has ${sampleWeight.length} sample weights.`, { found: sampleWeight.length });
    }
    for (let row = 0; row < X.rows; ) {
      const taken = Math.min(CHUNK_ROWS - held, X.rows - row);
      buffer.set(X.data.subarray(row * columns, (row + taken) * columns), held * columns);
      if (sampleWeight !== undefined) weighted = true;
      for (let i = 0; i < taken; i++) weights[held + i] = sampleWeight?.[row + i] ?? 1;
      held += taken;
      row += taken;
      if (held < CHUNK_ROWS) continue;
      yield chunk();
      start += held;
      held = 0;
    }
    if (pace.due()) await pace.turn();
  }
  if (held > 0) yield chunk();
}

/** Keeps a uniform sample of the rows that pass by (Vitter's algorithm R), in their order where all of them fit. */
function createReservoir(columns: number, random: Random) {
  let data = new Float64Array(0);
  let weights = new Float64Array(0);
  let weighted = false;
  let seen = 0;
  return {
    add(host: Matrix, rowWeights: Float64Array | undefined): void {
      const room = Math.min(SAMPLE_ROWS, seen + host.rows);
      if (room > weights.length) {
        data = grown(data, room * columns);
        weights = grown(weights, room);
      }
      weighted ||= rowWeights !== undefined;
      for (let i = 0; i < host.rows; i++, seen++) {
        const at = seen < SAMPLE_ROWS ? seen : random.integer(seen + 1);
        if (at >= SAMPLE_ROWS) continue;
        data.set(host.data.subarray(i * columns, (i + 1) * columns), at * columns);
        weights[at] = rowWeights?.[i] ?? 1;
      }
    },
    finish: (): { host: Matrix; rowWeights: Float64Array | undefined } => ({
      host: matrix(data, weights.length, columns),
      rowWeights: weighted ? weights : undefined,
    }),
  };
}

function grown(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length);
  longer.set(array);
  return longer;
}
