import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Matrix } from "@mixtura/core";
import { MinCovDet } from "@mixtura/covariance";
import { ECOD } from "@mixtura/ecod";
import { rocAucScore } from "@mixtura/metrics";
import type { Benchmark, BenchmarkRequest } from "./benchmark.ts";
import { compare, seriesReport } from "./compare.ts";
import { SEED } from "./em/rows.ts";
import type { Contender } from "./harness.ts";
import { alternate } from "./harness.ts";
import { thisMachine } from "./machine.ts";
import type { DetectRequest } from "./peers/pyod.ts";
import { findAllPyOD, PYOD } from "./peers/pyod.ts";
import type { CaseReport } from "./report.ts";
import { contaminated, OUTLIERS, parseRobustShape } from "./robust/contaminated.ts";

type Detector = DetectRequest["detector"];

const SHAPES: readonly (readonly [Detector, string])[] = [
  ["ECOD", "1e3,10"],
  ["ECOD", "1e5,10"],
  ["ECOD", "2e4,100"],
  ["MCD", "2e3,10"],
  ["MCD", "5e4,9"],
];
const QUICK: typeof SHAPES = [
  ["ECOD", "1e3,4"],
  ["MCD", "5e2,4"],
];
const OURS = "Mixtura";
/** Scores of ECOD are sums of logarithms of counts: they differ by rounding or not at all. */
const SAME = 1e-9;

interface Detection {
  /** How well the scores tell the planted outliers from the rest. */
  readonly auc: number;
  readonly scores: { readonly of: Float64Array };
}

/** The same scores by our packages; the higher, the more outlying, as PyOD has it. */
const DETECTORS: Readonly<Record<Detector, (X: Matrix) => Promise<Float64Array>>> = {
  async ECOD(X) {
    const model = await new ECOD({ tails: "feature" }).fit(X);
    return (await model.scoreSamples(X)).map((score) => -score);
  },
  async MCD(X) {
    const model = await new MinCovDet().fit(X);
    return model.mahalanobis(X);
  },
};

/** Seconds in which detectors are fitted and score their own rows. */
export const benchmark: Benchmark = {
  name: "detectors",
  title: "Detectors",
  groupBy: ["detector"],
  async run({ rounds, shapes, peers, quick, log }: BenchmarkRequest) {
    const folder = mkdtempSync(join(tmpdir(), "mixtura-bench-"));
    const found = peers.includes("pyod") ? await findAllPyOD(folder) : { peers: [], absent: [] };
    const path = join(folder, "rows.f64");
    try {
      const cases: CaseReport[] = [];
      const disagreements: string[] = [];
      for (const [detector, text] of wanted(shapes, quick)) {
        const { rows, features } = parseRobustShape(text);
        const { X, outlier } = contaminated(SEED, { rows, features });
        writeFileSync(path, X.data);
        const outcomeOf = (scores: Float64Array): Detection => ({ auc: rocAucScore(Array.from(outlier), scores), scores: { of: scores } });
        const contenders: Contender<Detection>[] = [
          {
            name: OURS,
            async measure() {
              const begin = performance.now();
              const scores = await DETECTORS[detector](X);
              return { seconds: (performance.now() - begin) / 1e3, outcome: outcomeOf(scores) };
            },
          },
          ...found.peers.map((peer) => ({
            name: peer.name,
            async measure() {
              const { seconds, scores } = await peer.detect({ detector, path, rows, columns: features });
              return { seconds, outcome: outcomeOf(scores) };
            },
          })),
        ];
        const series = await alternate(contenders, { rounds });
        const labels = { detector, n: String(rows), d: String(features) };
        const [ours, theirs] = [series[0]!.outcome, series[1]?.outcome];
        const difference = theirs && largestDifference(ours.scores.of, theirs.scores.of);
        if (detector === "ECOD" && difference !== undefined && !(difference < SAME))
          disagreements.push(`Scores differ by ${difference} at ${Object.values(labels).join(", ")}.`);
        cases.push({
          labels,
          series: series.map(seriesReport),
          ratios: compare(series, [{ slower: PYOD, variants: found.peers.map(({ name }) => name), ours: [OURS] }]),
          remarks: {
            [`AUC, ${OURS}`]: ours.auc.toFixed(4),
            [`AUC, ${PYOD}`]: theirs?.auc.toFixed(4) ?? "–",
            "scores differ by": detector === "ECOD" && difference !== undefined ? difference.toExponential(0) : "–",
          },
        });
        log(Object.values(labels).join(", "));
      }
      return {
        benchmark: benchmark.name,
        unit: "fit and scores",
        rounds,
        seed: SEED,
        machine: thisMachine(),
        about: [
          `Normal rows, ${100 * OUTLIERS} % of them in a heap of their own. A whole fit and the scores of its own rows; PyOD's fit leaves them, ours are asked for.`,
          "ECOD: ours with `tails: \"feature\"`, which is PyOD's rule; the scores are the same, and the last column says how far they are apart. MCD: our MinCovDet by its deterministic algorithm, and PyOD's MCD, which is scikit-learn's, with the seed 0.",
          "Ours as it comes, without a backend asked for: ECOD runs in one thread. Ratios are to the faster of PyOD's two: one or two processes for ECOD, threads of the BLAS for MCD.",
          "AUC: how well the scores tell the planted heap from the rest.",
          ...found.peers.map(({ description }) => `${description}.`),
        ],
        absent: found.absent,
        cases,
        disagreements,
      };
    } finally {
      for (const peer of found.peers) peer.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Sizes from the command line are measured with both detectors. */
function wanted(shapes: readonly string[], quick: boolean): typeof SHAPES {
  if (shapes.length > 0) return shapes.flatMap((text) => (["ECOD", "MCD"] as const).map((detector) => [detector, text] as const));
  return quick ? QUICK : SHAPES;
}

/** The largest difference of scores, relative to the larger of the two and at least to 1. */
function largestDifference(ours: Float64Array, theirs: Float64Array): number {
  return ours.reduce((most, score, row) => {
    const other = theirs[row]!;
    return Math.max(most, Math.abs(score - other) / Math.max(1, Math.abs(score), Math.abs(other)));
  }, 0);
}
