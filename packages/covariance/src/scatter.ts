import type { RowSet } from "@mixtura/backend/rows";
import { merged, translated } from "@mixtura/backend/rows";
import type { Pace } from "@mixtura/core";

/** What one pass over the rows tells an estimator. */
export interface ScatterOfRows {
  /** The means, or zeros where the rows are taken to be centred. In the units of the data. */
  readonly location: Float64Array;
  /** Σ w (x − location)(x − location)ᵀ / Σ w, d×d, symmetric. */
  readonly covariance: Float64Array;
  /** Σ w. */
  readonly weight: number;
}

/**
 * Location and covariance of all rows in one pass. The scatter is always taken about the surveyed means, which no offset can harm, and then brought
 * to the location: −δδᵀ for what the means were rounded by, + mean·meanᵀ for a location of zero.
 */
export async function scatterOf(rows: RowSet, assumeCentered: boolean, pace: Pace): Promise<ScatterOfRows> {
  const { features: d, origin, survey } = rows;
  const centres = translated(survey.means, origin, -1);
  const { s0, s1, S2 } = await merged(rows, ({ handle, rowWeights }) =>
    rows.backend.kernels.moments(handle, { rowWeights, centres, scatter: "full", pace }),
  );
  const mass = s0[0]!;
  const shift = s1.map((sum) => sum / mass);
  const location = assumeCentered ? new Float64Array(d) : survey.means.slice();
  const means = assumeCentered ? survey.means : location;
  const covariance = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let value = S2[i * d + j]! / mass - shift[i]! * shift[j]!;
      if (assumeCentered) value += (means[i]! + shift[i]!) * (means[j]! + shift[j]!);
      covariance[i * d + j] = covariance[j * d + i] = value;
    }
  }
  return { location, covariance, weight: survey.weight };
}
