// Where k-means ends: held against a Lloyd's algorithm that keeps its labels, as scikit-learn's does.
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import { describe, expect, it } from "vitest";
import { KMeans } from "../src/index.ts";

/** Iterations until no label changes, the one that finds out included: scikit-learn's `n_iter_` under tol 0. */
function iterationsOfLabels(X: readonly (readonly number[])[], start: readonly (readonly number[])[], weights: readonly number[]): number {
  let centres = start.map((row) => [...row]);
  let before: number[] = [];
  for (let iteration = 1; ; iteration++) {
    const labels = X.map((row) => {
      const squares = centres.map((centre) => centre.reduce((sum, c, j) => sum + (row[j]! - c) ** 2, 0));
      return squares.indexOf(Math.min(...squares));
    });
    if (labels.every((label, i) => label === before[i])) return iteration;
    before = labels;
    centres = centres.map((centre, k) => {
      const total = labels.reduce((sum, label, i) => sum + (label === k ? weights[i]! : 0), 0);
      return centre.map((_, j) => labels.reduce((sum, label, i) => sum + (label === k ? weights[i]! * X[i]![j]! : 0), 0) / total);
    });
  }
}

describe("k-means with tol 0 (#16)", () => {
  it.each(["iris", "faithful", "wine", "crabs"])("ends as soon as no label changes: %s", async (name) => {
    const { rows } = loadData(name);
    const random = createRandom(4);
    for (const k of [2, 3, 5]) {
      const start = Array.from({ length: k }, (_, i) => rows[Math.floor((i * rows.length) / k)]!);
      for (const sampleWeight of [rows.map(() => 1), rows.map(() => 0.1 + random.uniform())]) {
        const { trace } = await new KMeans({ nClusters: k, init: start, tol: 0 }).fit(rows, { sampleWeight });

        expect(trace.iterations).toBe(iterationsOfLabels(rows, start, sampleWeight));
        expect(trace.converged).toBe(true);
      }
    }
  });

  it("ends there far from 0, and for clusters that are tight beside their distances", async () => {
    const random = createRandom(5);
    const X = Array.from({ length: 300 }, (_, i) => [1e6 * (i % 3) + random.normal(), 1e8 + random.normal()]);
    const start = X.slice(0, 6);

    const { trace } = await new KMeans({ nClusters: 6, init: start, tol: 0 }).fit(X);

    expect(trace.iterations).toBe(
      iterationsOfLabels(
        X,
        start,
        X.map(() => 1),
      ),
    );
  });

  it("needs but two iterations from its own solution, and says that it converged", async () => {
    const { rows } = loadData("iris");
    const first = await new KMeans({ nClusters: 3, randomState: 1, tol: 0 }).fit(rows);

    const { trace } = await new KMeans({ nClusters: 3, init: first.clusterCenters, tol: 0 }).fit(rows);

    expect([trace.iterations, trace.converged]).toEqual([2, true]);
  });
});

it("distances in more features than a call takes arguments are measured, also beyond the root of the largest double (#16)", async () => {
  const d = 200_000;
  const row = Float64Array.from({ length: d }, () => 1e160);
  const model = await new KMeans({ nClusters: 1 }).fit([new Float64Array(d), new Float64Array(d)]);

  const { data } = await model.transform([row]);

  expect(Math.abs(data[0]! / (1e160 * Math.sqrt(d)) - 1)).toBeLessThan(1e-12); // rounding of a sum of 2e5 ones
});
