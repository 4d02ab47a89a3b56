// What exp(scoreSamples) of Bayesian mixtures integrates to, by density, covariance type and number of rows, as Markdown:
//   node packages/mixture/bench/bayesian-integrals.ts [draws of the importance sampling, default 8e6]
// One and two features by the trapezoidal rule, five by importance sampling (± its standard error); 3 components on two groups of rows.
import { BayesianGaussianMixture, covarianceTypes } from "../src/index.ts";
import { integralBySampling, integralOnGrid, twoGroups } from "../test/bayesian/integral.ts";

const draws = Number(process.argv[2] ?? 8e6);
const sizes = [10, 100, 1000, 10_000];
const densities = ["predictive", "plugin", "variational"] as const;

console.log(`Node ${process.version}, ${process.platform} ${process.arch}; ${draws} draws\n`);
console.log(`| features | covariance | density | ${sizes.map((n) => `n = ${n}`).join(" | ")} |`);
console.log(`| ---: | --- | --- |${" ---: |".repeat(sizes.length)}`);
for (const features of [1, 2, 5]) {
  for (const covarianceType of covarianceTypes) {
    for (const density of densities) {
      const cells: string[] = [];
      for (const n of sizes) {
        const X = twoGroups(n, features, 17);
        const model = await new BayesianGaussianMixture({ nComponents: 3, covarianceType, density, randomState: 5 }).fit(X);
        if (features < 3) cells.push((await integralOnGrid(model, X)).toFixed(8));
        else {
          // What fails by far needs no more than a few draws to do so.
          const { integral, standardError } = await integralBySampling(model, density === "variational" ? draws / 40 : draws, 23);
          cells.push(`${integral.toFixed(6)} ± ${standardError.toFixed(6)}`);
        }
      }
      console.log(`| ${features} | ${covarianceType} | ${density} | ${cells.join(" | ")} |`);
    }
  }
}
