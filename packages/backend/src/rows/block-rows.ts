import type { BlockSource, Matrix } from "@mixtura/core";
import { isMixturaError, matrix, MixturaError } from "@mixtura/core";
import type { Pace, Random } from "@mixtura/core/authoring";
import { checkFinite } from "@mixtura/core/authoring";
import { allocated, checkFeatureNames, checkTotalWeight } from "@mixtura/core/internal";
import { readBlocks } from "@mixtura/core/internal/blocks";
import { CHUNK_ROWS } from "../contract.ts";
import { mergeMoments } from "../merge-moments.ts";
import type { Moments } from "../moments.ts";
import type { Checksums } from "./chunk-checksums.ts";
import { createChecksums } from "./chunk-checksums.ts";
import type { Place } from "./place.ts";
import { lookAtPieces } from "../columns/look-at.ts";
import type { ColumnProfile } from "./profile.ts";
import { createRandomResponsibilities } from "./random-responsibilities.ts";
import { feed } from "./reduce.ts";
import { createReservoir } from "./reservoir.ts";
import type { ResidentRows, Rows } from "./rows.ts";

/** What opening blocks needs besides the source. */
export interface BlockRequest {
  /** Chooses the backend for this number of rows, once their sample is known. */
  readonly placeFor: (rows: number, sample: Matrix) => Promise<Place>;
  readonly sampleWeight: ArrayLike<number> | undefined;
  readonly pace: Pace;
  /** Draws the sample. */
  readonly random: Random;
  readonly caller: string;
}

/** Rows in blocks: read, checked and profiled once here, then read and brought to the backend anew in every pass, chunk by chunk. */
export async function openBlocks(source: BlockSource, request: BlockRequest): Promise<Rows> {
  const { placeFor, sampleWeight, pace, random, caller } = request;
  if (sampleWeight !== undefined) {
    throw new MixturaError(
      "invalid-weight",
      `${caller}: data in blocks brings its own weights; give each block a sampleWeight instead of the call.`,
      {
        found: "context.sampleWeight",
      },
    );
  }
  checkFeatureNames(source.featureNames, caller);
  const reservoir = createReservoir(source.columns, random);
  const checksums = createChecksums();
  let total = 0;
  let walks = 0;
  const profile = await lookAtPieces(source.columns, async (piece) => {
    walks++;
    for await (const { host, start, weights } of readChunks(source, pace, caller)) {
      if (walks === 1) check(host, start, weights);
      piece(host, weights);
    }
  });
  function check(host: Matrix, start: number, weights: Float64Array | undefined): void {
    checkFinite(host, caller, start);
    checksums.add(host.data, host.rows, weights);
    for (const weight of weights ?? []) {
      if (!(weight >= 0 && weight < Infinity))
        throw new MixturaError("invalid-weight", `${caller}: a block has the sample weight ${weight}. Weights are finite numbers ≥ 0.`, {
          found: weight,
        });
      total += weight;
    }
    if (weights === undefined) total += host.rows;
    reservoir.add(host, weights);
  }
  if (profile.rows === 0)
    throw new MixturaError("invalid-shape", `${caller}: the source gave no rows.`, { expected: "at least 1 row", found: "0 rows" });
  checkTotalWeight(total, caller);
  const kept = reservoir.finish();
  const place = await placeFor(profile.rows, kept.host);
  const sample = place.rows(kept.host, kept.weights, profile.means);
  return blockRows(source, { profile, checksums, place, sample, pace, caller });
}

