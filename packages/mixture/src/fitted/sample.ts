import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { sampleSeed } from "@mixtura/core/internal";
import { invertLower, shapes } from "@mixtura/backend/internal/factors";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf } from "../covariance/kind.ts";

/** What rows are drawn from. */
export interface SampleProblem {
  readonly n: number;
  readonly options: { readonly randomState?: number } | undefined;
  readonly kind: CovarianceKind;
  readonly weights: Float64Array;
  /** k×d */
  readonly means: Float64Array;
  /** In the layout of the covariance type, and their whitening factors. */
  readonly covariances: Float64Array;
  readonly whitening: Float64Array;
  readonly featureNames: readonly string[] | undefined;
  /** Number j of the row of component k, before it is scaled; absent where rows are normal. Asked for in order, from 0 on. */
  readonly draw?: (random: Random, k: number, j: number) => number;
  /** Whose method it is, for error texts. */
  readonly owner: string;
}

/** Draws n independent rows: a component by weight, then μ + L z with z standard normal, unless said otherwise. */
export function drawSample(problem: SampleProblem): { X: Matrix; labels: Int32Array } {
  const { n, kind, weights, means, featureNames, draw, owner } = problem;
  const d = means.length / weights.length;
  const random = createRandom(sampleSeed(n, d, problem.options, `${owner}.sample`));
  const components = Array.from(weights.keys(), (component) => {
    const block = kind.shared ? 0 : component;
    const shape = shapes[kind.shape];
    if (!shape.independent)
      return { factor: invertLower(shape.triangle(blockOf(kind, problem.whitening, block, d), 0, d), d), scales: undefined };
    const covariance = blockOf(kind, problem.covariances, block, d);
    return { factor: undefined, scales: Float64Array.from({ length: d }, (_, j) => Math.sqrt(covariance[kind.varianceAt(j, d)]!)) };
  });
  const data = new Float64Array(n * d);
  const labels = new Int32Array(n);
  const z = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const k = random.choice(weights, 1);
    labels[i] = k;
    const { factor: lower, scales } = components[k]!;
    for (let j = 0; j < d; j++) {
      z[j] = draw === undefined ? random.normal() : draw(random, k, j);
      let value = scales === undefined ? 0 : scales[j]! * z[j]!;
      if (lower !== undefined) for (let t = 0; t <= j; t++) value += lower[j * d + t]! * z[t]!;
      data[i * d + j] = means[k * d + j]! + value;
    }
  }
  return { X: matrix(data, n, d, featureNames), labels };
}
