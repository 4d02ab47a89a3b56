import type { Rows } from "@mixtura/backend/authoring";
import { translated } from "@mixtura/backend/internal/rows";
import type { Diagnostic } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import { isIndependent } from "../covariance/kind.ts";
import type { Floors } from "../em/floors.ts";
import { floorEigenvalues, smallestEigenvalue } from "../em/floors.ts";

/** What is believed of means and precisions before the data are seen, in a row set's coordinates. */
export interface GaussianPrior {
  /** β₀: the weight of the prior mean, in rows. */
  readonly meanPrecision: number;
  /** m₀, length d. */
  readonly mean: Float64Array;
  /** ν₀ */
  readonly degreesOfFreedom: number;
  /** S₀, the inverse scale: one block in the layout of the covariance type. */
  readonly covariance: Float64Array;
}

/** The sample covariance of all rows with divisor n − 1, as one block of a covariance type. */
export async function sampleCovariance(rows: Rows, kind: CovarianceKind): Promise<Float64Array> {
  const { features: d, origin, profile } = rows;
  const { weight, variances } = profile;
  // Weights are frequencies; where they sum to one row or less there is no n − 1.
  const divisor = weight > 1 ? weight - 1 : weight;
  if (isIndependent(kind)) return kind.ofVariances(variances.map((variance) => variance * (weight / divisor)));
  const { s0, s1, S2 } = await rows.moments({}, { centres: translated(profile.means, origin, -1), scatter: "full" });
  return S2.map((value, at) => (value - (s1[Math.floor(at / d)]! / s0[0]!) * s1[at % d]!) / divisor);
}

/** An eigenvalue below this fraction of the floor is rounding. */
const NO_SPREAD = 1e-4;

/**
 * The sample covariance as a prior of its own data. Where it has no spread in some direction it would be no prior at all: there it is lifted to
 * the floor, a millionth of the features' variances.
 */
export async function flooredPrior(
  kind: CovarianceKind,
  covariance: Float64Array,
  floors: Floors,
  pace: Pace,
): Promise<{ covariance: Float64Array; diagnostics: Diagnostic[] }> {
  const smallest = await smallestInFloors(kind, covariance, floors.repair, pace);
  if (smallest > NO_SPREAD) return { covariance, diagnostics: [] };
  return {
    covariance: floorEigenvalues(kind, covariance, floors.repair),
    diagnostics: [
      {
        code: "floored-prior",
        severity: "warning",
        message:
          "The sample covariance, from which the prior of the covariances is taken, has no spread in some direction; there it was lifted to a " +
          "millionth of the features' variances. Leave out constant and redundant features, or give a covariancePrior.",
        detail: { eigenvalueOverFloor: smallest },
      },
    ],
  };
}

/** Smallest eigenvalue of a block, each feature in units of the root of its floor. In turns. */
export function smallestInFloors(kind: CovarianceKind, block: Float64Array, floor: Float64Array, pace: Pace): Promise<number> {
  return smallestEigenvalue(kind, block, Array.from(floor.keys()), floor, pace);
}
