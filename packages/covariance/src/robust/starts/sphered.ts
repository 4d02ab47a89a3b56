import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { medianInPlace } from "../order/select.ts";
import type { Scale } from "../scale/scale.ts";
import { deviationScale } from "../scale/scale.ts";
import type { Directions } from "./directions.ts";

/** Spread below this fraction of the largest is rounding. */
const NO_SPREAD = 1e-9;

/**
 * Squared distances by the scales of rows along given directions: the covariance has these eigenvectors, with the squared scales for
 * eigenvalues, and the location is the median of each column where the rows have been sphered by it.
 *
 * @returns a number per row
 * @remarks O(n p²), two robust numbers per direction.
 * @see Hubert, Rousseeuw & Verdonck, A deterministic algorithm for robust location and scatter, JCGS 21 (2012), section 3
 */
export async function spheredDistances(rows: Matrix, { vectors, count }: Directions, scale: Scale, pace: Pace): Promise<Float64Array> {
  const { rows: n, columns: p } = rows;
  const along = new Float64Array(n * count); // direction after direction
  const scales = new Float64Array(count);
  const scratch = new Float64Array(n);
  for (let k = 0; k < count; k++) {
    const values = along.subarray(k * n, (k + 1) * n);
    project(rows, vectors, k * p, values);
    scales[k] = scale(values);
    if (!(scales[k]! > 0)) {
      scratch.set(values);
      scales[k] = deviationScale(values, medianInPlace(scratch));
    }
    if (pace.due()) await pace.turn();
  }
  const largest = scales.reduce((most, value) => Math.max(most, value), 0);
  for (let k = 0; k < count; k++) {
    const per = scales[k]! > NO_SPREAD * largest ? 1 / scales[k]! : 0;
    for (let i = k * n; i < (k + 1) * n; i++) along[i]! *= per;
  }
  const location = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    scratch.fill(0);
    for (let k = 0; k < count; k++) {
      const loading = vectors[k * p + j]!;
      for (let i = 0, at = k * n; i < n; i++, at++) scratch[i]! += loading * along[at]!;
    }
    location[j] = medianInPlace(scratch);
    if (pace.due()) await pace.turn();
  }
  const distances = new Float64Array(n);
  for (let k = 0; k < count; k++) {
    let centre = 0;
    for (let j = 0; j < p; j++) centre += location[j]! * vectors[k * p + j]!;
    for (let i = 0, at = k * n; i < n; i++, at++) {
      const difference = along[at]! - centre;
      distances[i]! += difference * difference;
    }
    if (pace.due()) await pace.turn();
  }
  return distances;
}

function project({ data, rows, columns }: Matrix, vectors: Float64Array, at: number, out: Float64Array): void {
  for (let i = 0, place = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += data[place++]! * vectors[at + j]!;
    out[i] = sum;
  }
}
