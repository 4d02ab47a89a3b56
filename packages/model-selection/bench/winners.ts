// Selections over K = 1 … 10 and all covariance types with many seeds: does a degenerate component ever win?
// Prints each different winner once, with what its components stand on, as a Markdown table. Usage: node bench/winners.ts [seeds]
import { symmetricEigen } from "@mixtura/backend/internal/algebra";
import { loadData } from "@mixtura/fixtures";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import { selectMixture } from "../src/index.ts";

const seeds = Number(process.argv[2] ?? 7);
const names = ["faithful", "iris", "diabetes", "acidity"] as const;
const nComponents = Array.from({ length: 10 }, (_, k) => k + 1);

/** The decimals that a column is written with, as the step 10^−decimals: read off the file's own numbers, not by the fit's method. */
function recordedStep(values: readonly number[]): number {
  return 10 ** -Math.max(...values.map((value) => String(value).split(".")[1]?.length ?? 0));
}

/** Variance of a column, divided by n. */
function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** Smallest eigenvalue over all components, each feature in units of √scale. */
function smallest(model: FittedGaussianMixture, scales: readonly number[]): number {
  const d = scales.length;
  const eigenvalues = Array.from({ length: model.nComponents }, (_, k) => {
    const scaled = model.covariance(k).data.map((value, at) => value / Math.sqrt(scales[Math.floor(at / d)]! * scales[at % d]!));
    return symmetricEigen(scaled, d).values[0]!;
  });
  return Math.min(...eigenvalues);
}

let fits = 0;
let degenerateWinners = 0;
let degenerateCandidates = 0;
console.log("| data | winner | seeds | bic | smallest eigenvalue ÷ floor | ÷ h²/12 | steps h | rows held |");
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const name of names) {
  const { rows, columns } = loadData(name);
  const byColumn = columns.map((_, j) => rows.map((row) => row[j]!));
  const floors = byColumn.map((values) => 1e-6 * variance(values));
  const steps = byColumn.map(recordedStep);
  const winners = new Map<string, { model: FittedGaussianMixture; seeds: number }>();
  for (let randomState = 0; randomState < seeds; randomState++) {
    const { best, candidates } = await selectMixture(rows, { nComponents, randomState });
    fits += candidates.length;
    degenerateCandidates += candidates.filter((candidate) => candidate.degenerate).length;
    if (best.trace.restarts.some((restart) => restart.chosen && restart.degenerate)) degenerateWinners++;
    const key = `${best.covarianceType}, ${best.nComponents} (${best.bic!.toFixed(1)})`;
    winners.set(key, { model: best, seeds: (winners.get(key)?.seeds ?? 0) + 1 });
  }
  for (const { model, seeds: times } of winners.values()) {
    const labels = await model.predict(rows);
    const held = Array.from({ length: model.nComponents }, (_, k) => labels.filter((label) => label === k).length);
    const overSteps = smallest(
      model,
      steps.map((step) => step ** 2 / 12),
    );
    console.log(
      `| ${name} | ${model.covarianceType}, ${model.nComponents} | ${times} | ${model.bic!.toFixed(2)} | ${smallest(model, floors).toPrecision(4)} | ` +
        `${overSteps.toPrecision(4)} | ${steps.join(", ")} | ${held.join(", ")} |`,
    );
  }
}
console.log(`\n${fits} fits, ${degenerateCandidates} degenerate candidates, ${degenerateWinners} degenerate winners.`);
