import type { Matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import type { Ellipsoid } from "./ellipsoid.ts";
import { randomEllipsoid } from "./ellipsoid.ts";
import type { Shape } from "./shape.ts";

/** How far apart the components are: overlapping with one common covariance, or well separated with covariances of their own. */
export type Separation = "over" | "well";

export const separations: readonly Separation[] = ["over", "well"];

/** Median distance between two means; every standard deviation is about 1. */
export const DISTANCE: Readonly<Record<Separation, number>> = { over: 1.5, well: 14 };

/** What the rows are drawn from. */
export interface Truth {
  readonly separation: Separation;
  /** k×d */
  readonly means: Float64Array;
  /** One per component; the same one where components overlap. */
  readonly covariances: readonly Ellipsoid[];
}

/** Keeps the data away from the origin, as real data are. */
const OFFSET = 3;

/**
 * Rows drawn from a normal mixture: weights Dirichlet(8, …, 8), variances along random axes between 0.4 and 1.6.
 *
 * @returns X is n×d; the same seed, sizes and separation give the same bits
 */
export function normalMixture(
  seed: number,
  { rows, features, components }: Pick<Shape, "rows" | "features" | "components">,
  separation: Separation,
): { readonly X: Matrix; readonly truth: Truth } {
  const random = createRandom(seed, rows, features, components, separations.indexOf(separation));
  const means = scatteredMeans(random, components, features, DISTANCE[separation]);
  const common = randomEllipsoid(random, features);
  const covariances = Array.from({ length: components }, () => (separation === "over" ? common : randomEllipsoid(random, features)));
  const weights = Array.from({ length: components }, () => gammaOf8(random));
  const total = weights.reduce((sum, weight) => sum + weight, 0);

  const data = new Float64Array(rows * features);
  const z = new Float64Array(features);
  for (let row = 0; row < rows; row++) {
    const component = random.choice(weights, total);
    const { axes } = covariances[component]!;
    for (let j = 0; j < features; j++) z[j] = random.normal();
    for (let i = 0; i < features; i++) {
      let value = means[component * features + i]!;
      for (let j = 0; j < features; j++) value += axes[i * features + j]! * z[j]!;
      data[row * features + i] = value;
    }
  }
  return { X: { data, rows, columns: features }, truth: { separation, means, covariances } };
}

function scatteredMeans(random: Random, components: number, features: number, distance: number): Float64Array {
  const means = Float64Array.from({ length: components * features }, () => random.normal());
  const distances: number[] = [];
  for (let a = 0; a < components; a++) {
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let j = 0; j < features; j++) sum += (means[a * features + j]! - means[b * features + j]!) ** 2;
      distances.push(Math.sqrt(sum));
    }
  }
  const middle = distances.toSorted((a, b) => a - b)[distances.length >> 1] ?? 1;
  return means.map((value) => OFFSET + (value * distance) / middle);
}

/** A draw from Gamma(8): a Dirichlet's weights before they are scaled. */
function gammaOf8(random: Random): number {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum -= Math.log(1 - random.uniform());
  return sum;
}
