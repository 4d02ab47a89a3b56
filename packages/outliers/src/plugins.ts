import type { AnyEstimatorPlugin } from "@mixtura/core";
import { pluginOf } from "@mixtura/core/authoring";
import { RefitOnInliers } from "./clean/estimator.ts";
import { EllipticEnvelope } from "./elliptic-envelope/estimator.ts";
import { MixtureDetector } from "./mixture-detector/estimator.ts";

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([
  pluginOf(EllipticEnvelope),
  pluginOf(MixtureDetector),
  pluginOf(RefitOnInliers),
]);
