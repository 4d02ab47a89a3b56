import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Matrix } from "@mixtura/core";
import type { MinCovDetOptions } from "@mixtura/covariance";
import { MinCovDet } from "@mixtura/covariance";
import type { Contestants } from "./em/line-up.ts";
import { SEED } from "./em/rows.ts";
import { contest, staged } from "./em/stage.ts";
import type { Contender, Series } from "./harness.ts";
import type { Ours } from "./ours.ts";
import { SKLEARN } from "./peers/sklearn.ts";
import { contaminated, OUTLIERS, parseRobustShape } from "./robust/contaminated.ts";

const SHAPES = ["5e4,9", "6e3,36", "1e6,8"];
const QUICK = ["2e3,4"];

/** What a fit came to. */
interface RobustOutcome {
  /** log det of the covariance of the subset, divided by h − 1: the less, the better. */
  readonly criterion: number;
}

/** Numbers in the rows from which scikit-learn takes minutes. */
const LONG = 4e6;
/**
 * A log-determinant this much larger than another is a worse optimum and not a neighbour of it: those of one bulk lie some thousandths apart, which is a
 * hundredth of how it varies from sample to sample.
 */
const WORSE = 1e-2;

/** Seconds of a fit of MinCovDet. */
export const benchmark = staged({
  name: "robust-covariance",
  title: "Robust covariance",
  unit: "fit",
  shapes: SHAPES,
  quick: QUICK,
  about: [
    `Normal rows, ${100 * OUTLIERS} % of them in a heap of their own. A whole fit, with its checks, its copies of the rows and the reweighting.`,
    "All choose ⌈(n + p + 1) / 2⌉ rows. MinCovDet runs its deterministic algorithm; scikit-learn has random starts, with the seed 0.",
    "log det: of the covariance of the rows chosen, divided by their number less one; the less, the better. The last column says how far above the first contender scikit-learn stays.",
  ],
  async runShape(text, stage) {
    const { rows, features } = parseRobustShape(text);
    const { X } = contaminated(SEED, { rows, features });
    const path = join(stage.folder, "rows.f64");
    writeFileSync(path, X.data);
    for (const peer of stage.contestants.sklearn) await peer.load(path, rows, features);
    const { series, reports, ratios } = await contest(contendersOf(X, stage.contestants), stage);
    const labels = { n: String(rows), p: String(features) };
    return { cases: [{ labels, series: reports, ratios, remarks: criterionRemarks(series) }], disagreements: worseOptima(series, labels) };
  },
});

function contendersOf(X: Matrix, { ours, sklearn }: Contestants): Contender<RobustOutcome>[] {
  const supportCount = Math.min(X.rows, Math.ceil((X.rows + X.columns + 1) / 2));
  return [
    ...ours.map((one) => ourFit(one, one.name, X, { supportCount })),
    ...ours.slice(0, 1).map((one) => ourFit(one, `${one.name}, FastMCD`, X, { supportCount, algorithm: "fast", randomState: 0 })),
    ...sklearn.map((peer) => ({
      name: peer.name,
      rounds: X.data.length > LONG ? 1 : 2, // minutes each
      async measure() {
        const { seconds, score } = await peer.minCovDet();
        return { seconds, outcome: { criterion: score } };
      },
    })),
  ];
}

function ourFit({ backend }: Ours, name: string, X: Matrix, options: MinCovDetOptions): Contender<RobustOutcome> {
  const estimator = new MinCovDet({ ...options, backend });
  return {
    name,
    async measure() {
      const begin = performance.now();
      const { criterion } = await estimator.fit(X);
      return { seconds: (performance.now() - begin) / 1e3, outcome: { criterion } };
    },
  };
}

function criterionRemarks(series: readonly Series<RobustOutcome>[]): Record<string, string> {
  const first = series[0]!.outcome.criterion;
  const theirs = series.find(({ contender }) => contender.startsWith(SKLEARN));
  return {
    "log det": first.toFixed(6),
    [`${SKLEARN} above`]: theirs === undefined ? "–" : (theirs.outcome.criterion - first).toExponential(1),
  };
}

/** A sentence for every contender of ours that stopped at a worse optimum than another. */
function worseOptima(series: readonly Series<RobustOutcome>[], labels: Readonly<Record<string, string>>): string[] {
  const best = Math.min(...series.map(({ outcome }) => outcome.criterion));
  return series
    .filter(({ contender, outcome }) => !contender.startsWith(SKLEARN) && outcome.criterion > best + WORSE)
    .map(
      ({ contender, outcome }) =>
        `${contender} stays ${(outcome.criterion - best).toExponential(1)} above the best log det at ${Object.values(labels).join(", ")}.`,
    );
}
