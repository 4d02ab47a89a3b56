import type { OnBackend } from "@mixtura/backend/authoring";
import type { Data } from "@mixtura/core";
import type { FitJob } from "@mixtura/core/authoring";
import { namer } from "../../gaussian/diagnostics.ts";
import { columnFindings, regularizedFinding } from "../findings.ts";

import { finishedFit, nothingToEstimate } from "../fit.ts";
import type { RobustPayload } from "../payload.ts";
import type { CheckedMRCDOptions } from "../options.ts";
import { tiedColumns } from "../scale/standardise.ts";
import { openRobustSession, orderedRows } from "../session.ts";
import { supportOf } from "../support-count.ts";
import { regularisedEstimate } from "./estimate.ts";

/** A fit of MRCD. */
export async function fitMRCD(X: Data, job: FitJob<CheckedMRCDOptions> & OnBackend): Promise<RobustPayload> {
  const { options } = job;
  const session = await openRobustSession(X, job);
  const { count } = supportOf(options, session.rows.count, 0, session.caller);
  const ordered = await orderedRows(session, "canonical");
  const { standardised } = ordered;
  const findings = columnFindings(standardised, namer(session.X.featureNames));
  if (standardised.columns === 0) return finishedFit(job, session, ordered, nothingToEstimate(standardised.rows), { findings });
  const { target, maxCondition, rho } = options;
  const estimate = await regularisedEstimate(
    standardised,
    { count, target, maxCondition, weight: rho, tied: tiedColumns(standardised) },
    session.search,
  );
  const regularized = estimate.regularization.rho > 0 ? [regularizedFinding(estimate.regularization)] : [];
  return finishedFit(job, session, ordered, estimate, { findings: [...findings, ...regularized] });
}
