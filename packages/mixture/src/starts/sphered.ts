import type { Rows } from "@mixtura/backend/authoring";
import { whiteningOfCovariance } from "@mixtura/backend/internal/factors";
import { translated } from "@mixtura/backend/internal/rows";
import type { Pace, Random } from "@mixtura/core/authoring";
import { full } from "../covariance/full.ts";
import type { Floors } from "../em/floors.ts";
import { floorEigenvalues } from "../em/floors.ts";
import { sampleOfRows } from "./sample-of-rows.ts";
import type { SeedingSpace } from "./space.ts";
import { PLAIN } from "./space.ts";

/** Most rows that are copied into sphered coordinates. */
const SPHERED_ROWS = 16384;

/**
 * The data sphered: principal components in units of their own standard deviation, so that correlated features do not count twice and groups
 * that differ along a narrow direction are seen. Seeds are drawn from at most 16,384 rows, which are copied.
 */
export async function spheredSpace(rows: Rows, floors: Floors, random: Random, pace: Pace): Promise<SeedingSpace> {
  const d = rows.features;
  const { means, variances } = rows.profile;
  const centre = translated(means, rows.origin, -1);
  const { s0, S2 } = await rows.moments({}, { centres: centre, scatter: "full" });
  const covariance = S2.map((value) => value / s0[0]!);
  const direct = whiteningOfCovariance(covariance, d);
  const result = direct.ok ? direct : whiteningOfCovariance(floorEigenvalues(full, covariance, floors.repair), d);
  // A covariance that not even lifting makes definite leaves the variances, which always are.
  const whitening = result.ok ? result.factor : inverseDeviations(variances, floors);
  const sample = rows.sample();
  const kept = await sampleOfRows(sample.count, SPHERED_ROWS, random, pace);
  const sphered = sample.mapped(kept, whitening, centre);
  return {
    metric: { shape: "full", whitening },
    rows: sphered,
    between: PLAIN,
    meanVariance: 1,
    seeds: (chosen) => sample.at(chosen.map((index) => kept[index]!)),
    release: () => sphered.release(),
  };
}

function inverseDeviations(variances: Float64Array, floors: Floors): Float64Array {
  const d = variances.length;
  const matrix = new Float64Array(d * d);
  for (let j = 0; j < d; j++) matrix[j * d + j] = 1 / Math.sqrt(Math.max(variances[j]!, floors.repair[j]!));
  return matrix;
}
