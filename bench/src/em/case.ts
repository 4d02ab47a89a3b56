import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";
import { compare, seriesReport } from "../compare.ts";
import { goalColumn } from "../goal.ts";
import type { Series } from "../harness.ts";
import { alternate } from "../harness.ts";
import { growthOf } from "../memory/growth.ts";
import type { openSimdPeak } from "../peak/measure.ts";
import { SKLEARN } from "../peers/sklearn.ts";
import { median } from "../ratio.ts";
import type { CaseReport, RatioReport, SeriesReport } from "../report.ts";
import type { EmOutcome } from "./agreement.ts";
import { AGREEMENT, relativeDifference } from "./agreement.ts";
import type { EmTask } from "./contenders.ts";
import { backendContender, sklearnContender } from "./contenders.ts";
import type { GridCase } from "./grid.ts";
import { goalOf, QUICK_WORK } from "./grid.ts";
import type { Contestants } from "./line-up.ts";
import { armadilloContender, npmContender } from "./other-contenders.ts";
import { prepareTask } from "./rows.ts";
import { workOf } from "./shape.ts";

/** ml-matrix and the packages of others are some hundred times slower: beyond this work per iteration they take no part. */
const SMALL_WORK = 2.5e6;

/** Measures one line of the grid. */
export async function runCase(
  gridCase: GridCase,
  contestants: Contestants,
  peak: ReturnType<typeof openSimdPeak>,
  folder: string,
  rounds: number,
): Promise<{ report: CaseReport; disagreements: string[] }> {
  const { task, path } = prepareTask(gridCase, folder);
  for (const peer of contestants.sklearn) await peer.load(path, task.X.rows, task.X.columns);
  const series = await alternate(contendersOf(task, path, contestants, rounds), { rounds });
  const { operationsPerSecond } = peak.measure();

  const times: SeriesReport[] = [];
  for (const one of series) {
    const growth = await growthOf(one.contender, path, task, 1);
    times.push({ ...seriesReport(one), ...(growth === undefined ? {} : { growthBytes: growth.bytes }) });
  }
  const ratios = ratiosOf(times, contestants);
  const yardstick = yardstickOf(series);
  const exempt = new Set(contestants.npm.map(({ name }) => name));
  const differences = series
    .filter((one) => one !== yardstick && !exempt.has(one.contender))
    .map((one) => ({ contender: one.contender, difference: relativeDifference(one.outcome, yardstick.outcome) }));
  const labels = labelsOf(gridCase);
  return {
    report: {
      labels,
      series: times,
      ratios,
      remarks: {
        ...goalRemark(gridCase, ratios, contestants.ours[0]!.name),
        ...peakRemark(gridCase, times, operationsPerSecond),
        i: String(yardstick.outcome.iterations),
        ...scores(yardstick, series),
        difference: differences.length === 0 ? "–" : Math.max(...differences.map(({ difference }) => difference)).toExponential(0),
      },
    },
    disagreements: differences
      .filter(({ difference }) => !(difference < AGREEMENT))
      .map((one) => `${one.contender} is ${one.difference} from ${yardstick.contender} at ${Object.values(labels).join(", ")}.`),
  };
}

function contendersOf(task: EmTask, path: string, { ours, sklearn, armadillo, npm, mlMatrix }: Contestants, rounds: number) {
  const work = workOf(task.shape);
  // Long enough to stand out from the clock and from short disturbances: tenths of a second.
  const iterations = clamp(2e8 / work, 6, 100);
  const slow = work > QUICK_WORK;
  const [fewer, few] = [slow ? 2 : iterations, slow ? 1 : rounds];
  const { covarianceType } = task.shape;
  return [
    ...ours.map((one) => (one.name === "reference" ? backendContender(one, task, fewer, few) : backendContender(one, task, iterations))),
    ...sklearn.map((peer) => sklearnContender(peer, task, iterations)),
    ...(covarianceType === "full" || covarianceType === "diag"
      ? armadillo.map((peer) => armadilloContender(peer, task, path, fewer, few))
      : []),
    ...(mlMatrix && work < SMALL_WORK
      ? [backendContender({ name: "ml-matrix", backend: mlMatrixBackend(), close: async () => {} }, task, 2, 1)]
      : []),
    ...(covarianceType === "full" && work < SMALL_WORK ? npm.map((peer) => npmContender(peer, task, 3, few)) : []),
  ];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}

function ratiosOf(series: readonly SeriesReport[], { ours, sklearn, armadillo, npm }: Contestants): RatioReport[] {
  const names = ours.map(({ name }) => name);
  const others = [...armadillo, ...npm].map(({ name }) => ({ slower: name, variants: [name], ours: names.slice(0, 1) }));
  return compare(series, [{ slower: SKLEARN, variants: sklearn.map(({ name }) => name), ours: names }, ...others]);
}

/** The longest of those that report their score after every iteration; ours come first. */
function yardstickOf(series: readonly Series<EmOutcome>[]): Series<EmOutcome> {
  const telling = series.filter(({ outcome }) => outcome.scores !== undefined);
  return telling.reduce((longest, one) => (one.outcome.iterations > longest.outcome.iterations ? one : longest));
}

function labelsOf({ shape, separation }: GridCase): Record<string, string> {
  const { rows, features, components, covarianceType } = shape;
  return { n: String(rows), d: String(features), k: String(components), covariance: covarianceType, data: separation };
}

function goalRemark(gridCase: GridCase, ratios: readonly RatioReport[], fastest: string): Record<string, string> {
  const goal = goalOf(gridCase);
  const reached = ratios.find(({ slower, faster }) => slower === SKLEARN && faster === fastest)?.median;
  if (goal === undefined || reached === undefined) return {};
  return goalColumn(String(goal), reached >= goal);
}

function peakRemark({ shape, separation }: GridCase, series: readonly SeriesReport[], operationsPerSecond: number): Record<string, string> {
  const single = series.find(({ contender }) => contender === "wasm 1T") ?? series.find(({ contender }) => contender === "reference");
  if (shape.covarianceType !== "full" || separation !== "over" || single === undefined) return {};
  const useful = (2 * shape.rows * shape.components * shape.features ** 2) / median(single.seconds);
  return {
    "SIMD peak, Gflop/s": (operationsPerSecond / 1e9).toFixed(1),
    [`fraction of ${single.contender}`]: `${((100 * useful) / operationsPerSecond).toFixed(0)} %`,
  };
}

function scores(yardstick: Series<EmOutcome>, series: readonly Series<EmOutcome>[]): Record<string, string> {
  const written = ({ outcome }: Series<EmOutcome>) => outcome.scores?.[yardstick.outcome.iterations]?.toFixed(10) ?? "–";
  const peer = series.find(({ contender }) => contender.startsWith(SKLEARN));
  return {
    [`log-likelihood, ${yardstick.contender}`]: written(yardstick),
    ...(peer === undefined || peer === yardstick ? {} : { [`log-likelihood, ${SKLEARN}`]: written(peer) }),
  };
}