/** Rows that are read anew in every pass. */
function blockRows(
  source: BlockSource,
  {
    profile,
    checksums,
    place,
    sample,
    pace,
    caller,
  }: {
    readonly profile: ColumnProfile;
    /** Of each chunk of the first walk: a walk over other rows would be a fit of two data sets. */
    readonly checksums: Checksums;
    readonly place: Place;
    readonly sample: ResidentRows;
    readonly pace: Pace;
    readonly caller: string;
  },
): Rows {
  const { columns: features, featureNames } = source;
  const origin = profile.means;

  let walks = 0;

  /** Lets `pass` work on each chunk in turn. It says whether the chunk gave a sound answer. */
  async function walk(pass: (chunk: ResidentRows, start: number) => Promise<boolean>): Promise<void> {
    let seen = 0;
    let chunks = 0;
    const turn = walks++;
    for await (const { host, weights } of readChunks(source, pace, caller)) {
      const start = seen;
      seen += host.rows;
      if (seen > profile.rows) throw changedSource(profile.rows, `at least ${seen}`, caller);
      const at = chunks++;
      const isWhole = host.rows === Math.min(CHUNK_ROWS, profile.rows - start);
      const checkRows = (isSame: () => boolean): void => {
        if (isWhole && !isSame()) throw changedRows(start, seen, caller);
      };
      checkRows(() => checksums.isSame(at, turn, host.data, host.rows, weights));
      // Neither an error nor NaN tells what is wrong with rows that are not those which were checked.
      const checkAllRows = (): void => checkRows(() => checksums.isSameInFull(at, host.data, host.rows, weights));
      const chunk = place.rows(host, weights, origin);
      try {
        if (!(await pass(chunk, start))) checkAllRows();
      } catch (error) {
        if (!isMixturaError(error, "aborted")) checkAllRows();
        throw error;
      } finally {
        chunk.release();
      }
    }
    if (seen !== profile.rows) throw changedSource(profile.rows, `${seen}`, caller);
  }

  async function merged(pass: (chunk: ResidentRows, start: number) => Promise<Moments>): Promise<Moments> {
    let total: Moments | undefined;
    await walk(async (chunk, start) => {
      const moments = await pass(chunk, start);
      total = total === undefined ? moments : mergeMoments(total, moments);
      return moments.s1.every(Number.isFinite);
    });
    return total!; // there is at least one row
  }

  return {
    features,
    featureNames,
    profile,
    origin,
    name: place.name,
    precision: place.precision,
    backend: place.backend,
    diagnostics: place.diagnostics,
    sample: () => sample,
    expectation: (components, request) => merged((chunk) => chunk.expectation(components, request)),
    moments({ labels, random }, request) {
      if (labels !== undefined) {
        return merged((chunk, start) => chunk.moments({ labels: labels.subarray(start, start + chunk.count) }, request));
      }
      if (random === undefined) return merged((chunk) => chunk.moments({}, request));
      const count = request.centres.length / features;
      const responsibilities = createRandomResponsibilities(random, count, pace);
      return merged((chunk) => chunk.moments({ random: responsibilities }, request));
    },
    async reduce(value, reduction) {
      const collector = reduction.start();
      await walk(async (chunk) => {
        await feed(chunk, value, collector, pace);
        return true;
      });
      return collector.finish(pace);
    },
    release: () => sample.release(),
  };
}

function changedSource(first: number, now: string, caller: string): MixturaError {
  return new MixturaError(
    "read-error",
    `${caller}: the source gave ${first} rows on its first walk and ${now} now. blocks() must start a new walk over the same rows at every call.`,
    { source: "blocks" },
  );
}

function changedRows(start: number, end: number, caller: string): MixturaError {
  return new MixturaError(
    "read-error",
    `${caller}: rows ${start} to ${end - 1} of the source changed since its first walk. blocks() must give the same rows at every call.`,
    { source: "blocks", row: start },
  );
}

/** Consecutive rows of a source. The numbers are gone when the next chunk is asked for. */
interface Chunk {
  readonly host: Matrix;
  readonly start: number;
  readonly weights: Float64Array | undefined;
}

/** The source's rows in chunks of CHUNK_ROWS, however it cut them: the unit of summation, so that the cut changes no bit. */
export async function* readChunks(source: BlockSource, pace: Pace, caller: string): AsyncGenerator<Chunk> {
  const { columns, featureNames } = source;
  let buffer = new Float64Array(0);
  const weights = new Float64Array(CHUNK_ROWS).fill(1);
  let weighted = false;
  let held = 0;
  let start = 0;
  const chunk = (): Chunk => ({
    host: matrix(buffer.subarray(0, held * columns), held, columns, featureNames),
    start,
    weights: weighted ? weights.subarray(0, held) : undefined,
  });
  for await (const { X, sampleWeight } of readBlocks(source, pace, caller)) {
    for (let row = 0; row < X.rows;) {
      const taken = Math.min(CHUNK_ROWS - held, X.rows - row);
      // Memory is taken for rows that are there: what a source says of its columns may be anything.
      if ((held + taken) * columns > buffer.length) buffer = grown(buffer, Math.min(CHUNK_ROWS, 2 * (held + taken)) * columns, caller);
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
  }
  if (held > 0) yield chunk();
}

function grown(buffer: Float64Array, length: number, caller: string): Float64Array<ArrayBuffer> {
  const longer = allocated(length, caller);
  longer.set(buffer);
  return longer;
}
