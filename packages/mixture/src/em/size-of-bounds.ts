import type { ColumnProfile } from "@mixtura/backend/authoring";
import { featureScales } from "@mixtura/backend/internal/rows";

/**
 * What changes of a bound are relative to. A bound by itself has no size, since other units of the data add a constant to it: its size is that in units of the
 * features' spread, at least 1. What is decided by it is decided alike in all units.
 */
export function sizeOfBounds(profile: Pick<ColumnProfile, "variances" | "ranges">): (bound: number) => number {
  const spread = featureScales(profile).reduce((sum, variance) => sum + 0.5 * Math.log(variance), 0);
  return (bound) => Math.max(1, Math.abs(bound + spread));
}
