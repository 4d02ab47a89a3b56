import type { Block, BlockSource, Matrix, Pace } from "@mixtura/core";
import { checkFeatureNames, checkFinite, checkTotalWeight, isMixturaError, matrix, MixturaError } from "@mixtura/core";
import { CHUNK_ROWS } from "../contract.ts";
import { precise } from "./precise.ts";
import { createReservoir } from "./reservoir.ts";
import type { OpenOptions, RowSet } from "./rows.ts";
import type { Surveyor } from "./survey.ts";

// What passes over blocks need comes with the blocks: fits of rows in memory do without both.
export { mergedChunks } from "./merged-chunks.ts";

/** Rows in blocks: read, checked and surveyed once here, then read and uploaded anew in every pass. */
export async function openBlocks<H>(
  source: BlockSource,
  surveyor: Surveyor,
  { backendFor, sampleWeight, pace, random, caller }: OpenOptions<H>,
): Promise<RowSet<H>> {
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
  let total = 0;
  for await (const { host, start, rowWeights } of readChunks(source, pace, caller)) {
    checkFinite(host, caller, start);
    for (const weight of rowWeights ?? []) {
      if (!(weight >= 0 && weight < Infinity))
        throw new MixturaError("invalid-weight", `${caller}: a block has the sample weight ${weight}. Weights are finite numbers ≥ 0.`, {
          found: weight,
        });
      total += weight;
    }
    if (rowWeights === undefined) total += host.rows;
    surveyor.add(host, rowWeights);
    reservoir.add(host, rowWeights);
  }
  const survey = surveyor.finish();
  if (survey.rows === 0)
    throw new MixturaError("invalid-shape", `${caller}: the source gave no rows.`, { expected: "at least 1 row", found: "0 rows" });
  checkTotalWeight(total, caller);
  const origin = survey.means;
  const sample = reservoir.finish();
  const backend = await precise(await backendFor(survey.rows, source.columns), undefined, ({ spreadOfRows }) => spreadOfRows(sample.host));
  return {
    backend,
    features: source.columns,
    featureNames: source.featureNames,
    survey,
    origin,
    resident: undefined,
    async *chunks() {
      let seen = 0;
      for await (const chunk of readChunks(source, pace, caller)) {
        seen += chunk.host.rows;
        if (seen > survey.rows) throw changedSource(survey.rows, `at least ${seen}`, caller);
        const handle = await backend.upload(chunk.host, { origin });
        try {
          yield { ...chunk, handle, rows: chunk.host.rows };
        } finally {
          backend.release(handle);
        }
      }
      if (seen !== survey.rows) throw changedSource(survey.rows, `${seen}`, caller);
    },
    sample,
    release() {},
  };
}

function changedSource(first: number, now: string, caller: string): MixturaError {
  return new MixturaError(
    "read-error",
    `${caller}: the source gave ${first} rows on its first walk and ${now} now. blocks() must start a new walk over the same rows at every call.`,
    { source: "blocks" },
  );
}

/** The source's blocks; what reading them throws comes with our code and the cause. */
async function* readBlocks(source: BlockSource, pace: Pace, caller: string): AsyncGenerator<Block> {
  try {
    yield* source.blocks(pace.signal === undefined ? {} : { signal: pace.signal });
  } catch (error) {
    pace.check(); // a source that was called off may say so in its own way
    if (isMixturaError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MixturaError("read-error", `${caller}: reading the source failed: ${reason}`, { source: "blocks" }, { cause: error });
  }
}

/** The source's rows in chunks of CHUNK_ROWS, however it cut them: the unit of summation, so that the cut changes no bit. */
async function* readChunks(
  source: BlockSource,
  pace: Pace,
  caller: string,
): AsyncGenerator<{ host: Matrix; start: number; rowWeights: Float64Array | undefined }> {
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
  for await (const { X, sampleWeight } of readBlocks(source, pace, caller)) {
    if (X.columns !== columns || X.data.length < X.rows * columns) {
      throw new MixturaError("invalid-shape", `${caller}: a block has ${X.columns} columns, the source promised ${columns}.`, {
        expected: `${columns} columns`,
        found: `${X.columns} columns`,
      });
    }
    if (sampleWeight !== undefined && sampleWeight.length !== X.rows) {
      throw new MixturaError("invalid-weight", `${caller}: a block of ${X.rows} rows has ${sampleWeight.length} sample weights.`, {
        found: sampleWeight.length,
      });
    }
    for (let row = 0; row < X.rows;) {
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
