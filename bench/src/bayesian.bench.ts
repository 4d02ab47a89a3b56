import type { Matrix } from "@mixtura/core";
import { BayesianGaussianMixture } from "@mixtura/mixture";
import type { EmTask } from "./em/contenders.ts";
import type { Contestants } from "./em/line-up.ts";
import type { Findings } from "./em/stage.ts";
import { contestOfFits, labelsOf, openShape, staged } from "./em/stage.ts";
import type { Contender } from "./harness.ts";

const SHAPES = ["1e5,8,10", "2e4,32,12"];
const QUICK = ["1e4,4,5"];
const ITERATIONS = 10;

/** What is timed: iterations between the first and the last, or a whole fit that stops where the bound comes to rest. */
const MEASURES = ["iteration", "to convergence"] as const;
type Measure = (typeof MEASURES)[number];

/** Where a fit to convergence stops, in nats per row; and its most iterations. */
const TOLERANCE = 1e-5;
const MOST_ITERATIONS = 500;
const REG_COVAR = 1e-6;

interface Outcome {
  readonly iterations: number;
  /** The bound per row. */
  readonly score: number;
}

/** Seconds of Bayesian Gaussian mixtures, per iteration and to convergence. */
export const benchmark = staged({
  name: "bayesian",
  title: "Bayesian Gaussian mixtures",
  unit: "iteration, or whole fit",
  shapes: SHAPES,
  quick: QUICK,
  about: [
    `Overlapping data (see em-iteration), full covariances, a Dirichlet process of concentration 1/k, all priors scikit-learn's defaults; all ` +
      `start from the same partition of the rows, by nearness to their true means moved a little. The model is scikit-learn's (\`priorConvention: "scikit-learn"\`).`,
    `*iteration*: an iteration alone, from the end of the first to the end of the last of ${1 + ITERATIONS}. *to convergence*: a whole fit, with its checks, its ` +
      `copy of the rows and the posterior of the partition, until the bound per row changes by less than ${TOLERANCE}.`,
    "The last columns: iterations; the bound per row of the first contender; the largest relative difference of the others from it.",
  ],
  async runShape(text, stage) {
    const { shape, task } = await openShape(text, stage);
    const found: Findings[] = [];
    for (const measure of MEASURES)
      found.push(await contestOfFits(contendersOf(task, measure, stage.contestants), { ...labelsOf(shape), time: measure }, stage));
    return { cases: found.flatMap(({ cases }) => cases), disagreements: found.flatMap(({ disagreements }) => disagreements) };
  },
});

function contendersOf(task: EmTask, measure: Measure, { ours, sklearn }: Contestants): Contender<Outcome>[] {
  const { X, shape, start } = task;
  const labels = nearest(X, start.means);
  const stops = measure === "iteration" ? { iterations: 1 + ITERATIONS, tol: 0 } : { iterations: MOST_ITERATIONS, tol: TOLERANCE };
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
        maxIter: stops.iterations,
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
