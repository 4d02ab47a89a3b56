import { diag } from "./diag.ts";
import { full } from "./full.ts";
import type { CovarianceKind, CovarianceType } from "./kind.ts";
import { spherical } from "./spherical.ts";
import { tied } from "./tied.ts";

const kinds: Readonly<Record<CovarianceType, CovarianceKind>> = { full, tied, diag, spherical };

/** The functions of a covariance type. */
export function covarianceKind(type: CovarianceType): CovarianceKind {
  return kinds[type];
}
