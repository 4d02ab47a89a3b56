// The winner by BIC among the four covariance types beside mclust's best of the same families (signs as ours: lower is better), with ICL.
// Usage: node bench/mclust.ts [starts] [seed]
import { loadData, loadMclust } from "@mixtura/fixtures";
import type { CovarianceType } from "@mixtura/mixture";
import { selectMixture } from "../src/index.ts";

const nInit = Number(process.argv[2] ?? 5);
const randomState = Number(process.argv[3] ?? 7);
const names = ["faithful", "galaxies", "acidity", "iris", "diabetes", "thyroid_gland", "crabs", "penguins"] as const;
const FAMILIES: Readonly<Record<string, CovarianceType>> = {
  VVV: "full",
  EEE: "tied",
  VVI: "diag",
  VII: "spherical",
  V: "full",
  E: "tied",
};

console.log("| data | ours: type, K | BIC | ICL | start | mclust: type, K | BIC | ICL | ours − mclust | seconds |");
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const name of names) {
  const { rows } = loadData(name);
  const { table } = loadMclust(name);
  const best = table.filter(({ model }) => model in FAMILIES).toSorted((a, b) => b.bic - a.bic)[0]!;
  const nComponents = [...new Set(table.map(({ components }) => components))];
  const { winner, elapsedMilliseconds } = await selectMixture(rows, { nComponents, nInit, randomState, tol: 1e-7 });
  const cells = [
    name,
    `${winner.covarianceType}, ${winner.nComponents}`,
    winner.bic.toFixed(2),
    winner.icl.toFixed(2),
    winner.start,
    `${FAMILIES[best.model]!}, ${best.components}`,
    (-best.bic).toFixed(2),
    (-best.icl).toFixed(2),
    (winner.bic + best.bic).toFixed(2),
    (elapsedMilliseconds / 1000).toFixed(1),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
