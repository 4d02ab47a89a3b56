import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { diag } from "./diag.ts";
import { full } from "./full.ts";
import type { CovarianceKind } from "./kind.ts";
import { dimensions } from "./kind.ts";
import { spherical } from "./spherical.ts";
import { tied } from "./tied.ts";
import { tiedDiag } from "./tied-diag.ts";

/** The covariance types, from the freest to the stiffest. A new one is an object here and nothing else. */
const kinds = { full, tied, diag, "tied-diag": tiedDiag, spherical } as const satisfies Readonly<Record<string, CovarianceKind>>;

/** How the covariances of the components are tied to a form: see the guide on covariance types. */
export type CovarianceType = keyof typeof kinds;

/** All covariance types, from the freest to the stiffest. */
export const covarianceTypes = Object.keys(kinds) as readonly CovarianceType[];

/** How the covariances of each type are laid out, in words: "k×d×d numbers for full, d×d for tied, …". */
export const covarianceLayouts = covarianceTypes
  .map((type, index) => `${dimensions(kinds[type], "k", "d").join("×")}${index === 0 ? " numbers" : ""} for ${type}`)
  .join(", ");

/**
 * What a covariance type does its own way: what it says about components, which moments and factors it takes, and how its covariances are laid
 * down.
 *
 * @throws MixturaError `invalid-option`
 * @example
 * ```ts run
 * covarianceKind("tied").shared // => true
 * covarianceKind("tied").meaning
 * // => "all components share one shape and orientation"
 * ```
 */
export function covarianceKind(type: CovarianceType): CovarianceKind {
  if (typeof type === "string" && Object.hasOwn(kinds, type)) return kinds[type];
  throw new MixturaError("invalid-option", `There is no covariance type ${show(type)}.`, { option: "type", found: type });
}
