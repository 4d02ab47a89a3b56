import type { Diagnostic, RestartTrace } from "@mixtura/core";
import type { FitJob } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import { flooredEllipse } from "../gaussian/ellipse.ts";
import { NO_CORRECTION } from "./correction.ts";
import type { StandardisedEstimate } from "./estimate.ts";
import { inDataCoordinates, scaleOfDeterminant } from "./estimate.ts";
import { notConvergedFinding } from "./findings.ts";
import type { RobustPayload } from "./payload.ts";
import type { OrderedRows, RobustSession } from "./session.ts";

/** Takes an estimate back to the data's coordinates and writes down how the fit went. */
export function finishedFit(
  job: FitJob<unknown>,
  { X, read, caller, pace, backend, diagnostics }: RobustSession,
  { standardised, order }: OrderedRows,
  estimate: StandardisedEstimate,
  { seed, findings }: { readonly seed?: number; readonly findings: readonly Diagnostic[] },
): RobustPayload {
  pace.check(); // aborted during the last pass is aborted
  const scale = scaleOfDeterminant(standardised);
  const { steps, converged, restarts } = estimate;
  const { scales, ...parts } = inDataCoordinates(estimate, standardised, { X, order, caller });
  const { floor } = flooredEllipse(parts, scales);
  return {
    ...job.record(read, {
      converged,
      iterations: steps.length,
      lowerBounds: steps.map((logDeterminant) => -(logDeterminant + scale)),
      backend: backend.name,
      restarts: restarts.map((restart): RestartTrace => Object.freeze({ ...restart, score: restart.score - scale })),
      diagnostics: [...diagnostics(), ...findings, ...(converged ? [] : [notConvergedFinding()])],
      ...present({ seed }),
    }),
    ...parts,
    ...present({ floor }),
  };
}

/** The estimate of rows that all agree. */
export function nothingToEstimate(rows: number): StandardisedEstimate {
  const part = { location: new Float64Array(0), covariance: new Float64Array(0), labels: new Int32Array(rows) };
  return {
    raw: part,
    final: part,
    logDeterminant: 0,
    supportCount: rows,
    corrections: { raw: NO_CORRECTION, reweighted: NO_CORRECTION },
    restarts: [],
    steps: [],
    converged: true,
  };
}
