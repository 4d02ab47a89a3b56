import type { Diagnostic } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount, blockOf, isIndependent } from "../covariance/kind.ts";
import type { Floors } from "../em/floors.ts";
import type { PriorConvention } from "./choices.ts";
import type { GaussianPosterior } from "./posterior.ts";
import type { GaussianPrior } from "./prior.ts";
import { smallestInFloors } from "./prior.ts";
import { countPerRow } from "./update.ts";

/** Spread within this factor of the floor is none. */
const NEAR_FLOOR = 10;

/**
 * The diagnostics of components whose rows, though there are enough of them, have no spread of their own in some direction: what spread the
 * model gives them there is the prior's.
 */
export async function flatComponents(
  kind: CovarianceKind,
  convention: PriorConvention,
  prior: GaussianPrior,
  { meanPrecision, means, degreesOfFreedom, covariances }: GaussianPosterior,
  floors: Floors,
  pace: Pace,
): Promise<Diagnostic[]> {
  const d = prior.mean.length;
  const count = meanPrecision.length;
  const perRow = countPerRow(kind, convention, d, count);
  const masses = meanPrecision.map((precision) => Math.max(0, precision - prior.meanPrecision));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const away = means.map((mean, at) => mean - prior.mean[at % d]!);
  const found: Diagnostic[] = [];
  for (let block = 0; block < blockCount(kind, count); block++) {
    const members = kind.shared ? Array.from(masses.keys()) : [block];
    const rows = kind.shared ? total : masses[block]!;
    // Fewer rows than this span no volume even where they are spread.
    if (rows <= (isIndependent(kind) ? 1 : d) + members.length) continue;
    const own = blockOf(kind, covariances, block, d).map((value, at) => value * degreesOfFreedom[block]! - prior.covariance[at]!);
    for (const k of members) {
      if (masses[k]! > 0) kind.addSquare(away, k * d, d, (-perRow * prior.meanPrecision * meanPrecision[k]!) / masses[k]!, own, 0);
    }
    const spread = await smallestInFloors(
      kind,
      own.map((value) => value / (perRow * rows)),
      floors.flat,
      pace,
    );
    if (spread >= NEAR_FLOOR) continue;
    const who = kind.shared ? "The components" : `Component ${block}`;
    found.push({
      code: "flat-component",
      severity: "warning",
      ...(kind.shared ? {} : { component: block }),
      message:
        `${who} (${rows.toFixed(1)} rows) ${kind.shared ? "have" : "has"} almost no spread in some direction; the model there reflects ` +
        "only the prior. Use fewer components, a stiffer covarianceType, or a covariancePrior that fits.",
      detail: { rows },
    });
  }
  return found;
}
