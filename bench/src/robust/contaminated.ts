import type { Matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { randomEllipsoid } from "../em/ellipsoid.ts";

/** The size of a robust fit. */
export interface RobustShape {
  readonly rows: number;
  readonly features: number;
}

/** Reads "5e4,9": rows and features. */
export function parseRobustShape(text: string): RobustShape {
  const [rows, features, ...rest] = text.split(",").map(Number);
  const sound = Number.isInteger(rows) && Number.isInteger(features) && features! >= 1 && rows! > features! && rest.length === 0;
  if (!sound) throw new RangeError(`A shape of a robust fit is rows,features, as in 5e4,9; found "${text}".`);
  return { rows: rows!, features: features! };
}

/** The fraction of planted outliers. */
export const OUTLIERS = 0.1;
/** How far they lie away, in standard deviations along one direction. */
const DISTANCE = 8;

/**
 * Normal rows about the origin, variances along random axes between 0.4 and 1.6; one in ten lies elsewhere, in a narrower heap.
 *
 * @returns X n×p, the rows in random order, and which of them are outliers
 */
export function contaminated(seed: number, { rows, features }: RobustShape): { readonly X: Matrix; readonly outlier: Uint8Array } {
  const random = createRandom(seed, rows, features);
  const { axes } = randomEllipsoid(random, features);
  const direction = Float64Array.from({ length: features }, () => random.normal());
  const length = Math.hypot(...direction);
  const data = new Float64Array(rows * features);
  const outlier = new Uint8Array(rows);
  const z = new Float64Array(features);
  for (let row = 0; row < rows; row++) {
    const planted = random.uniform() < OUTLIERS;
    outlier[row] = Number(planted);
    for (let j = 0; j < features; j++) z[j] = random.normal() * (planted ? 0.5 : 1) + (planted ? (DISTANCE * direction[j]!) / length : 0);
    for (let i = 0; i < features; i++) {
      let value = 0;
      for (let j = 0; j < features; j++) value += axes[i * features + j]! * z[j]!;
      data[row * features + i] = value;
    }
  }
  return { X: { data, rows, columns: features }, outlier };
}
