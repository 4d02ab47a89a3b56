import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { AGREEMENT } from "./em/agreement.ts";
import { runCase } from "./em/case.ts";
import { chooseCases } from "./em/grid.ts";
import { lineUp } from "./em/line-up.ts";
import { SEED } from "./em/rows.ts";
import { thisMachine } from "./machine.ts";
import { openSimdPeak } from "./peak/measure.ts";
import { median } from "./ratio.ts";
import type { CaseReport } from "./report.ts";

/** Seconds per iteration of GaussianMixture on each backend, against every program that is there. */
export const benchmark: Benchmark = {
  name: "em-iteration",
  title: "An iteration of EM",
  groupBy: ["covariance", "data"],
  async run(request: BenchmarkRequest) {
    const folder = mkdtempSync(join(tmpdir(), "mixtura-bench-"));
    const { contestants, close } = await lineUp(request.peers, folder);
    const peak = openSimdPeak();
    try {
      const cases: CaseReport[] = [];
      const disagreements: string[] = [];
      for (const gridCase of chooseCases(request)) {
        const result = await runCase(gridCase, contestants, peak, folder, request.rounds);
        cases.push(result.report);
        disagreements.push(...result.disagreements);
        request.log(progressLine(result.report));
      }
      return {
        benchmark: benchmark.name,
        unit: "EM iteration",
        rounds: request.rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [...ABOUT, ...contestants.descriptions.map((words) => `${words}.`)],
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

const ABOUT = [
  "Data, float64: n rows of a normal mixture of k components in d features. *over*: means 1.5 standard deviations apart (the median distance) and " +
    "one covariance for all, so that components overlap; *well*: means 14 apart, random covariances.",
  "All start alike (equal weights, the true means moved a little, wider covariances), add nothing to variances and do the same number of iterations; no early stop.",
  "An iteration is one EM iteration alone: the time from the end of a fit's first iteration to the end of its last, over the iterations between, by the progress " +
    "that fits report, by scikit-learn's expectation and maximisation steps, and by Armadillo's log. Checks, packing, threads that start and " +
    "the pass that ends a fit are not in it.",
  "Ratios to scikit-learn are to the faster of its thread counts.",
  "The reference backend, Armadillo and ml-matrix do fewer iterations in fewer rounds where one takes long; ml-matrix and the npm packages take " +
    "part in small shapes only.",
  `The last columns: timed iterations; mean log-likelihood per row after the same number of iterations, of the first of our backends and of scikit-learn; the largest ` +
    `relative difference from it among all that start alike and compute in float64 (it must stay below ${AGREEMENT}).`,
  "SIMD: full covariances take 2·d² useful floating-point operations per row and component; the fraction is that of one thread in the peak of a " +
    "kernel that does nothing but multiply and add in vector registers, measured next to it. On separated data components may be left out, so there it would mean nothing.",
  "Goal: the ratio to scikit-learn that this project set itself for its fastest backend.",
  "Memory is that of a fit of one iteration.",
];

function progressLine({ labels, series }: CaseReport): string {
  const times = series.map(({ contender, seconds }) => `${contender} ${(median(seconds) * 1e3).toPrecision(3)} ms`);
  return `${Object.values(labels).join(", ")}: ${times.join(", ")}`;
}
