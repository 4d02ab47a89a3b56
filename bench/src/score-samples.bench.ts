import { disagreementsOf, scoreRemarks } from "./em/agreed-scores.ts";
import type { EmTask } from "./em/contenders.ts";
import { estimatorOf, REG_COVAR } from "./em/contenders.ts";
import type { Contestants } from "./em/line-up.ts";
import { workOf } from "./em/shape.ts";
import { contest, labelsOf, openShape, staged } from "./em/stage.ts";
import { goalColumn } from "./goal.ts";
import type { Contender } from "./harness.ts";
import { reference } from "./ours.ts";
import type { Scored } from "./peers/sklearn.ts";

const SHAPES = ["1e4,2,5", "1e5,2,10", "1e6,4,8", "1e5,8,10", "1e5,16,16"];
const QUICK = ["1e4,2,5", "1e5,8,10"];

/** How many times faster than scikit-learn the fastest backend is to be, with up to sixteen features. */
const GOAL = 5;

/** Seconds in which a fitted mixture writes the log-density of every row. */
export const benchmark = staged({
  name: "score-samples",
  title: "Log-densities of many rows",
  unit: "call",
  shapes: SHAPES,
  quick: QUICK,
  about: [
    "A mixture fitted by one iteration to overlapping data (see em-iteration) scores the same rows: `scoreSamples` against `score_samples`. " +
      "The call starts from plain rows and ends with n numbers written; packing the rows is a part of it.",
    "The last columns: mean of the log-densities by the first contender, and the largest relative difference of the others from it.",
    "Goal: the ratio to scikit-learn that this project set itself for its fastest backend.",
  ],
  async runShape(text, stage) {
    const { shape, task } = await openShape(text, stage);
    const { series, reports, ratios } = await contest(await contendersOf(task, stage.contestants), stage);
    const labels = { ...labelsOf(shape), covariance: shape.covarianceType };
    const fastest = ratios[0] === undefined || shape.features > 16 ? {} : goalColumn(`${GOAL}`, ratios[0].median >= GOAL);
    return {
      cases: [{ labels, series: reports, ratios, remarks: { ...fastest, ...scoreRemarks(series) } }],
      disagreements: disagreementsOf(series, labels),
    };
  },
});

async function contendersOf(task: EmTask, { ours, sklearn }: Contestants): Promise<Contender<{ score: number }>[]> {
  const { X, shape, start } = task;
  const times = Math.max(1, Math.round(5e7 / workOf(shape)));
  const fitted = await estimatorOf(task, ours[0] ?? reference, 1).fit(X);
  const { covarianceType } = shape;
  for (const peer of sklearn) await peer.fit({ ...start, covarianceType, regCovar: REG_COVAR, iterations: 1 });
  return [
    ...ours.map(({ name, backend }) => {
      const model = fitted.withBackend(backend);
      return {
        name,
        async measure() {
          let densities = new Float64Array();
          const begin = performance.now();
          for (let call = 0; call < times; call++) densities = (await model.scoreSamples(X)) as Float64Array<ArrayBuffer>;
          const seconds = (performance.now() - begin) / 1e3 / times;
          return { seconds, outcome: { score: densities.reduce((sum, value) => sum + value, 0) / densities.length } };
        },
      };
    }),
    ...sklearn.map((peer) => ({
      name: peer.name,
      async measure() {
        const { seconds, score }: Scored = await peer.score(times);
        return { seconds, outcome: { score } };
      },
    })),
  ];
}
