import type { Rows } from "@mixtura/backend/authoring";
import { translated } from "@mixtura/backend/internal/rows";
import type { Data, IterativeTrace } from "@mixtura/core";
import type { FitState, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { Coordinates } from "../acceleration/coordinates.ts";
import { mixtureCoordinates } from "../acceleration/mixture-coordinates.ts";
import type { CovarianceKind } from "../covariance/kind.ts";
import { freeParameters } from "../covariance/kind.ts";
import { componentHealth, degenerateDiagnostics } from "../em/degeneracy.ts";
import type { Advance, EmEnd, EmProblem, EmState, Scheme } from "../em/driver.ts";
import { checkReach, iterate } from "../em/driver.ts";
import { fewRowsDiagnostic } from "../em/few-rows.ts";
import type { RestartResult } from "../em/fit-mixture.ts";
import { mixtureStates } from "../em/fit-mixture.ts";
import type { Floors } from "../em/floors.ts";
import type { Maximised, MixtureParameters } from "../em/m-step.ts";
import { componentsOf, maximise, needsRepair, withRaised } from "../em/m-step.ts";
import type { ComponentOrder } from "../em/order.ts";
import { numberingOf, reorderParameters } from "../em/order.ts";
import type { RepairLog } from "../em/repair.ts";
import type { MixtureJob } from "../em/session.ts";
import { independentFeatures, marginalComponents } from "../em/spanned.ts";
import { atLeast, startingParameters } from "../starts/start.ts";
import { FittedGaussianMixture } from "./model.ts";
import type { IndependentFacts, TrainingFacts } from "./payload.ts";
import type { CheckedGaussianMixtureOptions } from "./options.ts";

/** Every state of a fit in turn, all restarts one after the other; returns the best model. */
export function fitStates(
  X: Data,
  job: MixtureJob<CheckedGaussianMixtureOptions>,
): AsyncGenerator<FitState<FittedGaussianMixture>, FittedGaussianMixture> {
  const { options } = job;
  const { init, nComponents, covarianceType, maxIter, tol, precision, acceleration } = options;
  return mixtureStates(X, job, options, async (setting) => {
    const { session, rows, kind, order, caller } = setting;
    const initial = init && (await import("../starts/explicit.ts")).parametersOfModel(init, nComponents, kind, rows, caller);
    const model = (
      { weights, means, covariances }: MixtureParameters,
      record: ModelRecord<IterativeTrace>,
      training?: TrainingFacts,
    ): FittedGaussianMixture =>
      new FittedGaussianMixture(
        { ...record, covarianceType, weights, means: translated(means, rows.origin, 1), covariances, ...present({ training }) },
        rows.backend,
      );
    const emProblem: Problem = { ...setting, pace: session.pace, maxIter, tol, mixed: precision === "mixed", acceleration };
    return {
      async start(restart, random, how = {}) {
        const problem = { ...options, ...setting, pace: session.pace };
        const start = initial === undefined ? await startingParameters(problem, restart, random) : await atLeast(problem, initial);
        return expectationMaximisation({ ...emProblem, ...how }, start);
      },
      goOn: ({ parameters, lowerBounds }, { isOfSample, ...how }) =>
        expectationMaximisation({ ...emProblem, ...how }, parameters, isOfSample ? [] : lowerBounds),
      passing(state, record) {
        const numbering = numberingOf(order, state.means, heldRows(state, rows), rows.profile);
        return model(reorderParameters(kind, state, numbering), record);
      },
      fitted: ({ parameters, weight, logLikelihood, classificationLogLikelihood, independent }, record) =>
        model(parameters, record, { weight, logLikelihood, classificationLogLikelihood, ...present({ independent }) }),
    };
  });
}

/** What EM is run on. */
interface Problem extends Omit<EmProblem<MixtureParameters, Step>, "scheme"> {
  readonly kind: CovarianceKind;
  readonly floors: Floors;
  readonly order: ComponentOrder;
  readonly acceleration: "auto" | "none";
}

/** Where EM ended. */
interface EmResult extends RestartResult {
  /** Σ w log p(x) under the final parameters, and its classification form Σ w maxₖ log πₖ pₖ(x). */
  readonly logLikelihood: number;
  readonly classificationLogLikelihood: number;
  /** The same of the features that do not follow from others, where some do. */
  readonly independent?: IndependentFacts;
}

/** What the training data say of the marginal over the features that neither are constant nor follow from others; nothing where that is all of them. */
async function independentFacts(
  { rows, kind }: Problem,
  parameters: MixtureParameters,
  precision: EmEnd<MixtureParameters>["precision"],
): Promise<IndependentFacts | undefined> {
  const features = independentFeatures(rows.profile);
  if (features.length === 0 || features.length === rows.features) return undefined;
  const components = marginalComponents(kind, parameters, features);
  if (components === undefined) return undefined;
  const { logLikelihood, classificationLogLikelihood } = await rows.expectation(components, { scatter: "none", precision });
  return { features, logLikelihood, classificationLogLikelihood };
}

/** Expectation maximisation from given parameters: yields every state, returns the end. */
async function* expectationMaximisation(
  problem: Problem,
  start: MixtureParameters,
  before: readonly number[] = [],
): AsyncGenerator<EmState<MixtureParameters>, EmResult> {
  const { rows, kind, floors, pace } = problem;
  let log: RepairLog | undefined;
  const scheme: Scheme<MixtureParameters, Step> = {
    scatter: kind.scatter,
    components: (parameters) => componentsOf(kind, parameters),
    advance(moments, before, first) {
      const maximised = maximise(kind, moments, before, floors);
      const { parameters, farMove, failed, low } = maximised;
      const isTooFar = farMove || (failed.length > 0 && moments.s1.some((value) => value !== 0));
      return {
        state: parameters,
        // The mean log-likelihood under the parameters before the map.
        bound: first.logLikelihood / first.weight,
        centres: isTooFar ? parameters.means : undefined,
        needsRepair: needsRepair(maximised),
        held: low.join(),
        isUnfinished: low.length > 0 || needsRepair(maximised),
        maximised,
      };
    },
    async finish(before, { maximised, ...step }) {
      const parameters = await withRaised(kind, maximised.parameters, maximised.low, floors.least, pace);
      if (!needsRepair(maximised)) return { ...step, maximised, state: parameters };
      const { repair, RepairLog: Log } = await import("../em/repair.ts"); // few fits need it
      log ??= new Log();
      return { ...step, maximised, state: await repair(rows, kind, before, { ...maximised, parameters }, floors, log) };
    },
  };
  const coordinates = async (anchor: MixtureParameters): Promise<Coordinates<MixtureParameters>> => {
    const plain = await mixtureCoordinates(kind, anchor, pace);
    const sound = { kind, floors, nComponents: anchor.weights.length, pace };
    // What lies ahead is raised to the least covariance as an M-step is.
    return {
      ...plain,
      async at(place) {
        const state = await plain.at(place);
        return state && atLeast(sound, state);
      },
    };
  };
  const ahead = problem.acceleration === "auto" && problem.tol > 0 ? { coordinates } : {};
  const { state, lowerBounds, converged, precision, passes, best } = yield* iterate({ ...problem, scheme, ...ahead }, start, before);
  const judged = async (end: MixtureParameters) => {
    const numbering = numberingOf(problem.order, end.means, heldRows(end, rows), rows.profile);
    const parameters = reorderParameters(kind, end, numbering);
    const last = await rows.expectation(componentsOf(kind, parameters), { scatter: "none", precision });
    checkReach(last, problem);
    return { numbering, parameters, last };
  };
  let end = await judged(state);
  // Where something is added to variances the bound may have fallen: the best state of all counts.
  if (best !== undefined && end.last.logLikelihood / end.last.weight < best.bound) end = await judged(best.state);
  const { numbering, parameters, last } = end;
  const independent = await independentFacts(problem, parameters, precision);
  const health = await componentHealth(kind, parameters, last.s0, floors, rows.profile, pace);
  return {
    parameters,
    lowerBounds,
    converged,
    passes,
    objective: last.logLikelihood,
    logLikelihood: last.logLikelihood,
    classificationLogLikelihood: last.classificationLogLikelihood,
    weight: last.weight,
    ...present({ independent }),
    degenerate: health.some(({ degenerate }) => degenerate),
    diagnostics: [
      ...(log?.diagnostics(last.s0, numbering) ?? []),
      ...degenerateDiagnostics(health),
      ...fewRowsDiagnostic(freeParameters(kind, parameters.weights.length, independent?.features.length ?? rows.features), last.weight),
    ],
  };
}

/** The rows of each component. */
function heldRows({ weights }: MixtureParameters, { profile }: Rows): Float64Array {
  return weights.map((weight) => weight * profile.weight);
}

/** An M-step, with what stands in the way of using it. */
interface Step extends Advance<MixtureParameters> {
  readonly maximised: Maximised;
}
