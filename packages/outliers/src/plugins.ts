import type { AnyEstimatorPlugin, EstimatorPlugin } from "@mixtura/core";
import { PLUGIN_CONTRACT_VERSION } from "@mixtura/core";
import type { BackendChoice } from "@mixtura/backend/rows";
import { RefitOnInliers } from "./clean/estimator.ts";
import { FittedRefitOnInliers } from "./clean/model.ts";
import type { RefitOnInliersOptions } from "./clean/options.ts";
import { refitOnInliersOptions } from "./clean/options.ts";
import { REFIT_ON_INLIERS } from "./clean/payload.ts";
import { EllipticEnvelope } from "./elliptic-envelope/estimator.ts";
import { FittedEllipticEnvelope } from "./elliptic-envelope/model.ts";
import type { EllipticEnvelopeOptions } from "./elliptic-envelope/options.ts";
import { ellipticEnvelopeOptions } from "./elliptic-envelope/options.ts";
import { ELLIPTIC_ENVELOPE } from "./elliptic-envelope/payload.ts";
import { MixtureDetector } from "./mixture-detector/estimator.ts";
import { FittedMixtureDetector } from "./mixture-detector/model.ts";
import type { MixtureDetectorOptions } from "./mixture-detector/options.ts";
import { mixtureDetectorOptions } from "./mixture-detector/options.ts";
import { MIXTURE_DETECTOR } from "./mixture-detector/payload.ts";

const ellipticEnvelope = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: ELLIPTIC_ENVELOPE,
  summary: "Outliers and novelties by the robust distance from one centre.",
  options: ellipticEnvelopeOptions,
  capabilities: ["outlier", "weights"],
  create: (options) => new EllipticEnvelope(options),
  revive: (json, context) => FittedEllipticEnvelope.fromJSON(json, context),
} satisfies EstimatorPlugin<EllipticEnvelopeOptions & BackendChoice, FittedEllipticEnvelope>;

const mixtureDetector = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: MIXTURE_DETECTOR,
  summary: "Outliers and novelties by the density of a Gaussian mixture, chosen by BIC or given.",
  options: mixtureDetectorOptions,
  capabilities: ["outlier", "weights"],
  create: (options) => new MixtureDetector(options),
  revive: (json, context) => FittedMixtureDetector.fromJSON(json, context),
} satisfies EstimatorPlugin<MixtureDetectorOptions & BackendChoice, FittedMixtureDetector>;

const refitOnInliers = {
  contractVersion: PLUGIN_CONTRACT_VERSION,
  type: REFIT_ON_INLIERS,
  summary: "Outliers by a model of the other rows: fits, removes the most extreme rows, fits again.",
  options: refitOnInliersOptions,
  capabilities: ["outlier", "weights"],
  create: (options) => new RefitOnInliers(options),
  revive: (json, context) => FittedRefitOnInliers.fromJSON(json, context),
} satisfies EstimatorPlugin<RefitOnInliersOptions & BackendChoice, FittedRefitOnInliers>;

/** The estimators of this package. */
export const plugins: readonly AnyEstimatorPlugin[] = Object.freeze([ellipticEnvelope, mixtureDetector, refitOnInliers]);
