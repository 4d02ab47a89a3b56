import type { Matrix } from "@mixtura/core";
import { createRandom, drawSeed, matrix, MixturaError, SEED_LIMIT } from "@mixtura/core";

/** What rows are drawn from. */
export interface SampleProblem {
  readonly n: number;
  readonly randomState: number | undefined;
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  readonly features: number;
  /** The lower Cholesky factor of component k's covariance; absent where features are independent. */
  readonly factor: ((k: number) => Float64Array) | undefined;
  /** The variances of component k. */
  readonly variances: (k: number) => Float64Array;
  readonly featureNames: readonly string[] | undefined;
}

/** Draws n independent rows: a component by weight, then μ + L z with z standard normal. */
export function drawSample(problem: SampleProblem): { X: Matrix; labels: Int32Array } {
  const { n, weights, means, features: d, factor, variances, featureNames } = problem;
  if (!Number.isInteger(n) || n < 1) {
    throw new MixturaError("invalid-option", `GaussianMixture.sample: n must be an integer ≥ 1, found ${n}.`, { option: "n", found: n });
  }
  const random = createRandom(checkSeed(problem.randomState) ?? drawSeed());
  const components = Array.from(weights.keys(), (k) => ({ factor: factor?.(k), scales: variances(k).map(Math.sqrt) }));
  const data = new Float64Array(n * d);
  const labels = new Int32Array(n);
  const z = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const k = random.choice(weights, 1);
    labels[i] = k;
    const { factor: lower, scales } = components[k]!;
    for (let j = 0; j < d; j++) {
      z[j] = random.normal();
      let value = lower === undefined ? scales[j]! * z[j]! : 0;
      if (lower !== undefined) for (let t = 0; t <= j; t++) value += lower[j * d + t]! * z[t]!;
      data[i * d + j] = means[k * d + j]! + value;
    }
  }
  return { X: matrix(data, n, d, featureNames), labels };
}

function checkSeed(seed: number | undefined): number | undefined {
  if (seed === undefined || (Number.isInteger(seed) && seed >= 0 && seed < SEED_LIMIT)) return seed;
  throw new MixturaError(
    "invalid-option",
    `GaussianMixture.sample: "randomState" must be an integer ≥ 0 and < ${SEED_LIMIT}, found ${seed}.`,
    {
      option: "randomState",
      found: seed,
    },
  );
}
