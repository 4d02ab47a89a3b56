import { KMeans } from "@mixtura/mixture";
import type { EmTask } from "./em/contenders.ts";
import type { Contestants } from "./em/line-up.ts";
import { contestOfFits, labelsOf, openShape, staged } from "./em/stage.ts";
import type { Contender } from "./harness.ts";

const SHAPES = ["1e5,2,10", "1e6,4,8", "1e5,8,10", "1e5,16,16", "1e5,16,64", "1e5,32,16", "2e4,128,8"];
const QUICK = ["1e4,2,5", "1e5,8,10"];
const ITERATIONS = 10;

interface KMeansOutcome {
  readonly iterations: number;
  /** −inertia per row. */
  readonly score: number;
}

/** Seconds of a fit of KMeans from given centres. */
export const benchmark = staged({
  name: "k-means",
  title: "K-means",
  unit: `fit of ${ITERATIONS} iterations`,
  shapes: SHAPES,
  quick: QUICK,
  about: [
    "Overlapping data (see em-iteration); all start from the same centres, by Lloyd's algorithm, and do not stop early (`tol: 0`).",
    "A whole fit, with its checks, its copy of the rows and the pass that ends it. Fits follow each other within seconds, so our memory and threads are there still.",
    "The last columns: −inertia per row of the first contender, and the largest relative difference of the others from it.",
  ],
  async runShape(text, stage) {
    const { shape, task } = await openShape(text, stage);
    return contestOfFits(contendersOf(task, stage.contestants), labelsOf(shape), stage);
  },
});

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
