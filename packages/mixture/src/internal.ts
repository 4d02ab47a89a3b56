// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { probabilityOptions } from "./density/probability.ts";
export { gaussianMixtureOptions, takeBackend } from "./gaussian-mixture/options.ts";
export { bayesianGaussianMixturePlugin } from "./plugins.ts";
export { judgedFeatures } from "./gaussian-mixture/judged-features.ts";
