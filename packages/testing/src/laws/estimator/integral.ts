import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { createComparison } from "../../comparison.ts";
import type { LawFigure } from "../../law.ts";
import { compensatedSum } from "../../naive/sum.ts";
import { copyOf, spreadOf } from "./data-copy.ts";
import { method } from "./model.ts";
import { gridAround, smoothRows } from "./quadrature.ts";
import type { EstimatorLaw, EstimatorUnderTest } from "./subject.ts";

// On another backend the densities are held to the same formula by "answers/densities" and "answers/one-point".

const onGrid: EstimatorLaw = {
  id: "density/integral-grid",
  needs: ["host", "density"],
  claim: "is a density over one and over two features: it integrates to 1 over a grid",
  async check(trial) {
    const comparison = createComparison({
      value: 1e-6,
      unit: "absolute",
      reason: "the grid ends 7 standard deviations beyond the data, and its step is well below the spread of a component",
    });
    for (const features of [1, 2].filter((count) => count <= trial.data.columns)) {
      const X = smoothRows(trial.data, features);
      const { points, cell } = gridAround(X);
      const logDensities = await method(await trial.fit(X), "scoreSamples")(points);
      comparison.number(cell * compensatedSum(logDensities.map(Math.exp)), 1, 1, `${features} feature(s)`);
    }
    return comparison.figure();
  },
};

const bySampling: EstimatorLaw = {
  id: "density/integral-sampled",
  needs: ["host", "density"],
  claim: "is a density over all features: it integrates to 1 by importance sampling",
  async check(trial) {
    return integrate(trial);
  },
};

/** Rows that the proposal is spread around, and draws from it. */
const ANCHORS = 64;
const DRAWS = 20_000;
/** Squared widths of the proposal's two kernels, in variances of the data: one for the groups, one for the tails. */
const WIDTHS = [0.1, 2] as const;

/** The integral of the density in proportion to a proposal that is spread around some rows of the data. */
async function integrate(trial: EstimatorUnderTest): Promise<LawFigure> {
  const { X } = copyOf(trial.data);
  const proposal = proposalAround(X);
  const random = createRandom(51);
  const d = X.columns;
  const points = new Float64Array(DRAWS * d);
  const logProposals = new Float64Array(DRAWS);
  for (let i = 0; i < DRAWS; i++) {
    const anchor = random.integer(ANCHORS) * d;
    const width = Math.sqrt(WIDTHS[random.integer(2)]!);
    const x = points.subarray(i * d, (i + 1) * d);
    for (let j = 0; j < d; j++) x[j] = proposal.anchors[anchor + j]! + width * proposal.deviation[j]! * random.normal();
    logProposals[i] = proposal.logDensity(x);
  }
  const logDensities = await method(await trial.fit(X), "scoreSamples")(matrix(points, DRAWS, d));
  const ratios = logDensities.map((value, i) => Math.exp(value - logProposals[i]!));
  const integral = compensatedSum(ratios) / DRAWS;
  const standardError = Math.sqrt(compensatedSum(ratios.map((ratio) => (ratio - integral) ** 2))) / DRAWS;
  return {
    worst: Math.max(Math.abs(integral - 1), standardError > 0.05 ? Infinity : 0) / standardError,
    tolerance: 4,
    unit: "standard errors",
    where: `the integral is ${integral.toFixed(4)} ± ${standardError.toFixed(4)}`,
    reason: "the Monte-Carlo error of the drawn points, which must be below 0.05 to say anything",
  };
}

/** A mixture of normal distributions around rows drawn from the data, whose density is known. */
function proposalAround(X: Matrix): { anchors: Float64Array; deviation: readonly number[]; logDensity(x: Float64Array): number } {
  const d = X.columns;
  const random = createRandom(52);
  const { deviation } = spreadOf(X);
  const anchors = new Float64Array(ANCHORS * d);
  for (let anchor = 0; anchor < ANCHORS; anchor++) {
    const row = random.integer(X.rows);
    anchors.set(X.data.subarray(row * d, (row + 1) * d), anchor * d);
  }
  const logVolume = compensatedSum(deviation.map(Math.log)) + (d / 2) * Math.log(2 * Math.PI);
  return {
    anchors,
    deviation,
    logDensity(x) {
      let sum = 0;
      for (let anchor = 0; anchor < anchors.length; anchor += d) {
        let square = 0;
        for (let j = 0; j < d; j++) square += ((x[j]! - anchors[anchor + j]!) / deviation[j]!) ** 2;
        for (const width of WIDTHS) sum += Math.exp(-0.5 * (square / width + d * Math.log(width)));
      }
      return Math.log(sum / (ANCHORS * WIDTHS.length)) - logVolume;
    },
  };
}

/** Laws of densities. */
export const integralLaws: readonly EstimatorLaw[] = [onGrid, bySampling];
