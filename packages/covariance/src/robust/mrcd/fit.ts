import type { Backend } from "@mixtura/backend";
import type { BlockSource, FitContext, MatrixLike } from "@mixtura/core";
import { namer } from "../../gaussian/diagnostics.ts";
import { columnFindings, regularizedFinding } from "../findings.ts";

import { finishedFit, nothingToEstimate } from "../fit.ts";
import type { RobustPayload } from "../payload.ts";
import type { CheckedMRCDOptions } from "../options.ts";
import { openRobustSession, orderedRows } from "../session.ts";
import { supportOf } from "../support-count.ts";
import { regularisedEstimate } from "./estimate.ts";

/** The name of the estimator and of its models. */
export const MRCD_TYPE = "MRCD";

/** A fit of MRCD. */
export async function fitMRCD(
  X: MatrixLike | BlockSource,
  options: CheckedMRCDOptions,
  backend: Backend | undefined,
  context?: FitContext | null,
): Promise<RobustPayload> {
  const session = await openRobustSession(MRCD_TYPE, X, backend, context);
  const { count } = supportOf(options, session.rows.count, 0, session.caller);
  const ordered = await orderedRows(session, "canonical");
  const { standardised } = ordered;
  const findings = columnFindings(standardised, namer(session.X.featureNames));
  if (standardised.columns === 0) return finishedFit(session, ordered, nothingToEstimate(standardised.rows), { seed: 0, findings });
  const { target, maxCondition, rho } = options;
  const estimate = await regularisedEstimate(standardised, { count, target, maxCondition, weight: rho }, session.search);
  const regularized = estimate.regularization.rho > 0 ? [regularizedFinding(estimate.regularization)] : [];
  return finishedFit(session, ordered, estimate, { seed: 0, findings: [...findings, ...regularized] });
}
