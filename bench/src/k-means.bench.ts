import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KMeans } from "@mixtura/mixture";
import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { compare, seriesReport } from "./compare.ts";
import { disagreementsOf, scoreRemarks } from "./em/agreed-scores.ts";
import type { EmTask } from "./em/contenders.ts";
import type { Contestants } from "./em/line-up.ts";
import { lineUp } from "./em/line-up.ts";
import { prepareTask, SEED } from "./em/rows.ts";
import { parseShape } from "./em/shape.ts";
import type { Contender } from "./harness.ts";
import { alternate } from "./harness.ts";
import { thisMachine } from "./machine.ts";
import { SKLEARN } from "./peers/sklearn.ts";
import type { CaseReport } from "./report.ts";

const SHAPES = ["1e5,2,10", "1e6,4,8", "1e5,8,10", "1e5,16,16", "1e5,16,64", "1e5,32,16", "2e4,128,8"];
const QUICK = ["1e4,2,5", "1e5,8,10"];
const ITERATIONS = 10;

interface KMeansOutcome {
  readonly iterations: number;
  /** −inertia per row. */
  readonly score: number;
}

/** Seconds of a fit of KMeans from given centres. */
export const benchmark: Benchmark = {
  name: "k-means",
  title: "K-means",
  async run({ rounds, shapes, peers, quick, log }: BenchmarkRequest) {
    const folder = mkdtempSync(join(tmpdir(), "mixtura-bench-"));
    const { contestants, close } = await lineUp(
      peers.filter((kind) => kind === "sklearn"),
      folder,
    );
    try {
      const cases: CaseReport[] = [];
      const disagreements: string[] = [];
      for (const text of shapes.length > 0 ? shapes : quick ? QUICK : SHAPES) {
        const shape = parseShape(text);
        const { task, path } = prepareTask({ shape, separation: "over" }, folder);
        for (const peer of contestants.sklearn) await peer.load(path, shape.rows, shape.features);
        const series = await alternate(contendersOf(task, contestants), { rounds });
        const names = { ours: contestants.ours.map(({ name }) => name), variants: contestants.sklearn.map(({ name }) => name) };
        const labels = { n: String(shape.rows), d: String(shape.features), k: String(shape.components) };
        const iterations = new Set(series.map(({ outcome }) => outcome.iterations));
        cases.push({
          labels,
          series: series.map(seriesReport),
          ratios: compare(series, [{ slower: SKLEARN, ...names }]),
          remarks: { iterations: [...iterations].join(" or "), ...scoreRemarks(series) },
        });
        disagreements.push(...disagreementsOf(series, labels));
        if (iterations.size > 1) disagreements.push(`Not all did as many iterations at ${Object.values(labels).join(", ")}.`);
        log(Object.values(labels).join(", "));
      }
      return {
        benchmark: benchmark.name,
        unit: `fit of ${ITERATIONS} iterations`,
        rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [
          "Overlapping data (see em-iteration); all start from the same centres, by Lloyd's algorithm, and do not stop early (`tol: 0`).",
          "A whole fit, with its checks, its copy of the rows and the pass that ends it.",
          "The last columns: −inertia per row of the first contender, and the largest relative difference of the others from it.",
          ...contestants.descriptions.map((words) => `${words}.`),
        ],
        absent: contestants.absent,
        cases,
        disagreements,
      };
    } finally {
      await close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function contendersOf({ X, start, shape }: EmTask, { ours, sklearn }: Contestants): Contender<KMeansOutcome>[] {
  return [
    ...ours.map(({ name, backend }) => {
      const nClusters = shape.components;
      const estimator = new KMeans({ backend, nClusters, init: start.means, maxIter: ITERATIONS, tol: 0, randomState: 0 });
      return {
        name,
        async measure() {
          const begin = performance.now();
          const { trace, inertia } = await estimator.fit(X);
          const seconds = (performance.now() - begin) / 1e3;
          return { seconds, outcome: { iterations: trace.iterations, score: -inertia / X.rows } };
        },
      };
    }),
    ...sklearn.map((peer) => ({
      name: peer.name,
      async measure() {
        const { seconds, ...outcome } = await peer.kMeans(start.means, ITERATIONS);
        return { seconds, outcome };
      },
    })),
  ];
}
