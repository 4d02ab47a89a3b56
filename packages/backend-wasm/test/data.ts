import type { GaussianComponents, Scatter } from "@mixtura/backend";
import { gaussianComponents } from "@mixtura/backend";
import { factorSize } from "@mixtura/backend/internal/factors";
import type { Matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";

/** How large a problem is, and what its components look like. */
export interface Size {
  readonly rows: number;
  readonly features: number;
  readonly count: number;
  readonly shape?: GaussianComponents["shape"];
  readonly shared?: boolean;
  readonly seed?: number;
}

/** Rows, components, and everything that a kernel can be asked about them. */
export interface Problem {
  readonly data: Matrix;
  readonly components: GaussianComponents;
  /** Points to take moments about, which are not the means. */
  readonly centres: Float64Array;
  /** Some of them 0. */
  readonly rowWeights: Float64Array;
  /** 0 … k−1, and −1 for rows to be left out. */
  readonly labels: Int32Array;
}

export const SCATTERS = ["full", "pooled", "diag", "spherical", "none"] as const satisfies readonly Scatter[];

/** Overlapping components, and rows around them. */
export function draw({ rows, features, count, shape = "full", shared = false, seed = 1 }: Size): Problem {
  const random = createRandom(seed, features, count);
  const numbers = (length: number, next: () => number): Float64Array => Float64Array.from({ length }, next);
  const means = numbers(count * features, () => 1.5 * random.normal());
  const size = factorSize(shape, features);
  const whitening = numbers((shared ? 1 : count) * size, () => 0);
  for (let index = 0; index < whitening.length; index++) {
    const [i, j] = [Math.floor((index % size) / features), index % features];
    if (shape !== "full" || i === j) whitening[index] = 0.7 + random.uniform();
    else if (j < i) whitening[index] = (0.5 * random.normal()) / Math.sqrt(features);
  }
  const weights = numbers(count, () => 1 / count);
  const data = new Float64Array(rows * features);
  for (let row = 0; row < rows; row++) {
    const k = random.integer(count);
    for (let j = 0; j < features; j++) data[row * features + j] = means[k * features + j]! + random.normal();
  }
  return {
    data: { data, rows, columns: features },
    components: gaussianComponents({ weights, means, shape, shared, whitening }),
    centres: means.map((mean) => mean + 0.1 * random.normal()),
    rowWeights: numbers(rows, () => (random.integer(4) === 0 ? 0 : 0.25 + 2 * random.uniform())),
    labels: Int32Array.from({ length: rows }, () => random.integer(count + 1) - 1),
  };
}
