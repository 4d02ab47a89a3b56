// Does { fpr } hold? One fresh clean row per replicate, everything redrawn: how many of the replicates raise an alarm, beside the exact rate
// ⌊α(n+1)⌋/(n+1) and the band that a binomial count falls in with probability 0.999. Prints a Markdown table.
// Usage: node bench/false-alarms.ts [replicates]
import type { FittedModel } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import { createRandom } from "@mixtura/core/authoring";
import { ECOD } from "@mixtura/ecod";
import type { FittedDetector } from "../src/index.ts";
import { EllipticEnvelope, MixtureDetector } from "../src/index.ts";

const replicates = Number(process.argv[2] ?? 2000);
const d = 3;

/** Rows of three correlated features: Gaussian; Student's t with two degrees of freedom; two groups of log-normal values. */
const draws: Readonly<Record<string, (random: Random) => number[]>> = {
  Gaussian: (random) => mixed([random.normal(), random.normal(), random.normal()]),
  "t, 2 degrees of freedom": (random) => {
    const scale = Math.hypot(random.normal(), random.normal()) / Math.SQRT2;
    return mixed([random.normal() / scale, random.normal() / scale, random.normal() / scale]);
  },
  "two log-normal groups": (random) => {
    const shift = 10 * random.integer(2);
    return mixed([Math.exp(random.normal()) + shift, Math.exp(random.normal()), random.normal() - shift]);
  },
};

function mixed([a = 0, b = 0, c = 0]: readonly number[]): number[] {
  return [a, 0.8 * a + 0.6 * b, b - c];
}

const rowsOf = (draw: (random: Random) => number[], random: Random, rows: number) =>
  matrix(Float64Array.from(Array.from({ length: rows }, () => draw(random)).flat()), rows, d);

type Fit = (draw: (random: Random) => number[], random: Random, seed: number, rows: number, fpr: number) => Promise<FittedDetector>;

const detectors: Readonly<Record<string, Fit>> = {
  EllipticEnvelope: (draw, random, randomState, rows, fpr) =>
    new EllipticEnvelope({ novelty: true, threshold: { fpr }, randomState }).fit(rowsOf(draw, random, rows)),
  "MixtureDetector, K = 2": (draw, random, randomState, rows, fpr) =>
    new MixtureDetector({ nComponents: 2, covarianceType: "full", novelty: true, threshold: { fpr }, randomState, maxIter: 50 }).fit(
      rowsOf(draw, random, rows),
    ),
  "ECOD, calibrated": async (draw, random, _, rows, fpr) => {
    const mixture: FittedModel = await new ECOD().fit(rowsOf(draw, random, rows - Math.floor(rows / 2)));
    return new MixtureDetector({ mixture, novelty: true, threshold: { fpr } }).fit(rowsOf(draw, random, Math.floor(rows / 2)));
  },
};

console.log(`| detector | rows | α | calibration rows | exact rate | alarms of ${replicates} | rate | band |`);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const [detector, fit] of Object.entries(detectors)) {
  for (const [kind, draw] of Object.entries(draws)) {
    for (const [fpr, rows] of [
      [0.05, 78],
      [0.01, 300],
    ] as const) {
      const held = Math.floor(rows / 2);
      const exact = Math.floor(fpr * (held + 1) * (1 + 1e-12)) / (held + 1);
      let alarms = 0;
      for (let replicate = 0; replicate < replicates; replicate++) {
        const random = createRandom(replicate, rows, kind.length, detector.length);
        const { point } = await fit(draw, random, replicate, rows, fpr);
        alarms += Number(point.isOutlier(draw(random)));
      }
      const spread = 3.29 * Math.sqrt(replicates * exact * (1 - exact));
      const band = [exact * replicates - spread, exact * replicates + spread].map((end) => (Math.max(0, end) / replicates).toFixed(4));
      const inside = Math.abs(alarms - exact * replicates) <= spread ? "" : " ✗";
      console.log(
        `| ${detector} | ${kind} | ${fpr} | ${held} | ${exact.toFixed(4)} | ${alarms} | ${(alarms / replicates).toFixed(4)}${inside} | ${band.join(" – ")} |`,
      );
    }
  }
}
