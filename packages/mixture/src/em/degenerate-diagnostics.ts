import type { Diagnostic } from "@mixtura/core";
import type { ComponentFooting } from "./degenerate.ts";
import { DEGENERATE_COMPONENT } from "./degenerate-components.ts";
import { NEAR_RESOLUTION } from "./degenerate.ts";

/** What the user is told about components that rest on too little. */
export function degenerateDiagnostics(standing: readonly ComponentFooting[]): Diagnostic[] {
  return standing
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
