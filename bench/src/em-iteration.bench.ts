import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { referenceBackend } from "@mixtura/backend";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { AGREEMENT, relativeDifference } from "./em/agreement.ts";
import type { EmOutcome, EmTask } from "./em/contenders.ts";
import { backendContender, sklearnContender } from "./em/contenders.ts";
import { normalMixture } from "./em/normal-mixture.ts";
import type { Shape } from "./em/shape.ts";
import { parseShape, workOf } from "./em/shape.ts";
import { explicitStart } from "./em/start.ts";
import type { Series } from "./harness.ts";
import { alternate } from "./harness.ts";
import { thisMachine } from "./machine.ts";
import { sortPeers } from "./peers/peer.ts";
import type { Sklearn } from "./peers/sklearn.ts";
import { findSklearn } from "./peers/sklearn.ts";
import { median, ratioOf } from "./ratio.ts";
import type { CaseReport, RatioReport } from "./report.ts";

const SEED = 20261122;

const SHAPES = [
  "300,4,3",
  "1e4,2,5",
  "1e5,2,10",
  "1e5,4,8",
  "1e5,8,10",
  "2e4,16,16",
  "1e4,32,16",
  "1e5,8,10,tied",
  "1e5,8,10,diag",
  "1e5,8,10,spherical",
];

/** ml-matrix is some fifty times slower: beyond this work per iteration it takes no part. */
const ML_MATRIX_WORK = 2.5e7;

/** Seconds per iteration of GaussianMixture on each backend, against scikit-learn where there is one. */
export const benchmark: Benchmark = {
  name: "em-iteration",
  async run({ rounds, shapes, log }: BenchmarkRequest) {
    const folder = mkdtempSync(join(tmpdir(), "mixtura-bench-"));
    const threads = availableParallelism() > 1 ? [1, 2] : [1];
    const { peers, absent } = sortPeers(await Promise.all(threads.map((count) => findSklearn(count))));
    try {
      const cases: CaseReport[] = [];
      const disagreements: string[] = [];
      for (const shape of (shapes.length > 0 ? shapes : SHAPES).map(parseShape)) {
        const result = await runCase(shape, peers, folder, rounds);
        cases.push(result.report);
        disagreements.push(...result.disagreements);
        log(progressLine(result.report));
      }
      const about = [...ABOUT, ...peers.map(({ description }) => `${description}.`)];
      return { benchmark: benchmark.name, unit: "EM iteration", rounds, machine: thisMachine(), about, absent, cases, disagreements };
    } finally {
      for (const peer of peers) peer.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const ABOUT = [
  `Data: n rows drawn from a normal mixture of k components in d features, means about 4 standard deviations apart, seed ${SEED}, float64.`,
  "All start alike (equal weights, k rows as means, diagonal precisions of all rows together) and add 1e-6 to variances; no early stop.",
  "An iteration is the difference of two fits, of 1 and of 1 + i maps, over i. The backends run on one thread; " +
    "ratios to scikit-learn are to the faster of its thread counts.",
  "ml-matrix does fewer iterations, and none in the larger shapes, where one takes seconds.",
  `The last columns: mean log-likelihood per row that the reference backend reached, and the largest relative difference of the others from it ` +
    `after as many maps (it must stay below ${AGREEMENT}).`,
];

async function runCase(
  shape: Shape,
  peers: readonly Sklearn[],
  folder: string,
  rounds: number,
): Promise<{ report: CaseReport; disagreements: string[] }> {
  const X = normalMixture(SEED, shape.rows, shape.features, shape.components);
  const task: EmTask = { shape, X, start: explicitStart(X, shape.components, shape.covarianceType, SEED) };
  const path = join(folder, "rows.f64");
  writeFileSync(path, X.data);
  for (const peer of peers) await peer.load(path, X.rows, X.columns);

  const work = workOf(shape);
  // Long enough to stand out from the clock and from short disturbances: tenths of a second.
  const iterations = clamp(1.5e8 / work, 6, 200);
  const contenders = [
    backendContender(referenceBackend, task, iterations),
    ...(work > ML_MATRIX_WORK ? [] : [backendContender(mlMatrixBackend(), task, clamp(3e6 / work, 1, 20))]),
    ...peers.map((peer) => sklearnContender(peer, task, iterations)),
  ];
  const series = await alternate(contenders, { rounds });
  return caseReport(shape, series, peers);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}

function caseReport(
  shape: Shape,
  series: readonly Series<EmOutcome>[],
  peers: readonly Sklearn[],
): { report: CaseReport; disagreements: string[] } {
  const [reference, ...others] = series;
  if (reference === undefined) throw new Error("The reference backend is always there.");
  const isPeer = ({ contender }: Series<EmOutcome>): boolean => peers.some(({ name }) => name === contender);
  const peer = series.filter(isPeer).toSorted((a, b) => median(a.seconds) - median(b.seconds))[0];
  const ours = series.filter((one) => !isPeer(one));

  const differences = others.map((other) => ({
    contender: other.contender,
    difference: relativeDifference(reference.outcome, other.outcome),
  }));
  const { rows, features, components, covarianceType } = shape;
  const report: CaseReport = {
    labels: { n: String(rows), d: String(features), k: String(components), covariance: covarianceType },
    series: series.map(({ contender, seconds, outcome: { iterations, score } }) => ({
      contender,
      seconds,
      outcome: { iterations, score },
    })),
    ratios: [
      ...(peer === undefined
        ? []
        : ours.map((one): RatioReport => ({ slower: "scikit-learn", faster: one.contender, ...ratioOf(peer.seconds, one.seconds) }))),
      ...ours
        .slice(1)
        .map((one): RatioReport => ({ slower: one.contender, faster: reference.contender, ...ratioOf(one.seconds, reference.seconds) })),
    ],
    remarks: {
      i: String(reference.outcome.iterations - 1),
      "log-likelihood": reference.outcome.score.toFixed(9),
      difference: differences.length === 0 ? "–" : Math.max(...differences.map(({ difference }) => difference)).toExponential(0),
    },
  };
  const disagreements = differences
    .filter(({ difference }) => !(difference < AGREEMENT))
    .map(
      ({ contender, difference }) =>
        `${contender} is ${difference} from the reference backend at ${Object.values(report.labels).join(", ")}.`,
    );
  return { report, disagreements };
}

function progressLine({ labels, series }: CaseReport): string {
  const times = series.map(({ contender, seconds }) => `${contender} ${(median(seconds) * 1e3).toPrecision(3)} ms`);
  return `${Object.values(labels).join(", ")}: ${times.join(", ")}`;
}
