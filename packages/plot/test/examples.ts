import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";

/** Rows about `groups` centres on a line through feature space, and the mixture they come from. */
export function blobs(options: { readonly rows: number; readonly features: number; readonly groups: number; readonly seed?: number }): {
  readonly X: Matrix;
  readonly labels: Int32Array;
  readonly components: { readonly weights: number[]; readonly means: number[][]; readonly covariances: number[][][] };
} {
  const { rows, features: d, groups, seed = 7 } = options;
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % groups);
  const centre = (group: number, feature: number): number => 6 * ((group * (feature + 1)) % groups);
  const data = Float64Array.from({ length: rows * d }, (_, at) => centre(labels[Math.floor(at / d)]!, at % d) + random.normal());
  return {
    X: matrix(data, rows, d),
    labels,
    components: {
      weights: Array.from({ length: groups }, () => 1 / groups),
      means: Array.from({ length: groups }, (_, group) => Array.from({ length: d }, (_unused, feature) => centre(group, feature))),
      covariances: Array.from({ length: groups }, () => identity(d)),
    },
  };
}

/** The d×d identity. */
export function identity(d: number): number[][] {
  return Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_unused, j) => (i === j ? 1 : 0)));
}
