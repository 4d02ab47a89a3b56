import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { compare, seriesReport } from "./compare.ts";
import { disagreementsOf, scoreRemarks } from "./em/agreed-scores.ts";
import type { EmTask } from "./em/contenders.ts";
import { estimatorOf, REG_COVAR } from "./em/contenders.ts";
import type { Contestants } from "./em/line-up.ts";
import { lineUp } from "./em/line-up.ts";
import { prepareTask, SEED } from "./em/rows.ts";
import { parseShape, workOf } from "./em/shape.ts";
import { goalColumn } from "./goal.ts";
import type { Contender } from "./harness.ts";
import { alternate } from "./harness.ts";
import { thisMachine } from "./machine.ts";
import { reference } from "./ours.ts";
import type { Scored } from "./peers/sklearn.ts";
import { SKLEARN } from "./peers/sklearn.ts";
import type { CaseReport } from "./report.ts";

const SHAPES = ["1e4,2,5", "1e5,2,10", "1e6,4,8", "1e5,8,10", "1e5,16,16"];
const QUICK = ["1e4,2,5", "1e5,8,10"];

/** How many times faster than scikit-learn the fastest backend is to be, with up to sixteen features. */
const GOAL = 5;

/** Seconds in which a fitted mixture writes the log-density of every row. */
export const benchmark: Benchmark = {
  name: "score-samples",
  title: "Log-densities of many rows",
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
        const series = await alternate(await contendersOf(task, contestants), { rounds });
        const names = { ours: contestants.ours.map(({ name }) => name), variants: contestants.sklearn.map(({ name }) => name) };
        const labels = { n: String(shape.rows), d: String(shape.features), k: String(shape.components), covariance: shape.covarianceType };
        const ratios = compare(series, [{ slower: SKLEARN, ...names }]);
        const fastest = ratios[0] === undefined || shape.features > 16 ? {} : goalColumn(`${GOAL}`, ratios[0].median >= GOAL);
        cases.push({ labels, series: series.map(seriesReport), ratios, remarks: { ...fastest, ...scoreRemarks(series) } });
        disagreements.push(...disagreementsOf(series, labels));
        log(Object.values(labels).join(", "));
      }
      return {
        benchmark: benchmark.name,
        unit: "call",
        rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [
          "A mixture fitted by one map to overlapping data (see em-iteration) scores the same rows: `scoreSamples` against `score_samples`. " +
            "The call starts from plain rows and ends with n numbers written; packing the rows is a part of it.",
          "The last columns: mean of the log-densities by the first contender, and the largest relative difference of the others from it.",
          "Goal: the ratio to scikit-learn that this project set itself for its fastest backend.",
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

async function contendersOf(task: EmTask, { ours, sklearn }: Contestants): Promise<Contender<{ score: number }>[]> {
  const { X, shape, start } = task;
  const times = Math.max(1, Math.round(5e7 / workOf(shape)));
  const fitted = await estimatorOf(task, ours[0] ?? reference, 1).fit(X);
  const { covarianceType } = shape;
  for (const peer of sklearn) await peer.fit({ ...start, covarianceType, regCovar: REG_COVAR, maps: 1 });
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
