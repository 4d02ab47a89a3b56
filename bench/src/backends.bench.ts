import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { compare, seriesReport } from "./compare.ts";
import type { EmTask } from "./em/contenders.ts";
import { normalMixture } from "./em/normal-mixture.ts";
import { SEED } from "./em/rows.ts";
import type { Shape } from "./em/shape.ts";
import { parseShape, workOf } from "./em/shape.ts";
import { explicitStart } from "./em/start.ts";
import type { Runner } from "./engines/line-up.ts";
import { lineUpBackends } from "./engines/line-up.ts";
import type { Contender } from "./harness.ts";
import { alternate } from "./harness.ts";
import { thisMachine } from "./machine.ts";
import { median } from "./ratio.ts";
import type { CaseReport } from "./report.ts";

/** Sizes that a page and a server may meet. */
const SHAPES = ["1e5,8,10", "1e5,32,16"];
const QUICK_SHAPES = ["2e3,4,3"];

/** What a turn led to. */
interface Outcome {
  readonly scores: readonly number[];
}

/** Seconds per iteration of GaussianMixture on every backend and every engine of TensorFlow.js, and how far each is from float64. */
export const benchmark: Benchmark = {
  name: "backends",
  title: "An iteration of EM on every backend",
  async run(request: BenchmarkRequest) {
    const { runners, absent, close } = await lineUpBackends();
    try {
      const cases: CaseReport[] = [];
      const shapes = request.shapes.length > 0 ? request.shapes : request.quick ? QUICK_SHAPES : SHAPES;
      for (const shape of shapes.map(parseShape)) cases.push(await runShape(shape, runners, request));
      return {
        benchmark: benchmark.name,
        unit: "EM iteration",
        rounds: request.rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [...ABOUT, ...runners.flatMap(({ description }) => (description === undefined ? [] : `${description}.`))],
        absent,
        cases,
        disagreements: [],
      };
    } finally {
      await close();
    }
  },
};

const ABOUT = [
  "Data and start as of em-iteration: a normal mixture of overlapping components, full covariances, nothing added to variances, no early stop. An iteration " +
    "is timed from the end of the first iteration to the end of the last; float32 backends also make every pass on a sample of the rows, twice, to know their error.",
  "ml-matrix, tfjs-cpu and graphics devices in software make one iteration on 8192 rows in one round; their times are multiplied by n / 8192, since every " +
    "backend passes over rows in chunks of 4096.",
  "The last columns: relative difference of the log-likelihood from the reference backend's after the same number of iterations.",
];

/** Rows for those who take long: two chunks. */
const FEW_ROWS = 8192;

async function runShape(shape: Shape, runners: readonly Runner[], { rounds, log }: BenchmarkRequest): Promise<CaseReport> {
  const few = { ...shape, rows: Math.min(shape.rows, FEW_ROWS) };
  const [whole, part] = [taskOf(shape), taskOf(few)];
  const iterations = Math.min(20, Math.max(4, Math.round(2e8 / workOf(shape))));
  const { scores: rightOfPart } = await runners.find(({ name }) => name === "reference")!.measure(part, 1);
  const contenders = runners.map((runner): Contender<Outcome> => ({
    name: runner.name,
    ...(runner.slow ? { rounds: 1 } : {}),
    async measure() {
      const { seconds, scores } = await (runner.slow ? runner.measure(part, 1) : runner.measure(whole, iterations));
      const scaled = runner.slow ? (seconds * shape.rows) / few.rows : seconds;
      log(`${runner.name}: ${(scaled * 1e3).toPrecision(3)} ms`);
      return { seconds: scaled, outcome: { scores } };
    },
  }));
  const series = await alternate(contenders, { rounds });
  const { scores: rightOfWhole } = series.find(({ contender }) => contender === "reference")!.outcome;
  const times = series.map(seriesReport);
  const fastest = times.toSorted((a, b) => median(a.seconds) - median(b.seconds))[0]!.contender;
  const others = times.filter(({ contender }) => contender !== fastest);
  const differences = runners.map(({ name, slow }, index): [string, string] => {
    const { scores } = series[index]!.outcome;
    return [`${name}, difference`, differenceOf(scores, slow ? rightOfPart : rightOfWhole).toExponential(0)];
  });
  return {
    labels: { n: String(shape.rows), d: String(shape.features), k: String(shape.components) },
    series: times,
    ratios: compare(
      times,
      others.map(({ contender }) => ({ slower: contender, variants: [contender], ours: [fastest] })),
    ),
    remarks: Object.fromEntries(differences),
  };
}

function taskOf(shape: Shape): EmTask {
  const { X, truth } = normalMixture(SEED, shape, "over");
  return { shape, X, truth, start: explicitStart(truth, shape.covarianceType, SEED) };
}

/** Relative, after the number of iterations that both made. */
function differenceOf(scores: readonly number[], right: readonly number[]): number {
  const last = Math.min(scores.length, right.length) - 1;
  return Math.abs(scores[last]! / right[last]! - 1);
}
