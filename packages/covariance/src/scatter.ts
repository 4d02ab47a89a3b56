import type { Rows } from "@mixtura/backend/authoring";
import { translated } from "@mixtura/backend/internal/rows";

/** What an estimator computes in one pass over the rows. */
export interface ScatterOfRows {
  /** The means, or zeros where the rows are taken to be centred. In the units of the data. */
  readonly location: Float64Array;
  /** The same in the rows' own coordinates, where an offset of the data has not rounded it. */
  readonly centre: Float64Array;
  /** Σ w (x − location)(x − location)ᵀ / Σ w, d×d, symmetric. */
  readonly covariance: Float64Array;
  /** Σ w. */
  readonly weight: number;
}

/**
 * Location and covariance of all rows in one pass. The scatter is always taken about the means of the profile, which no offset can harm, and then brought
 * to the location: −δδᵀ for what the means were rounded by, + mean·meanᵀ for a location of zero.
 */
export async function scatterOf(rows: Rows, assumeCentered: boolean): Promise<ScatterOfRows> {
  const { features: d, origin, profile } = rows;
  const about = translated(profile.means, origin, -1);
  const { s0, s1, S2 } = await rows.moments({}, { centres: about, scatter: "full" });
  const mass = s0[0]!;
  const shift = s1.map((sum) => sum / mass);
  const location = assumeCentered ? new Float64Array(d) : profile.means.slice();
  const means = assumeCentered ? profile.means : location;
  const covariance = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let value = S2[i * d + j]! / mass - shift[i]! * shift[j]!;
      if (assumeCentered) value += (means[i]! + shift[i]!) * (means[j]! + shift[j]!);
      covariance[i * d + j] = covariance[j * d + i] = value;
    }
  }
  const centre = assumeCentered ? translated(location, origin, -1) : about.map((value, j) => value + shift[j]!);
  return { location, centre, covariance, weight: profile.weight };
}
