import { whiteningOfCovariance } from "@mixtura/backend/factors";
import type { RowSet } from "@mixtura/backend/rows";
import { merged } from "@mixtura/backend/rows";
import type { Pace, Random } from "@mixtura/core";
import { inStrides } from "@mixtura/core";
import { full } from "../covariance/full.ts";
import type { Floors } from "../em/floors.ts";
import { lift } from "../em/lift.ts";
import { rowsAt } from "./k-means-plus-plus.ts";
import type { SeedingSpace } from "./space.ts";
import { PLAIN } from "./space.ts";

/** Most rows that are copied into sphered coordinates. */
const SPHERED_ROWS = 16384;

/**
 * The data sphered: principal components in units of their own standard deviation, so that correlated features do not count twice and groups
 * that differ along a narrow direction are seen. Seeds are drawn from at most 16,384 rows, which are copied.
 */
export async function spheredSpace<H>(rows: RowSet<H>, floors: Floors, random: Random, pace: Pace): Promise<SeedingSpace<H>> {
  const d = rows.features;
  const centre = rows.survey.means.map((mean, j) => mean - rows.origin[j]!);
  const { s0, S2 } = await merged(rows, ({ handle, rowWeights }) =>
    rows.backend.kernels.moments(handle, { rowWeights, centres: centre, scatter: "full", pace }),
  );
  const covariance = S2.map((value) => value / s0[0]!);
  const direct = whiteningOfCovariance(covariance, d);
  const result = direct.ok ? direct : whiteningOfCovariance(lift(full, covariance, floors.repair), d);
  // A covariance that not even lifting makes definite leaves the variances, which always are.
  const whitening = result.ok ? result.factor : inverseDeviations(rows.survey.variances, floors);
  const { host, rowWeights } = rows.sample;
  const kept = await sampleOfRows(host.rows, random, pace);
  const data = new Float64Array(kept.length * d);
  kept.forEach((row, index) => {
    for (let i = 0; i < d; i++) {
      let y = 0;
      for (let j = 0; j <= i; j++) y += whitening[i * d + j]! * (host.data[row * d + j]! - rows.survey.means[j]!);
      data[index * d + i] = y;
    }
  });
  const sphered = { data, rows: kept.length, columns: d };
  const { backend } = rows;
  return {
    metric: { shape: "full", whitening },
    rows: {
      backend,
      host: sphered,
      rowWeights: rowWeights === undefined ? undefined : Float64Array.from(kept, (row) => rowWeights[row]!),
      metric: PLAIN,
      async place() {
        const handle = await backend.upload(sphered);
        return { handle, origin: new Float64Array(d), release: () => backend.release(handle) };
      },
    },
    meanVariance: 1,
    seeds: (chosen) =>
      rowsAt(
        host,
        chosen.map((index) => kept[index]!),
      ),
  };
}

/** At most SPHERED_ROWS rows in order, each set of rows as likely as any other (selection sampling, Knuth's algorithm S). */
async function sampleOfRows(rows: number, random: Random, pace: Pace): Promise<Int32Array> {
  const wanted = Math.min(rows, SPHERED_ROWS);
  const kept = new Int32Array(wanted);
  let count = 0;
  await inStrides(rows, pace, (start, end) => {
    for (let row = start; row < end && count < wanted; row++) {
      if (wanted === rows || random.uniform() * (rows - row) < wanted - count) kept[count++] = row;
    }
  });
  return kept;
}

function inverseDeviations(variances: Float64Array, floors: Floors): Float64Array {
  const d = variances.length;
  const matrix = new Float64Array(d * d);
  for (let j = 0; j < d; j++) matrix[j * d + j] = 1 / Math.sqrt(Math.max(variances[j]!, floors.repair[j]!));
  return matrix;
}
