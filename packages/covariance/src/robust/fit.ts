import type { Diagnostic, FitTrace, Matrix, RestartTrace } from "@mixtura/core";
import type { RobustEstimate, StandardisedEstimate } from "./estimate.ts";
import { inDataCoordinates, scaleOfDeterminant } from "./estimate.ts";
import { notConvergedFinding } from "./findings.ts";
import type { OrderedRows, RobustSession } from "./session.ts";

/** What a robust fit gives, for a model to be made of. */
export interface RobustFit {
  readonly X: Matrix;
  readonly estimate: RobustEstimate;
  readonly trace: FitTrace;
}

/** Takes an estimate back to the data's coordinates and writes down how the fit went. */
export function finishedFit(
  { X, caller, pace, backend, diagnostics, elapsedMilliseconds }: RobustSession,
  { standardised, order }: OrderedRows,
  estimate: StandardisedEstimate,
  { seed, findings }: { readonly seed: number; readonly findings: readonly Diagnostic[] },
): RobustFit {
  pace.check(); // called off during the last pass is called off
  const scale = scaleOfDeterminant(standardised);
  const { steps, converged, restarts } = estimate;
  return {
    X,
    estimate: inDataCoordinates(estimate, standardised, { X, order, caller }),
    trace: {
      converged,
      iterations: steps.length,
      lowerBounds: Object.freeze(steps.map((logDeterminant) => -(logDeterminant + scale))),
      seed,
      backend: backend.name,
      restarts: Object.freeze(restarts.map((restart): RestartTrace => Object.freeze({ ...restart, score: restart.score - scale }))),
      diagnostics: Object.freeze([...diagnostics(), ...findings, ...(converged ? [] : [notConvergedFinding()])]),
      elapsedMilliseconds: elapsedMilliseconds(),
    },
  };
}

/** The estimate of rows that all agree. */
export function nothingToEstimate(rows: number): StandardisedEstimate {
  const none = { consistency: 1, smallSample: 1 };
  const part = { location: new Float64Array(0), covariance: new Float64Array(0), labels: new Int32Array(rows) };
  return {
    raw: part,
    final: part,
    logDeterminant: 0,
    supportCount: rows,
    corrections: { raw: none, reweighted: none },
    restarts: [],
    steps: [],
    converged: true,
  };
}
