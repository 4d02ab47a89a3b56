import { matrix } from "@mixtura/core";
import type { FittedMixture } from "@mixtura/model-selection";

/** From this share of the rows on, a component is worth telling of, though it may be no row's likeliest. */
const TOLD = 0.01;

/**
 * The components that are told of: all of a mixture fitted by maximum likelihood; of a posterior those that hold rows, since it leaves others empty.
 *
 * @param sizes rows of each component
 */
export function occupiedComponents(model: FittedMixture, sizes: ArrayLike<number>): number[] {
  const all = Array.from({ length: model.nComponents }, (_, k) => k);
  if (model.type === "GaussianMixture") return all;
  const { meanPrecision, prior } = model;
  const shares = meanPrecision.map((value) => value - prior.meanPrecision);
  const told = TOLD * shares.reduce((sum, share) => sum + share, 0);
  const held = all.filter((k) => sizes[k]! > 0 || shares[k]! > told);
  return held.length > 0 ? held : [0];
}

/** The mixture of the components that are told of, in their places: those between them have the weight 0, those behind them are left out. */
export function occupiedMixture(model: FittedMixture, occupied: readonly number[]) {
  if (model.type === "GaussianMixture") return model;
  const { weights, means } = model;
  const count = Math.max(...occupied) + 1;
  const held = occupied.reduce((sum, k) => sum + weights[k]!, 0);
  return {
    weights: weights.slice(0, count).map((weight, k) => (occupied.includes(k) ? weight / held : 0)),
    means: matrix(means.data.slice(0, count * means.columns), count, means.columns, means.featureNames),
    covariance: (k: number) => model.covariance(k),
  };
}

/** What a posterior says of the number of components, in sentences; nothing of other mixtures. */
export function posteriorSentences(model: FittedMixture): string[] {
  if (model.type === "GaussianMixture") return [];
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

const DENSITIES = {
  predictive: "posterior predictive, a mixture of Student t distributions",
  plugin: "Gaussian mixture at the posterior means",
  variational: "variational expectation, which is no density",
} as const;
