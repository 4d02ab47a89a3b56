import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Matrix } from "@mixtura/core";
import { BayesianGaussianMixture } from "@mixtura/mixture";
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

const SHAPES = ["1e5,8,10", "2e4,32,12"];
const QUICK = ["1e4,4,5"];
const ITERATIONS = 10;

/** What is timed: maps between the first and the last, or a whole fit that stops where the bound comes to rest. */
const MEASURES = ["iteration", "to convergence"] as const;
type Measure = (typeof MEASURES)[number];

/** Where a fit to convergence stops, in nats per row; and the most maps of one. */
const TOLERANCE = 1e-5;
const MOST_MAPS = 500;
const REG_COVAR = 1e-6;

interface Outcome {
  readonly iterations: number;
  /** The bound per row. */
  readonly score: number;
}

/** Seconds of Bayesian Gaussian mixtures, per map and to convergence. */
export const benchmark: Benchmark = {
  name: "bayesian",
  title: "Bayesian Gaussian mixtures",
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
        for (const measure of MEASURES) {
          const series = await alternate(contendersOf(task, measure, contestants), { rounds });
          const names = { ours: contestants.ours.map(({ name }) => name), variants: contestants.sklearn.map(({ name }) => name) };
          const { rows: n, features: d, components: k } = shape;
          const labels = { n: String(n), d: String(d), k: String(k), time: measure };
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
      }
      return {
        benchmark: benchmark.name,
        unit: "iteration, or whole fit",
        rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [
          `Overlapping data (see em-iteration), full covariances, a Dirichlet process of concentration 1/k, all priors scikit-learn's defaults; all ` +
            `start from the same partition of the rows, by nearness to their true means moved a little. The model is scikit-learn's (\`priorConvention: "scikit-learn"\`).`,
          `*iteration*: a map alone, from the end of the first to the end of the last of ${1 + ITERATIONS}. *to convergence*: a whole fit, with its checks, its ` +
            `copy of the rows and the posterior of the partition, until the bound per row changes by less than ${TOLERANCE}.`,
          "The last columns: iterations; the bound per row of the first contender; the largest relative difference of the others from it.",
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

function contendersOf(task: EmTask, measure: Measure, { ours, sklearn }: Contestants): Contender<Outcome>[] {
  const { X, shape, start } = task;
  const labels = nearest(X, start.means);
  const stops = measure === "iteration" ? { maps: 1 + ITERATIONS, tol: 0 } : { maps: MOST_MAPS, tol: TOLERANCE };
  const request = { covarianceType: "full", components: shape.components, regCovar: REG_COVAR, ...stops, labels } as const;
  return [
    ...ours.map(({ name, backend }) => {
      const estimator = new BayesianGaussianMixture({
        backend,
        nComponents: shape.components,
        priorConvention: "scikit-learn",
        labelsInit: labels,
        regCovar: REG_COVAR,
        tol: stops.tol,
        maxIter: stops.maps,
        randomState: 0,
      });
      const short = estimator.with({ tol: 0, maxIter: 2 });
      return {
        name,
        async measure() {
          await short.fit(X); // workers that went idle during the others' turns are started
          let [first, last] = [0, 0];
          const begin = performance.now();
          const { trace, lowerBound } = await estimator.fit(X, {
            onProgress({ phase, iteration }) {
              if (phase !== "fitting") return;
              last = performance.now();
              if (iteration === 1) first = last;
            },
          });
          const whole = (performance.now() - begin) / 1e3;
          const seconds = measure === "iteration" ? (last - first) / 1e3 / ITERATIONS : whole;
          return { seconds, outcome: { iterations: trace.iterations, score: lowerBound! } };
        },
      };
    }),
    ...sklearn.map((peer) => ({
      name: peer.name,
      async measure() {
        const { seconds, whole, iterations, score } = await peer.posterior(request);
        return { seconds: measure === "iteration" ? seconds : whole, outcome: { iterations, score } };
      },
    })),
  ];
}

/** The nearest of the means to each row. */
function nearest({ data, rows, columns }: Matrix, means: readonly (readonly number[])[]): number[] {
  return Array.from({ length: rows }, (_, i) => {
    let [best, least] = [0, Infinity];
    means.forEach((mean, k) => {
      let square = 0;
      for (let j = 0; j < columns; j++) square += (data[i * columns + j]! - mean[j]!) ** 2;
      if (square < least) [best, least] = [k, square];
    });
    return best;
  });
}
