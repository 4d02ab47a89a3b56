import type { PosteriorDensity } from "./choices.ts";
import type { FittedBayesianGaussianMixture } from "./model.ts";

const DENSITIES: Readonly<Record<PosteriorDensity, string>> = {
  predictive: "posterior predictive, a mixture of Student t distributions",
  plugin: "Gaussian mixture at the posterior means",
  variational: "variational expectation, which is no density",
};

/** What describes a posterior in addition to its components. */
export function describePosterior(model: FittedBayesianGaussianMixture): readonly string[] {
  const { expectedComponents: expected, nComponents, lowerBound, density, weightConcentrationPriorType: type, prior } = model;
  const belief = type === "dirichlet_process" ? "a Dirichlet process" : "a Dirichlet distribution";
  return [
    `Weights from ${belief} of concentration ${prior.weightConcentration.toPrecision(3)}; rows are scored by the ${DENSITIES[density]}.`,
    ...(expected === undefined
      ? []
      : [
          `Before the rows were seen, they were expected to occupy ${expected.prior.toFixed(1)} of the ${nComponents} components; they occupy ${expected.posterior.toFixed(1)}.`,
        ]),
    ...(lowerBound === undefined ? [] : [`Evidence lower bound ${lowerBound.toFixed(4)} per row.`]),
  ];
}
