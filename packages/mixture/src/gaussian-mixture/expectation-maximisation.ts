import type { CovarianceKind } from "../covariance/kind.ts";
import { footings } from "../em/degenerate.ts";
import type { Advance, EmProblem, EmState, Scheme } from "../em/driver.ts";
import { checkReach, iterate } from "../em/driver.ts";
import type { RestartResult } from "../em/fit-mixture.ts";
import type { Floors } from "../em/floors.ts";
import type { Maximised } from "../em/maximise.ts";
import { maximise, needsRepair } from "../em/maximise.ts";
import type { MixtureParameters } from "../em/parameters.ts";
import { componentsOf } from "../em/parameters.ts";
import type { RepairLog } from "../em/repair-log.ts";

/** What EM is run on. */
interface Problem extends Omit<EmProblem<MixtureParameters, Step>, "scheme"> {
  readonly kind: CovarianceKind;
  readonly floors: Floors;
}

/** Where EM ended. */
export interface EmResult extends RestartResult {
  /** Σ w log p(x) under the final parameters, and its classification form Σ w maxₖ log πₖ pₖ(x). */
  readonly logLikelihood: number;
  readonly classificationLogLikelihood: number;
}

/** Expectation maximisation from given parameters: yields every state, returns the end. */
export async function* expectationMaximisation(
  problem: Problem,
  start: MixtureParameters,
): AsyncGenerator<EmState<MixtureParameters>, EmResult> {
  const { rows, kind, floors, caller } = problem;
  let log: RepairLog | undefined;
  const scheme: Scheme<MixtureParameters, Step> = {
    scatter: kind.scatter,
    components: (parameters) => componentsOf(kind, parameters),
    advance(moments, before, first) {
      const maximised = maximise(kind, moments, before, floors.regularisation);
      const { parameters, farMove, failed } = maximised;
      const isTooFar = farMove || (failed.length > 0 && moments.s1.some((value) => value !== 0));
      return {
        state: parameters,
        // The mean log-likelihood under the parameters before the map.
        bound: first.logLikelihood / first.weight,
        centres: isTooFar ? parameters.means : undefined,
        needsRepair: needsRepair(maximised),
        maximised,
      };
    },
    async repair(before, step) {
      const rare = await import("../rare.ts");
      log ??= new rare.RepairLog();
      return { ...step, state: await rare.repair(rows, kind, before, step.maximised, floors, log) };
    },
  };
  const { state: parameters, lowerBounds, converged, precision } = yield* iterate({ ...problem, scheme }, start);

  const last = await rows.expectation(componentsOf(kind, parameters), { scatter: "none", precision });
  await checkReach(last, caller);
  const standing = await footings(kind, parameters, last.s0, floors, rows.profile);
  const degenerate = standing.some((footing) => footing.degenerate);
  return {
    parameters,
    lowerBounds,
    converged,
    objective: last.logLikelihood,
    logLikelihood: last.logLikelihood,
    classificationLogLikelihood: last.classificationLogLikelihood,
    weight: last.weight,
    degenerate,
    diagnostics: [
      ...(log?.diagnostics(last.s0) ?? []),
      ...(degenerate ? (await import("../rare.ts")).degenerateDiagnostics(standing) : []),
    ],
  };
}

/** An M-step, with what stands in the way of using it. */
interface Step extends Advance<MixtureParameters> {
  readonly maximised: Maximised;
}
