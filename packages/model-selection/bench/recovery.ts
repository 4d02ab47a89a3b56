// How often the true number of components is found, and how often the bootstrap test rejects a null hypothesis that is true.
// Mixtures of three components in the plane with one covariance for all; fits with tied covariances, K = 1 … 6, three starts each and the split one.
// Usage: node bench/recovery.ts [rows] [sets] [sets for the bootstrap test] [first seed]
import { GaussianMixture } from "@mixtura/mixture";
import { bootstrapLikelihoodRatio, selectMixture } from "../src/index.ts";
import { winnerOf } from "../src/winner.ts";

const [rows = 300, sets = 200, testSets = sets, firstSeed = 0] = process.argv.slice(2).map(Number);
const K = 3;
const LEVEL = 0.05;
const covariances = [
  [1, 0.5],
  [0.5, 1],
];
const shared = { covarianceType: "tied", nInit: 3 } as const;
const nComponents = [1, 2, 3, 4, 5, 6];

const designs = {
  separated: { weights: [1 / 3, 1 / 3, 1 / 3], means: triangle(6) },
  overlapping: { weights: [1 / 3, 1 / 3, 1 / 3], means: triangle(3) },
  unequal: { weights: [0.7, 0.2, 0.1], means: triangle(4) },
} as const;

/** Corners at the given distance from one another, in standard deviations along each feature. */
function triangle(side: number): number[][] {
  return [
    [0, 0],
    [side, 0],
    [side / 2, (side * Math.sqrt(3)) / 2],
  ];
}

/** 95 % interval of a probability (Wilson). */
function interval(hits: number, of: number): string {
  const z = 1.959964;
  const p = hits / of;
  const centre = (p + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2));
  return `${(100 * p).toFixed(1)} % (${(100 * Math.max(0, centre - half)).toFixed(1)}–${(100 * Math.min(1, centre + half)).toFixed(1)})`;
}

console.log(
  `n = ${rows}, ${sets} sets per design, ${testSets} for the bootstrap test (up to 39 draws, level ${LEVEL}); seeds from ${firstSeed}`,
);
console.log(
  "| design | BIC | AIC | AICc | ICL | CV (5 folds) | CV, one standard error | BLRT | false positives of BLRT, 3 against 4 | seconds |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const [name, design] of Object.entries(designs)) {
  const started = performance.now();
  const truth = GaussianMixture.fromParameters({ ...design, covariances, covarianceType: "tied" });
  const found: Record<string, number> = { bic: 0, aic: 0, aicc: 0, icl: 0, cv: 0, oneStandardError: 0, blrt: 0, falsePositives: 0 };
  for (let set = 0; set < sets; set++) {
    const seed = firstSeed + set;
    const { X } = truth.sample(rows, { randomState: seed });
    const { candidates } = await selectMixture(X, { ...shared, nComponents, criterion: "cv", folds: 5, randomState: seed });
    for (const criterion of ["bic", "aic", "aicc", "icl", "cv"] as const)
      if (winnerOf(candidates, criterion)?.nComponents === K) found[criterion]!++;
    if (winnerOf(candidates, "cv", "one-standard-error")?.nComponents === K) found["oneStandardError"]!++;
    if (set >= testSets) continue;
    // With 39 draws p ≤ 0.05 just when at most one of them exceeds, so drawing may end at the second.
    const test = { ...shared, nBootstrap: 39, stopAfter: 2, level: LEVEL, randomState: seed };
    const { tests, nComponents: chosen } = await bootstrapLikelihoodRatio(X, { ...test, nComponents: [1, 2, 3, 4, 5] });
    if (chosen === K) found["blrt"]!++;
    const own = tests.find(({ nComponents: k }) => k === K) ?? (await bootstrapLikelihoodRatio(X, { ...test, nComponents: K })).tests[0]!;
    if (own.rejected) found["falsePositives"]!++;
  }
  const share = (key: string): string => `${((100 * found[key]!) / sets).toFixed(1)} %`;
  const cells = [
    ...["bic", "aic", "aicc", "icl", "cv", "oneStandardError"].map(share),
    interval(found["blrt"]!, testSets),
    interval(found["falsePositives"]!, testSets),
  ];
  console.log(`| ${name} | ${cells.join(" | ")} | ${((performance.now() - started) / 1000).toFixed(0)} |`);
}
