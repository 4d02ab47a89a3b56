import type { DeclarationsOf } from "@mixtura/core";
import type { CovarianceType } from "@mixtura/mixture";
import { gaussianMixtureOptions } from "@mixtura/mixture/internal";
import type { SharedOptions } from "./options.ts";
import { sharedOptions } from "./options.ts";

/** The options of `bootstrapLikelihoodRatio`. */
export interface BootstrapLikelihoodRatioOptions extends SharedOptions {
  /** Numbers of components to test against one more: one, or consecutive ones, which are tested until one is not rejected. Default 1 to 8. */
  nComponents?: number | readonly number[];
  /** Form of the covariances. Default "full". */
  covarianceType?: CovarianceType;
  /** The most data sets that are drawn from each null hypothesis. Default 199. */
  nBootstrap?: number;
  /** Stops once this many draws are as extreme as what was observed; 0 draws all. Default 10. */
  stopAfter?: number;
  /** A null hypothesis is rejected where its p-value is at most this. Default 0.05. */
  level?: number;
}

const count = gaussianMixtureOptions.nComponents.range;

/** The options of `bootstrapLikelihoodRatio`, declared once. */
export const bootstrapLikelihoodRatioOptions = {
  nComponents: {
    range: { kind: "either", alternatives: [count, { kind: "list", items: count, minimumItems: 1 }] },
    default: Object.freeze([1, 2, 3, 4, 5, 6, 7, 8]),
    description: "Numbers of components to test against one more, consecutive and rising.",
  },
  covarianceType: gaussianMixtureOptions.covarianceType,
  nBootstrap: {
    range: { kind: "integer", minimum: 1 },
    default: 199,
    description: "The most data sets that are drawn from each null hypothesis.",
  },
  stopAfter: {
    range: { kind: "integer", minimum: 0 },
    default: 10,
    description: "Stops once this many draws are as extreme as what was observed; 0 draws all.",
  },
  level: {
    range: { kind: "number", minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true },
    default: 0.05,
    description: "A null hypothesis is rejected where its p-value is at most this.",
  },
  ...sharedOptions,
} satisfies DeclarationsOf<BootstrapLikelihoodRatioOptions>;
