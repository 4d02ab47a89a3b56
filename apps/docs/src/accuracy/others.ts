import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadData, loadMetrics } from "@mixtura/fixtures";
import { adjustedMutualInfoScore, adjustedRandScore, averagePrecisionScore, rocAucScore, silhouetteSamples } from "@mixtura/metrics";
import { ECOD, KernelDensity } from "mixtura";
import type { Comparison } from "./results.ts";
import { atLeastOne, worstDifference } from "./results.ts";

function references<T>(root: string, folder: string): T[] {
  const at = join(root, "test", "reference", folder);
  return globSync("*.json", { cwd: at })
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(at, file), "utf8")) as T);
}

interface DensityReference {
  readonly data: string;
  readonly points: number[][];
  readonly entries: readonly {
    readonly program: string;
    readonly options: object;
    readonly weighted: boolean;
    readonly logDensities: readonly (number | null)[];
  }[];
}

/** Kernel densities compared with scikit-learn's and SciPy's. */
export async function kernelDensities(root: string): Promise<Comparison> {
  const rows = [];
  for (const { data, points, entries } of references<DensityReference>(root, "kde")) {
    const { rows: X } = loadData(data);
    const sampleWeight = X.map((_, row) => 1 + (row % 3));
    let worst = 0;
    for (const { options, weighted, logDensities } of entries) {
      const model = await new KernelDensity(options).fit(X, weighted ? { sampleWeight } : {});
      const expected = logDensities.map((value) => value ?? -Infinity);
      worst = Math.max(worst, worstDifference(await model.scoreSamples(points), expected, atLeastOne(expected)));
    }
    rows.push({ what: data, cases: entries.length, worst });
  }
  return {
    title: "Kernel densities",
    against: "scikit-learn 1.9.1 (`KernelDensity`) and SciPy 1.17.1 (`gaussian_kde`): kernels, bandwidths, weights",
    measure: "largest difference of a log-density, relative where it is above 1",
    rows,
  };
}

interface OutlierReference {
  readonly data: string;
  readonly pyod: { readonly scores: number[]; readonly threshold: number };
  readonly paper: { readonly scores: number[]; readonly threshold: number };
}

/** ECOD compared with PyOD's, and compared with the formulas of the paper. */
export async function tailScores(root: string): Promise<Comparison> {
  const rows = [];
  for (const { data, pyod, paper } of references<OutlierReference>(root, "pyod")) {
    const { rows: X } = loadData(data);
    let worst = 0;
    for (const [tails, expected] of [
      ["feature", pyod],
      ["row", paper],
    ] as const) {
      const model = await new ECOD({ tails }).fit(X);
      const scores = [...expected.scores, expected.threshold].map((score) => -score);
      worst = Math.max(worst, worstDifference([...(await model.scoreSamples(X)), model.threshold], scores, atLeastOne(scores)));
    }
    rows.push({ what: data, cases: 2, worst });
  }
  return {
    title: "ECOD",
    against: 'PyOD 3.6.7 (`tails: "feature"`) and the formulas of Li et al. 2022 (`tails: "row"`)',
    measure: "largest difference of a score or threshold, relative where it is above 1",
    rows,
  };
}

/** Measures of partitions and rankings compared with scikit-learn's. */
export async function measures(): Promise<Comparison> {
  const { partitions, silhouettes, rankings } = loadMetrics();
  const worst = (values: readonly (readonly [number, number])[]): number =>
    Math.max(...values.map(([found, expected]) => Math.abs(found - expected)));
  const iris = loadData("iris").rows;
  const silhouette = await Promise.all(
    silhouettes.map(async ({ labels, samples }) => worstDifference(await silhouetteSamples(iris, labels), samples, () => 1)),
  );
  return {
    title: "Measures",
    against: "scikit-learn 1.9.1",
    measure: "largest absolute difference",
    rows: [
      {
        what: "adjusted Rand index",
        cases: partitions.length,
        worst: worst(partitions.map(({ first, second, adjustedRand }) => [adjustedRandScore(first, second), adjustedRand])),
      },
      {
        what: "adjusted mutual information",
        cases: partitions.length,
        worst: worst(
          partitions.map(({ first, second, adjustedMutualInfo }) => [adjustedMutualInfoScore(first, second), adjustedMutualInfo]),
        ),
      },
      { what: "silhouettes of iris", cases: silhouettes.length, worst: Math.max(...silhouette) },
      {
        what: "ROC-AUC",
        cases: rankings.length,
        worst: worst(rankings.map(({ labels, scores, rocAuc }) => [rocAucScore(labels, scores), rocAuc])),
      },
      {
        what: "average precision",
        cases: rankings.length,
        worst: worst(rankings.map(({ labels, scores, averagePrecision }) => [averagePrecisionScore(labels, scores), averagePrecision])),
      },
    ],
  };
}
