// What other packages of Mixtura use of this one: no promise to anyone else, so any release may change it.
export { covarianceEstimatorTypes } from "./covariance-model.ts";
export { createEllipse, flooredEllipse } from "./gaussian/ellipse.ts";
export { findHyperplanes } from "./gaussian/hyperplanes.ts";
export { ellipsePoint } from "./gaussian/point.ts";
export { robustEstimatorTypes } from "./robust/model.ts";
export { minCovDetOptions } from "./robust/options.ts";
