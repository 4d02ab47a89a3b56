import type { Diagnostic } from "@mixtura/core";

/** With fewer rows than this to a free parameter, what was found may be chance. */
const ROWS_PER_PARAMETER = 5;

/** Says that a mixture has many free parameters for its rows. */
export function fewRowsDiagnostic(nParameters: number, weight: number): Diagnostic[] {
  if (nParameters < weight / ROWS_PER_PARAMETER) return [];
  return [
    {
      code: "few-rows-for-parameters",
      severity: "warning",
      message:
        `${nParameters} free parameters for ${Number(weight.toPrecision(6))} rows: that is less than ${ROWS_PER_PARAMETER} rows to a parameter, so what was found may be ` +
        "chance. Use fewer components, a stiffer covarianceType, fewer features, or more rows.",
      detail: { nParameters, rows: weight },
    },
  ];
}
