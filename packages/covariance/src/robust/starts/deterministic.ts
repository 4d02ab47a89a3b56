import type { PassBackend } from "@mixtura/backend/internal/rows";
import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { markNearest } from "../order/nearest.ts";
import type { Scale } from "../scale/scale.ts";
import { directionsOf, eigenvectorsOf } from "./directions.ts";
import type { Directions } from "./directions.ts";
import { pairwiseCovariances } from "./pairwise.ts";
import { spheredDistances } from "./sphered.ts";
import { hyperbolicTangents, normalScores, ranks, spatialSigns, squaredLengths } from "./transforms.ts";

/** The starts, in their order. */
export const startNames = ["tanh", "spearman", "normal-scores", "spatial-sign", "bacon", "ogk"] as const;

/** Up to this number of columns all pairs of them are examined; there are p² / 2, each with two robust scales. */
const MOST_PAIRED_COLUMNS = 400;

/**
 * The six deterministic starts: for each, a number per row that is small for rows near the centre of the data.
 *
 * @param rows standardised: of median 0 and robust scale 1 in every column
 * @see Hubert, Rousseeuw & Verdonck (2012), section 3.2
 */
export async function* deterministicStarts(
  rows: Matrix,
  scale: Scale,
  backend: PassBackend,
  pace: Pace,
): AsyncGenerator<Float64Array, void> {
  const changed: Matrix = { ...rows, data: new Float64Array(rows.data.length) };
  const distances = (directions: Directions): Promise<Float64Array> => spheredDistances(rows, directions, scale, pace);

  await hyperbolicTangents(rows, changed.data, pace);
  yield distances(await directionsOf(changed, "correlation", backend, pace));

  await ranks(rows, changed.data, pace);
  const kept = changed.data.slice();
  yield distances(await directionsOf(changed, "correlation", backend, pace));

  changed.data.set(kept);
  await normalScores(changed.data, rows.rows, pace);
  yield distances(await directionsOf(changed, "correlation", backend, pace));

  await spatialSigns(rows, changed.data, pace);
  yield distances(await directionsOf(changed, "cross-product", backend, pace));

  // The half of least norm.
  const { labels } = await markNearest(await squaredLengths(rows, pace), Math.ceil(rows.rows / 2), new Int32Array(rows.rows), pace);
  changed.data.set(rows.data);
  yield distances(await directionsOf(changed, "covariance", backend, pace, labels));

  if (rows.columns > MOST_PAIRED_COLUMNS) return;
  yield distances(await eigenvectorsOf(await pairwiseCovariances(rows, scale, pace), rows.columns, pace));
}
