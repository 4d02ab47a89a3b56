import type { ColumnProfile } from "@mixtura/backend/authoring";
import { shapes } from "@mixtura/backend/internal/factors";
import type { Diagnostic } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf } from "../covariance/kind.ts";
import { DEGENERATE_COMPONENT } from "./degenerate-components.ts";
import type { Floors } from "./floors.ts";
import { smallestEigenvalue } from "./floors.ts";
import { independentFeatures } from "./spanned.ts";
import type { MixtureParameters } from "./m-step.ts";

/** What one component rests on. */
export interface ComponentHealth {
  readonly component: number;
  /** Rows held, Σ w r. */
  readonly rows: number;
  /** Rows that a covariance of this type needs. */
  readonly rowsNeeded: number;
  /**
   * Smallest eigenvalue of the covariance, over the features in which all rows together spread, in units of the relative floor of each; Infinity without a
   * floor. Where a lower bound of it is well clear of the floor, that bound.
   */
  readonly eigenvalueOverFloor: number;
  /** The same among features recorded in steps, in units of the rounding variance h²/12; Infinity where no feature is, or where steps limit covariances. */
  readonly eigenvalueOverResolution: number;
  readonly degenerate: boolean;
  /** The rows in all, and those that a shared covariance needs, where they are too few for it. */
  readonly pooled?: { readonly rows: number; readonly needed: number };
}

/** An eigenvalue within this factor of the floor is the floor's doing. */
const NEAR_FLOOR = 10;
/** A spread below the rounding of the data itself says nothing. */
const NEAR_RESOLUTION = 1;
/** A lower bound this many times above what it is held against needs no eigenvalue: far more than rounding can do to it. */
const CLEAR = 2;

/**
 * The health of every component. A shared covariance is judged once and counts for all. A component at the limit that the steps of a feature set is as narrow
 * as the ruler allows: its gain is bounded, and it is sound.
 */
export async function componentHealth(
  kind: CovarianceKind,
  { weights, covariances, whitening }: MixtureParameters,
  masses: Float64Array,
  { judged, resolution, rounded }: Floors,
  profile: ColumnProfile,
  pace: Pace,
): Promise<ComponentHealth[]> {
  const d = judged.length;
  // A direction in which no row differs from another makes no component worse than another; it is reported by itself.
  const features = independentFeatures(profile);
  const rowsNeeded = kind.leastRows(features.length);
  const judge = async (block: number): Promise<Pick<ComponentHealth, "eigenvalueOverFloor" | "eigenvalueOverResolution">> => {
    const precisions = precisionDiagonal(kind, blockOf(kind, whitening, block, d), d);
    const smallest = async (among: readonly number[], scale: Float64Array, limit: number): Promise<number> => {
      if (among.length === 0 || among.some((j) => scale[j] === 0)) return Infinity;
      const trace = among.reduce((sum, j) => sum + scale[j]! * precisions[j]!, 0);
      if (trace > 0 && trace * CLEAR * limit < 1) return 1 / trace;
      return smallestEigenvalue(kind, blockOf(kind, covariances, block, d), among, scale, pace);
    };
    return {
      eigenvalueOverFloor: await smallest(features, judged, NEAR_FLOOR),
      eigenvalueOverResolution: await smallest(
        rounded.filter((j) => features.includes(j)),
        resolution,
        NEAR_RESOLUTION,
      ),
    };
  };
  const health: ComponentHealth[] = [];
  const shared = kind.shared ? await judge(0) : undefined;
  // Each mean takes one row's worth of freedom from a covariance that all share.
  const pooled = { rows: masses.reduce((sum, mass) => sum + mass, 0), needed: weights.length + kind.pooledRows(features.length) };
  const short = kind.shared && pooled.rows < pooled.needed * (1 - ROUNDING);
  for (let component = 0; component < weights.length; component++) {
    const sizes = shared ?? (await judge(component));
    const rows = masses[component]!;
    const degenerate =
      short ||
      rows < rowsNeeded * (1 - ROUNDING) ||
      sizes.eigenvalueOverFloor < NEAR_FLOOR ||
      sizes.eigenvalueOverResolution < NEAR_RESOLUTION;
    health.push({ component, rows, rowsNeeded, ...sizes, degenerate, ...(short ? { pooled } : {}) });
  }
  return health;
}

/** A component of exactly the rows that it needs may miss a little of one to the others. */
const ROUNDING = 1e-6;

/**
 * The diagonal of the precision matrix WᵀW. With it comes a lower bound of eigenvalues that spares their calculation: in units of any scale,
 * the trace of the inverse of a part of Σ is at most the sum over its features of scale × precision, and the largest eigenvalue of that inverse
 * is at most its trace.
 */
function precisionDiagonal(kind: CovarianceKind, whitening: Float64Array, d: number): Float64Array {
  const shape = shapes[kind.shape];
  if (shape.independent) return shape.diagonal(whitening, 0, d).map((value) => value ** 2);
  const triangle = shape.triangle(whitening, 0, d);
  const precisions = new Float64Array(d);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) precisions[j]! += triangle[i * d + j]! ** 2;
  return precisions;
}

/** The diagnostics of components with too few rows or too little spread. */
export function degenerateDiagnostics(health: readonly ComponentHealth[]): Diagnostic[] {
  return health
    .filter(({ degenerate }) => degenerate)
    .map((own) => ({
      code: DEGENERATE_COMPONENT,
      severity: "warning",
      component: own.component,
      message: own.rows < 1 ? lessThanOneRow(own.component, own.rows) : reason(own) + ADVICE,
      detail: finite({
        rows: own.rows,
        rowsNeeded: own.rowsNeeded,
        eigenvalueOverFloor: own.eigenvalueOverFloor,
        eigenvalueOverResolution: own.eigenvalueOverResolution,
      }),
    }));
}

const ADVICE = " Its likelihood says nothing. Use fewer components, a larger regCovar, or a stiffer covarianceType.";

function reason({ component, rows, rowsNeeded, eigenvalueOverFloor, eigenvalueOverResolution, pooled }: ComponentHealth): string {
  if (pooled !== undefined)
    return `The covariance that all components share rests on ${pooled.rows.toFixed(1)} rows; with the means of so many it needs at least ${pooled.needed}.`;
  const narrow = `Component ${component} (${rows.toFixed(1)} rows) has almost no spread in some direction`;
  if (eigenvalueOverResolution < NEAR_RESOLUTION) return `${narrow}: less than the rounding of the data itself.`;
  return eigenvalueOverFloor < NEAR_FLOOR
    ? `${narrow} in which the rows together have some: its smallest eigenvalue is ${eigenvalueOverFloor.toPrecision(3)} times the floor.`
    : `Component ${component} holds ${rows.toFixed(1)} rows; its covariance needs at least ${rowsNeeded}.`;
}

function finite(detail: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => Number.isFinite(value)));
}

function lessThanOneRow(component: number, rows: number): string {
  return (
    `Component ${component} holds less than one row (${rows.toPrecision(3)}), so its likelihood says nothing. Use fewer components. ` +
    `Sample weights are frequencies: if yours sum to 1, multiply them by the number of rows.`
  );
}
