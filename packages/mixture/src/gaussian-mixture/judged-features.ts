import { FittedGaussianMixture } from "./model.ts";

/** The features by whose marginal density a model is compared with others of the same rows; nothing where that is all of them. */
export function judgedFeatures(model: object): readonly number[] | undefined {
  return model instanceof FittedGaussianMixture ? model.judgedFeatures : undefined;
}
