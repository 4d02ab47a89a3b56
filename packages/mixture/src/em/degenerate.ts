import type { ColumnProfile } from "@mixtura/backend/rows";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf } from "../covariance/kind.ts";
import type { Floors } from "./floors.ts";
import type { MixtureParameters } from "./parameters.ts";

/** How firmly one component stands. */
export interface ComponentFooting {
  readonly component: number;
  /** Rows held, Σ w r. */
  readonly rows: number;
  /**
   * Smallest eigenvalue of the covariance in units of the regularisation floor of each feature; Infinity without a floor. Where a lower bound
   * of it is well clear of the floor, that bound.
   */
  readonly eigenvalueOverFloor: number;
  /** The same among features recorded in steps, in units of the rounding variance h²/12; Infinity where no feature is. */
  readonly eigenvalueOverResolution: number;
  readonly degenerate: boolean;
}

/** An eigenvalue within this factor of the floor is the floor's doing. */
const NEAR_FLOOR = 10;
/** A spread below the rounding of the data itself says nothing. */
export const NEAR_RESOLUTION = 1;
/** A lower bound this many times above what it is held against needs no eigenvalue: far more than rounding can do to it. */
const CLEAR = 2;

/** The footing of every component. A shared covariance is judged once and counts for all. */
export async function footings(
  kind: CovarianceKind,
  { weights, covariances, whitening }: MixtureParameters,
  masses: Float64Array,
  floors: Floors,
  { steps, variances }: ColumnProfile,
): Promise<ComponentFooting[]> {
  const d = steps.length;
  const resolution = steps.map((step) => (step * step) / 12);
  // Where a feature takes but a few values (its variance is within one step) it is discrete, not rounded.
  const stepped = Array.from(steps.keys()).filter((j) => steps[j]! > 0 && variances[j]! > steps[j]! ** 2);
  // A feature without any spread makes no component worse than another; it is reported by itself.
  const varied = Array.from(steps.keys()).filter((j) => !floors.constant.includes(j));
  const judge = async (block: number): Promise<Pick<ComponentFooting, "eigenvalueOverFloor" | "eigenvalueOverResolution">> => {
    const covariance = blockOf(kind, covariances, block, d);
    const precisions = precisionDiagonal(kind, blockOf(kind, whitening, block, d), d);
    const smallest = async (features: readonly number[], scale: Float64Array, limit: number): Promise<number> => {
      if (features.length === 0 || features.some((j) => scale[j] === 0)) return Infinity;
      const trace = features.reduce((sum, j) => sum + scale[j]! * precisions[j]!, 0);
      if (trace > 0 && trace * CLEAR * limit < 1) return 1 / trace;
      const { smallestEigenvalue } = await import("../rare.ts");
      return smallestEigenvalue(kind.expand(covariance, d), d, features, scale);
    };
    return {
      eigenvalueOverFloor: await smallest(varied, floors.judged, NEAR_FLOOR),
      eigenvalueOverResolution: await smallest(stepped, resolution, NEAR_RESOLUTION),
    };
  };
  const standing: ComponentFooting[] = [];
  const shared = kind.shared ? await judge(0) : undefined;
  for (let component = 0; component < weights.length; component++) {
    const sizes = shared ?? (await judge(component));
    const rows = masses[component]!;
    const degenerate = rows < 1 || sizes.eigenvalueOverFloor < NEAR_FLOOR || sizes.eigenvalueOverResolution < NEAR_RESOLUTION;
    standing.push({ component, rows, ...sizes, degenerate });
  }
  return standing;
}

/**
 * The diagonal of the precision matrix WᵀW. With it comes a lower bound of eigenvalues that spares their calculation: in units of any scale,
 * the trace of the inverse of a part of Σ is at most the sum over its features of scale × precision, and the largest eigenvalue of that inverse
 * is at most its trace.
 */
function precisionDiagonal(kind: CovarianceKind, whitening: Float64Array, d: number): Float64Array {
  const precisions = new Float64Array(d);
  const full = kind.shape === "full";
  for (let i = 0; i < (full ? d : 1); i++) {
    for (let j = 0; j < (full ? i + 1 : d); j++) precisions[j]! += whitening[full ? i * d + j : j % whitening.length]! ** 2;
  }
  return precisions;
}
