import type { ColumnProfile } from "@mixtura/backend/authoring";
import { shapes } from "@mixtura/backend/internal/factors";
import type { Diagnostic } from "@mixtura/core";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf } from "../covariance/kind.ts";
import { DEGENERATE_COMPONENT } from "./degenerate-components.ts";
import type { Floors } from "./floors.ts";
import { smallestEigenvalue } from "./floors.ts";
import type { MixtureParameters } from "./m-step.ts";

/** What one component rests on. */
export interface ComponentHealth {
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
const NEAR_RESOLUTION = 1;
/** A lower bound this many times above what it is held against needs no eigenvalue: far more than rounding can do to it. */
const CLEAR = 2;

/** The health of every component. A shared covariance is judged once and counts for all. */
export function componentHealth(
  kind: CovarianceKind,
  { weights, covariances, whitening }: MixtureParameters,
  masses: Float64Array,
  floors: Floors,
  { steps, variances }: ColumnProfile,
): ComponentHealth[] {
  const d = steps.length;
  const resolution = steps.map((step) => (step * step) / 12);
  // Where a feature takes but a few values (its variance is within one step) it is discrete, not rounded.
  const stepped = Array.from(steps.keys()).filter((j) => steps[j]! > 0 && variances[j]! > steps[j]! ** 2);
  // A feature without any spread makes no component worse than another; it is reported by itself.
  const constant = new Set(floors.constant);
  const varied = Array.from(steps.keys()).filter((j) => !constant.has(j));
  const judge = (block: number): Pick<ComponentHealth, "eigenvalueOverFloor" | "eigenvalueOverResolution"> => {
    const covariance = blockOf(kind, covariances, block, d);
    const precisions = precisionDiagonal(kind, blockOf(kind, whitening, block, d), d);
    const smallest = (features: readonly number[], scale: Float64Array, limit: number): number => {
      if (features.length === 0 || features.some((j) => scale[j] === 0)) return Infinity;
      const trace = features.reduce((sum, j) => sum + scale[j]! * precisions[j]!, 0);
      if (trace > 0 && trace * CLEAR * limit < 1) return 1 / trace;
      return smallestEigenvalue(kind, covariance, features, scale);
    };
    return {
      eigenvalueOverFloor: smallest(varied, floors.judged, NEAR_FLOOR),
      eigenvalueOverResolution: smallest(stepped, resolution, NEAR_RESOLUTION),
    };
  };
  const health: ComponentHealth[] = [];
  const shared = kind.shared ? judge(0) : undefined;
  for (let component = 0; component < weights.length; component++) {
    const sizes = shared ?? judge(component);
    const rows = masses[component]!;
    const degenerate = rows < 1 || sizes.eigenvalueOverFloor < NEAR_FLOOR || sizes.eigenvalueOverResolution < NEAR_RESOLUTION;
    health.push({ component, rows, ...sizes, degenerate });
  }
  return health;
}

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
    .map(({ component, rows, eigenvalueOverFloor, eigenvalueOverResolution }) => ({
      code: DEGENERATE_COMPONENT,
      severity: "warning",
      component,
      message:
        rows < 1
          ? lessThanOneRow(component, rows)
          : `Component ${component} (${rows.toFixed(1)} rows) has almost no spread in some direction: ` +
            (eigenvalueOverResolution < NEAR_RESOLUTION
              ? `less than the rounding of the data itself. `
              : `its smallest eigenvalue is ${eigenvalueOverFloor.toPrecision(3)} times the regularisation floor. `) +
            `Its likelihood says nothing. Use fewer components, a larger regCovar, or a stiffer covarianceType.`,
      detail: finite({ rows, eigenvalueOverFloor, eigenvalueOverResolution }),
    }));
}

function lessThanOneRow(component: number, rows: number): string {
  return (
    `Component ${component} holds less than one row (${rows.toPrecision(3)}), so its likelihood says nothing. Use fewer components. ` +
    `Sample weights are frequencies: if yours sum to 1, multiply them by the number of rows.`
  );
}

function finite(detail: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => Number.isFinite(value)));
}
