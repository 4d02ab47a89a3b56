import type { CheckedOptions, DeclarationsOf } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { SEED_LIMIT } from "@mixtura/core/internal";
import type { TargetName } from "./mrcd/target.ts";
import { targetNames } from "./mrcd/target.ts";

/** The name of MRCD and of its models. */
export const MRCD_TYPE = "MRCD";

/** The name of MinCovDet and of its models. */
export const MIN_COV_DET = "MinCovDet";

/** How subsets are looked for. */
const algorithms = ["det", "fast"] as const;

/** "det": from six deterministic starts. "fast": from random subsets. */
type Algorithm = (typeof algorithms)[number];

/** When a covariance is mixed with a target. */
const regularizations = ["auto", "none"] as const;

/** "auto": where the rows of a subset cannot carry a covariance. "none": never. */
type RegularizationRule = (typeof regularizations)[number];

/** What a reweighted covariance is corrected for. */
const corrections = ["nominal", "robustbase"] as const;

/** "nominal": for what a cut-off leaves out of clean rows. "robustbase": for all that it left out. */
export type CorrectionRule = (typeof corrections)[number];

/** The options of {@link MinCovDet}. */
export interface MinCovDetOptions {
  /**
   * "det" (default): six deterministic starts; nothing is drawn, and the order of the rows does not matter. "fast": many random starts; affine
   * equivariant. One feature is done exactly either way.
   */
  algorithm?: Algorithm;
  /** Rows of the subset as a fraction: 0.5 (default) gives the smallest subset, whose breakdown point is one half, 1 for all rows. Not with `supportCount`. */
  supportFraction?: number;
  /** Rows of the subset. Not with `supportFraction`. */
  supportCount?: number;
  /**
   * "auto" (default): rows that cannot carry a covariance get a regularised one, as MRCD has it, and `trace.diagnostics` says why. "none":
   * never; where the subset lies on a hyperplane, distances from it are finite and large.
   */
  regularization?: RegularizationRule;
  /**
   * What the reweighted covariance is corrected for. "nominal" (default): for the 2.5 % of clean rows that the cut-off leaves out, or for those really
   * left out where chance explains their number; rows are weighed up to three times. "robustbase": for all rows left out, outliers too, and once, as
   * the R package does; with outliers that covariance is too large. Without effect on a regularised covariance.
   */
  correction?: CorrectionRule;
  /** Random starts of "fast". Default 500. */
  nTrials?: number;
  /** Seed of "fast"; drawn and kept in `trace.seed` when absent. */
  randomState?: number;
}

/** The options after checking. */
export type CheckedMinCovDetOptions = CheckedOptions<MinCovDetOptions, typeof minCovDetOptions>;

/** The options of {@link MRCD}. */
export interface MRCDOptions {
  /** Rows of the subset as a fraction of all, from one half (default 0.5) to 1. Not with `supportCount`. */
  supportFraction?: number;
  /** Rows of the subset. Not with `supportFraction`. */
  supportCount?: number;
  /** What the covariance is drawn towards, on features of robust scale 1. Default "identity". */
  target?: TargetName;
  /** The condition number that the weight of the target is chosen for. Default 50. */
  maxCondition?: number;
  /** The weight of the target itself, in (0, 1]; absent, it is chosen by `maxCondition`. */
  rho?: number;
}

/** The options after checking. */
export type CheckedMRCDOptions = CheckedOptions<MRCDOptions, typeof mrcdOptions>;

const supportDeclarations = {
  supportFraction: {
    range: { kind: "number", minimum: 0.5, maximum: 1 },
    unit: "fraction of the rows",
    description: "Rows of the subset as a fraction: 0.5 (when absent) breaks down only at half outliers, 1 takes all rows.",
  },
  supportCount: {
    range: { kind: "integer", minimum: 1 },
    unit: "rows",
    description: "Rows of the subset, instead of a fraction: at least half of all.",
  },
} satisfies DeclarationsOf<Pick<MinCovDetOptions, "supportFraction" | "supportCount">>;

/** The options of MinCovDet, declared once. */
export const minCovDetOptions = {
  algorithm: {
    range: { kind: "choice", choices: algorithms },
    default: "det",
    description: "How subsets are looked for: from six deterministic starts, or from many random ones.",
  },
  ...supportDeclarations,
  regularization: {
    range: { kind: "choice", choices: regularizations },
    default: "auto",
    description: "Whether rows that cannot carry a covariance (few for their features, or most on a hyperplane) get a regularised one.",
  },
  correction: {
    range: { kind: "choice", choices: corrections },
    default: "nominal",
    description:
      "What the reweighted covariance is corrected for: the rows that a cut-off leaves out of clean ones, or, as robustbase does, all that it left out.",
  },
  nTrials: {
    range: { kind: "integer", minimum: 1 },
    default: 500,
    description: 'Random starts of the algorithm "fast".',
  },
  randomState: {
    range: { kind: "integer", minimum: 0, maximum: SEED_LIMIT - 1 },
    description: 'Seed of the algorithm "fast"; drawn when absent.',
  },
} satisfies DeclarationsOf<MinCovDetOptions>;

/** The options of MRCD, declared once. */
export const mrcdOptions = {
  ...supportDeclarations,
  target: {
    range: { kind: "choice", choices: targetNames },
    default: "identity",
    description: "What the covariance is drawn towards, on features of robust scale 1: no correlation, or the same between all pairs.",
  },
  maxCondition: {
    range: { kind: "number", minimum: 1, exclusiveMinimum: true, maximum: 1e6 },
    default: 50,
    description: "The condition number that the weight of the target is chosen for.",
  },
  rho: {
    range: { kind: "number", minimum: 0, exclusiveMinimum: true, maximum: 1 },
    description: "The weight of the target; chosen by maxCondition when absent.",
  },
} satisfies DeclarationsOf<MRCDOptions>;

/** Why rows must be in memory, as the rest of an error's sentence. */
export const ROWS_NEEDED = "subsets are chosen among all rows at once, which blocks do not allow. Read the blocks into one matrix first";

/** Rejects a subset's size that is given twice. */
export function checkSupport(
  owner: string,
  { supportFraction, supportCount }: Pick<MinCovDetOptions, "supportFraction" | "supportCount">,
): void {
  if (supportFraction === undefined || supportCount === undefined) return;
  throw new MixturaError(
    "invalid-option",
    `${owner}: "supportCount" (${supportCount}) and "supportFraction" (${supportFraction}) say the same thing twice. Leave one out.`,
    { option: "supportCount", found: supportCount },
  );
}
