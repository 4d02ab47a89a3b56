import { symmetricEigen } from "@mixtura/backend";
import type { Diagnostic } from "@mixtura/core";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockOf } from "../covariance/kind.ts";
import type { Floors } from "./floors.ts";
import type { MixtureParameters } from "./parameters.ts";
import type { Survey } from "./survey.ts";

/** How firmly one component stands. */
export interface ComponentFooting {
  readonly component: number;
  /** Rows held, Σ w r. */
  readonly rows: number;
  /** Smallest eigenvalue of the covariance in units of the regularisation floor of each feature; Infinity without a floor. */
  readonly eigenvalueOverFloor: number;
  /** Smallest eigenvalue among features recorded in steps, in units of the rounding variance h²/12; Infinity where no feature is. */
  readonly eigenvalueOverResolution: number;
  readonly degenerate: boolean;
}

/** An eigenvalue within this factor of the floor is the floor's doing. */
const NEAR_FLOOR = 10;

/** The footing of every component. A shared covariance is judged once and counts for all. */
export function footings(
  kind: CovarianceKind,
  { weights, covariances }: MixtureParameters,
  masses: Float64Array,
  floors: Floors,
  { steps, variances }: Survey,
): ComponentFooting[] {
  const d = steps.length;
  const resolution = steps.map((step) => (step * step) / 12);
  // Where a feature takes but a few values (its variance is within one step) it is discrete, not rounded.
  const stepped = Array.from(steps.keys()).filter((j) => steps[j]! > 0 && variances[j]! > steps[j]! ** 2);
  // A feature without any spread makes no component worse than another; it is reported by itself.
  const varied = Array.from(steps.keys()).filter((j) => !floors.constant.includes(j));
  const judge = (block: number): Pick<ComponentFooting, "eigenvalueOverFloor" | "eigenvalueOverResolution"> => {
    const matrix = kind.expand(blockOf(kind, covariances, block, d), d);
    return {
      eigenvalueOverFloor: smallestEigenvalue(matrix, d, varied, floors.judged),
      eigenvalueOverResolution: smallestEigenvalue(matrix, d, stepped, resolution),
    };
  };
  const shared = kind.shared ? judge(0) : undefined;
  return Array.from(weights.keys(), (component) => {
    const sizes = shared ?? judge(component);
    const rows = masses[component]!;
    const degenerate = rows < 1 || sizes.eigenvalueOverFloor < NEAR_FLOOR || sizes.eigenvalueOverResolution < 1;
    return { component, rows, ...sizes, degenerate };
  });
}

/** What the user is told about components that rest on too little. */
export function degenerateDiagnostics(standing: readonly ComponentFooting[]): Diagnostic[] {
  return standing
    .filter(({ degenerate }) => degenerate)
    .map(({ component, rows, eigenvalueOverFloor, eigenvalueOverResolution }) => ({
      code: "degenerate-component",
      severity: "warning",
      component,
      message:
        rows < 1
          ? lessThanOneRow(component, rows)
          : `Component ${component} (${rows.toFixed(1)} rows) has almost no spread in some direction: ` +
            (eigenvalueOverResolution < 1
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

/** Smallest eigenvalue of the part of a covariance that belongs to `features`, each in units of √scale. */
function smallestEigenvalue(matrix: Float64Array, d: number, features: readonly number[], scale: Float64Array): number {
  if (features.length === 0 || features.some((j) => scale[j] === 0)) return Infinity;
  const size = features.length;
  const part = new Float64Array(size * size);
  features.forEach((i, a) =>
    features.forEach((j, b) => (part[a * size + b] = matrix[i * d + j]! / Math.sqrt(scale[i]!) / Math.sqrt(scale[j]!))),
  );
  return symmetricEigen(part, size).values[0]!;
}

function finite(detail: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => Number.isFinite(value)));
}
