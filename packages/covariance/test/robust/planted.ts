import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";

/** Where planted outliers lie: as wide as the others and 8 from them in every feature, or in a clump 4 from them. */
export const places = ["far", "clump"] as const;
type Place = (typeof places)[number];

const OUTLIERS: Readonly<Record<Place, { readonly shift: number; readonly spread: number }>> = {
  far: { shift: 8, spread: 1 },
  clump: { shift: 4, spread: 0.1 },
};

/** A table with planted outliers. */
export interface Planted {
  readonly rows: number;
  readonly features: number;
  /** The fraction of the rows that are outliers. */
  readonly share: number;
  readonly place: Place;
}

/** Standard normal rows; the first of them are outliers. */
export function planted(seed: number, { rows, features, share, place }: Planted): { readonly X: Matrix; readonly outliers: number } {
  const random = createRandom(seed, rows, features, Math.round(1000 * share), places.indexOf(place));
  const outliers = Math.round(share * rows);
  const { shift, spread } = OUTLIERS[place];
  const data = Float64Array.from({ length: rows * features }, (_, at) =>
    at < outliers * features ? shift + spread * random.normal() : random.normal(),
  );
  return { X: matrix(data, rows, features), outliers };
}

/** The mean of the variances of a covariance, 1 for that of standard normal rows. */
export function meanVariance({ data, columns }: Matrix): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += data[j * columns + j]! / columns;
  return sum;
}
