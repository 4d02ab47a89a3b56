// For models of other packages that hold a mixture; apart from what else our packages share, which fits.
import type { AnyEstimatorPlugin } from "@mixtura/core";
import { FittedBayesianGaussianMixture } from "../bayesian-mixture/model.ts";
import { BAYESIAN_GAUSSIAN_MIXTURE } from "../bayesian-mixture/payload.ts";
import { FittedGaussianMixture } from "../gaussian-mixture/model.ts";
import { GAUSSIAN_MIXTURE } from "../gaussian-mixture/payload.ts";

/** Readers of mixtures, each of one type of model, for models that hold a mixture. */
export const mixtureReaders: readonly Pick<AnyEstimatorPlugin, "type" | "revive">[] = [
  { type: GAUSSIAN_MIXTURE, revive: (json) => FittedGaussianMixture.fromJSON(json) },
  { type: BAYESIAN_GAUSSIAN_MIXTURE, revive: (json) => FittedBayesianGaussianMixture.fromJSON(json) },
];
