import type { OnBackend } from "@mixtura/backend/authoring";
import type { Data, Diagnostic } from "@mixtura/core";
import type { FitJob } from "@mixtura/core/authoring";
import { createRandom, drawSeed } from "@mixtura/core/authoring";
import { SINGULAR_CONDITION, whitened } from "../concentrate/concentrate.ts";
import { openSample, releaseSample } from "../concentrate/sample.ts";
import type { StandardisedEstimate } from "../estimate.ts";
import { namer } from "../../gaussian/diagnostics.ts";
import { columnFindings, exactFitFinding, fewRowsFinding, regularizedFinding } from "../findings.ts";

import { finishedFit, nothingToEstimate } from "../fit.ts";
import type { Flat } from "../flat.ts";
import type { RobustPayload } from "../payload.ts";
import { regularisedEstimate } from "../mrcd/estimate.ts";
import type { CheckedMinCovDetOptions } from "../options.ts";
import { mrcdOptions } from "../options.ts";
import type { Standardised } from "../scale/standardise.ts";
import { tiedColumns } from "../scale/standardise.ts";
import type { RobustSession } from "../session.ts";
import { openRobustSession, orderedRows } from "../session.ts";
import { supportOf } from "../support-count.ts";
import type { ExactFit, Problem, Search } from "./minimise.ts";
import { exactFitEstimate, minimumDeterminant } from "./minimise.ts";

/** Rows per feature below which half of the rows do not carry a covariance. */
const FEWEST_ROWS_PER_FEATURE = 4;

/** An estimate and what there is to say about it. */
interface Outcome {
  readonly estimate: StandardisedEstimate;
  readonly findings: readonly Diagnostic[];
}

/** What a fit of MinCovDet gives: the plain estimate, or a regularised one where that is called for. */
export async function fitMinCovDet(X: Data, job: FitJob<CheckedMinCovDetOptions> & OnBackend): Promise<RobustPayload> {
  const { options } = job;
  const session = await openRobustSession(X, job);
  supportOf(options, session.rows.count, 0, session.caller); // rejected before any work
  const seed = options.randomState ?? drawSeed();
  const search: Search =
    options.algorithm === "fast" ? { algorithm: "fast", random: createRandom(seed), trials: options.nTrials } : { algorithm: "det" };
  // Draws by place are the same for rows that are turned and scaled, which their order by values is not.
  const drawn = options.algorithm === "fast" && session.X.columns > 1;
  const ordered = await orderedRows(session, drawn ? "given" : "canonical");
  const { estimate, findings } = await outcomeOf(session, ordered.standardised, options, search);
  const name = namer(session.X.featureNames);
  return finishedFit(job, session, ordered, estimate, { seed, findings: [...columnFindings(ordered.standardised, name), ...findings] });
}

async function outcomeOf(session: RobustSession, rows: Standardised, options: CheckedMinCovDetOptions, search: Search): Promise<Outcome> {
  const { rows: n, columns: p } = rows;
  if (p === 0) return { estimate: nothingToEstimate(n), findings: [] };
  const automatic = options.regularization === "auto";
  if (automatic && n < FEWEST_ROWS_PER_FEATURE * p) {
    return regularised(session, rows, supportOf(options, n, 0, session.caller).count, [fewRowsFinding(n, p)]);
  }
  const { count, fraction } = supportOf(options, n, p, session.caller);
  const found = await plain(session, rows, { count, fraction, search, rule: options.correction }, !automatic);
  const flat = "flat" in found ? found.flat : undefined;
  if ("estimate" in found && !(automatic && rows.tied.length > 0)) return found;
  const besides = flat !== undefined && isFlatBesides(flat, tiedColumns(rows));
  const { estimate, findings } = await regularised(session, rows, count, [], besides ? flat : undefined);
  // That rows agree in columns in which most do is said of the columns, and their spread is all that they need.
  if (flat === undefined || !(besides || estimate.regularization!.rho > 0)) return { estimate, findings };
  return { estimate, findings: [exactFitFinding(flat, rows, "regularized", namer(session.X.featureNames)), ...findings] };
}

/** Whether rows have no spread in another direction than those of tied columns that agree in all of them. */
function isFlatBesides({ covariance, location: { length: p } }: Flat, tied: readonly number[]): boolean {
  const raised = covariance.slice();
  for (const j of tied) if (raised[j * (p + 1)]! < 1 / SINGULAR_CONDITION) raised[j * (p + 1)]! += 1;
  return whitened(raised, p) === undefined;
}

/** The plain estimate. Where h rows lie on a hyperplane: with `flatToo` that of the rows on it, else the hyperplane. */
async function plain(session: RobustSession, rows: Standardised, problem: Problem, flatToo: boolean): Promise<Outcome | ExactFit> {
  const sample = openSample(rows, session.backend, session.pace);
  try {
    const found = await minimumDeterminant(sample, problem, session.search);
    if (!("flat" in found)) return { estimate: found, findings: [] };
    if (!flatToo) return found;
    const finding = exactFitFinding(found.flat, rows, "floored", namer(session.X.featureNames));
    return { estimate: await exactFitEstimate(sample, found), findings: [finding] };
  } finally {
    releaseSample(sample);
  }
}

async function regularised(
  session: RobustSession,
  rows: Standardised,
  count: number,
  why: readonly Diagnostic[],
  flat?: Flat,
): Promise<Outcome> {
  const problem = {
    count,
    target: mrcdOptions.target.default,
    maxCondition: mrcdOptions.maxCondition.default,
    flat,
    tied: tiedColumns(rows),
  };
  const estimate = await regularisedEstimate(rows, problem, session.search);
  const { regularization } = estimate;
  return { estimate, findings: [...why, ...(regularization.rho > 0 ? [regularizedFinding(regularization)] : [])] };
}
