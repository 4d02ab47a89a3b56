import type { AnyOptionDeclaration, CheckedOptions, DeclarationsOf, Estimator } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { MinCovDetOptions } from "@mixtura/covariance";
import { minCovDetOptions } from "@mixtura/covariance/internal";
import type { ConstantsOptions } from "../columns/options.ts";
import { constantsDeclaration } from "../columns/options.ts";
import type { JudgementOptions } from "../threshold/declare.ts";
import { calibrationFractionDeclaration, noveltyDeclaration, thresholdDeclaration } from "../threshold/declare.ts";
import { ruleOf } from "../threshold/threshold.ts";

/** The covariances that are called by a name. */
const covarianceNames = ["mcd", "empirical", "ledoit-wolf", "oas"] as const;

/** "mcd": robust. The others are for clean rows: as it is, or shrunk where rows are few for their features. */
type CovarianceName = (typeof covarianceNames)[number];

/** The options of {@link EllipticEnvelope}: how it judges, and how its centre and covariance are estimated. */
export interface EllipticEnvelopeOptions extends JudgementOptions, ConstantsOptions, MinCovDetOptions {
  /**
   * Where centre and covariance come from: "mcd" (default), the minimum covariance determinant, which up to half of the rows being outliers does not
   * move; "empirical", "ledoit-wolf" and "oas" for clean rows; or an estimator of your own, such as `new MRCD()`.
   */
  covariance?: CovarianceName | Estimator;
}

/** The options after checking. */
export type CheckedEllipticEnvelopeOptions = CheckedOptions<EllipticEnvelopeOptions, typeof ellipticEnvelopeOptions>;

function isEstimator(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { type, fit } = value as Partial<Estimator>;
  return typeof type === "string" && typeof fit === "function";
}

/** The options of EllipticEnvelope, declared once; those of the robust covariance are MinCovDet's own declarations. */
export const ellipticEnvelopeOptions = {
  threshold: thresholdDeclaration(["apart", "contamination", "gap", "score", "chiSquare", "hardinRocke", "fpr"]),
  novelty: noveltyDeclaration,
  calibrationFraction: calibrationFractionDeclaration,
  constants: constantsDeclaration,
  covariance: {
    range: {
      kind: "either",
      alternatives: [
        { kind: "choice", choices: covarianceNames },
        { kind: "other", words: "an estimator of a covariance", accepts: isEstimator },
      ],
    },
    default: "mcd",
    description: "Where centre and covariance come from: robust (mcd), or for clean rows empirical, ledoit-wolf or oas.",
  },
  ...minCovDetOptions,
} satisfies DeclarationsOf<EllipticEnvelopeOptions>;

/**
 * Options of the robust covariance where another one is taken would be passed over, and so would be a threshold that is defined for it alone.
 *
 * @throws MixturaError `invalid-option`
 */
export function checkCovariance(owner: string, options: CheckedEllipticEnvelopeOptions): void {
  const { covariance, threshold } = options;
  if (covariance === "mcd") return;
  const called = typeof covariance === "string" ? `"${covariance}"` : covariance.type;
  const given: Readonly<Record<string, unknown>> = { ...options };
  for (const [option, declaration] of Object.entries<AnyOptionDeclaration>(minCovDetOptions)) {
    if (option === "randomState" || given[option] === declaration.default) continue; // the seed also draws which rows are held out
    throw new MixturaError(
      "invalid-option",
      `${owner}: "${option}" is an option of the robust covariance "mcd", but covariance is ${called}.`,
      {
        option,
        found: given[option],
      },
    );
  }
  // Raw distances come from a search for a subset of rows, whose algorithm is then an option.
  const searches = typeof covariance === "object" && "algorithm" in covariance.options;
  if (threshold !== undefined && ruleOf(threshold).kind === "hardinRocke" && !searches)
    throw new MixturaError(
      "invalid-option",
      `${owner}: { hardinRocke } describes distances by the robust covariance "mcd", but covariance is ${called}. Use { chiSquare }.`,
      { option: "threshold", found: threshold },
    );
}
