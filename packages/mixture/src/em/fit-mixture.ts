import type { Rows } from "@mixtura/backend/authoring";
import { shapes } from "@mixtura/backend/internal/factors";
import { translated, WORK_PER_PAIR } from "@mixtura/backend/internal/rows";
import type { Data, Diagnostic, FittedModel, IterativeTrace, RestartTrace, StartsTrace } from "@mixtura/core";
import type { Random, FitState, ModelRecord } from "@mixtura/core/authoring";
import { createRandom, present } from "@mixtura/core/authoring";
import { checkFeatureSquares } from "@mixtura/core/internal";
import type { CovarianceKind } from "../covariance/kind.ts";
import { blockCount } from "../covariance/kind.ts";
import { covarianceKind } from "../covariance/kinds.ts";
import type { ExplicitStart } from "../starts/explicit.ts";
import type { CheckedGaussianMixtureOptions } from "../gaussian-mixture/options.ts";
import { isFixedStart, isSpelledOut } from "../starts/start.ts";
import { boundReached } from "./continued.ts";
import type { EmProblem, EmState } from "./driver.ts";
import type { Floors } from "./floors.ts";
import { floorsOf } from "./floors.ts";
import type { MixtureParameters } from "./m-step.ts";
import type { ComponentOrder } from "./order.ts";
import type { MixtureJob, Run, Session } from "./session.ts";
import { openSession, runRestarts } from "./session.ts";

/** The options that every kind of mixture has. */
export type MixtureFitOptions = Omit<CheckedGaussianMixtureOptions, "init"> & { readonly init?: FittedModel };

/** Where one start ended. */
export interface RestartResult {
  readonly parameters: MixtureParameters;
  readonly lowerBounds: readonly number[];
  readonly converged: boolean;
  /** Passes over the rows. */
  readonly passes: number;
  /** What restarts are compared by; higher is better. */
  readonly objective: number;
  /** Σ w: what the objective is a sum over. */
  readonly weight: number;
  readonly degenerate: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a fit takes place: the data, the form of the covariances, and what the caller spelled out. */
export interface FitSetting {
  readonly session: Session;
  readonly rows: Rows;
  readonly kind: CovarianceKind;
  readonly floors: Floors;
  readonly explicit: ExplicitStart;
  readonly order: ComponentOrder;
  /** Whether the caller spelled out where to start. */
  readonly isGivenStart: boolean;
  /** The bound of the iteration before the first, where this fit goes on with another. */
  readonly previous: number | undefined;
  /** Who asks, for error texts. */
  readonly caller: string;
}

/** How a run is to end, where that is not for `tol` to say. */
type RunOptions = Partial<Pick<EmProblem<unknown, never>, "enough" | "reached" | "maxIter">>;

/** What the kinds of mixture do their own way. */
export interface FitPlan<State, Result extends RestartResult, Fitted> {
  /** What was met before the first start. */
  readonly diagnostics?: readonly Diagnostic[];
  /** One start. */
  readonly start: (restart: number, random: Random, how?: RunOptions) => Promise<Run<EmState<State>, Result>>;
  /** A run that goes on from where another ended; absent where only whole starts are known. */
  readonly goOn?: (from: Result, how: RunOptions & { readonly isOfSample: boolean }) => Run<EmState<State>, Result>;
  /** The model of a state on the way. */
  passing(state: State, record: ModelRecord<IterativeTrace>): Fitted;
  /** The model of the best start. */
  fitted(result: Result, record: ModelRecord<IterativeTrace>): Fitted | Promise<Fitted>;
}

/** A covariance and its factor. */
const FACTORED = 2;
const SQUARES = {
  holder: "a mixture with full or tied covariances",
  instead: 'Take covarianceType "diag" or "spherical", or fewer features.',
};

/** Every state of a fit in turn, all restarts one after the other; returns the best model. */
export async function* mixtureStates<State, Result extends RestartResult, Fitted>(
  X: Data,
  job: MixtureJob,
  options: MixtureFitOptions,
  prepare: (setting: FitSetting) => FitPlan<State, Result, Fitted> | Promise<FitPlan<State, Result, Fitted>>,
): AsyncGenerator<FitState<Fitted>, Fitted> {
  const { nComponents, nInit, maxIter, tol, randomState, init } = options;
  const groups = { option: "nComponents", count: nComponents };
  const session = await openSession(X, job, { groups, work: workOf(options), randomState });
  const { rows } = session;
  try {
    const { caller } = job;
    const kind = covarianceKind(options.covarianceType);
    if (kind.rank === 2) checkFeatureSquares(rows.features, FACTORED * blockCount(kind, nComponents), caller, SQUARES);
    const floors = floorsOf(options.regCovar, rows.profile);
    const explicit = isSpelledOut(options)
      ? (await import("../starts/explicit.ts")).explicitStart(options, kind, rows.features, rows.profile.rows, caller)
      : {};
    // Whoever spelled out a start numbered the components.
    const isGivenStart = init !== undefined || isSpelledOut(options);
    const order = options.order ?? (isGivenStart ? "fit" : "means");
    const previous = boundReached(init, session);
    const setting = { session, rows, kind, floors, explicit, order, isGivenStart, previous, caller };
    const plan = await prepare(setting);
    const found = [...constantFeatures(floors.constant, rows.featureNames), ...(plan.diagnostics ?? [])];
    const isFixed = init !== undefined || isFixedStart(explicit) || nComponents === 1; // one component has one optimum
    const tried =
      nInit === "auto" && !isFixed && plan.goOn !== undefined && tol > 0
        ? await startTried(setting, { ...plan, goOn: plan.goOn })
        : undefined;
    const restarts = isFixed || nInit === "auto" ? 1 : nInit;
    const runs = runRestarts(session, { restarts, maxIter, start: tried?.run ?? plan.start });
    for (;;) {
      const next = await runs.next();
      if (next.done) {
        const results = next.value;
        const chosen = bestOf(results);
        const best = results[chosen]!;
        const mixed = !best.degenerate && results.some(({ degenerate }) => degenerate);
        const last = [
          ...best.diagnostics,
          ...(best.converged || tol === 0 ? [] : stoppedEarly(tol, maxIter)),
          ...(mixed ? setAside(results, best) : []),
        ];
        return await plan.fitted(best, recordOf(session, { results, starts: tried?.starts, chosen }, [...found, ...last]));
      }
      const { restart, iteration, bound, state } = next.value;
      const model = (): Fitted => plan.passing(state, recordOf(session, { results: [], chosen: -1 }, found, iteration));
      yield { restart, iteration, bound, model };
    }
  } finally {
    rows.release();
  }

  /** The best start that a budget of work finds, and the run from it. */
  async function startTried(
    setting: FitSetting,
    plan: FitPlan<State, Result, Fitted> & Required<Pick<FitPlan<State, Result, Fitted>, "goOn">>,
  ): Promise<{ readonly run: FitPlan<State, Result, Fitted>["start"]; readonly starts: StartsTrace }> {
    const { bestStart, budgetOf, trialRows } = await import("./budgeted-starts.ts");
    const { seed, pace } = session;
    const budget = budgetOf(setting.kind, rows, nComponents);
    const some = await trialRows(rows, budget.sample, seed, pace);
    try {
      const trials = await prepare({ ...setting, rows: some });
      const { restart, result, starts } = await bestStart(session, plan, { ...trials, goOn: plan.goOn }, budget, maxIter);
      // The run from a start that was tried on all rows is seen from its beginning.
      const run = (): ReturnType<typeof plan.start> =>
        budget.sample === undefined
          ? plan.start(restart, createRandom(seed, restart))
          : Promise.resolve(plan.goOn(result, { isOfSample: true }));
      return { run, starts };
    } finally {
      some.release();
    }
  }
}

/** EM iterations that a start usually takes, and starts where their number was not given. */
const USUAL_ITERATIONS = 30;
const USUAL_STARTS = 5;

function workOf(options: MixtureFitOptions): (rows: number, features: number) => number {
  const { nComponents, covarianceType, maxIter, nInit, init } = options;
  const shape = shapes[covarianceKind(covarianceType).shape];
  const starts = init !== undefined || isSpelledOut(options) ? 1 : nInit === "auto" ? USUAL_STARTS : nInit;
  const iterations = starts * Math.min(maxIter, USUAL_ITERATIONS);
  return (rows, d) => rows * nComponents * (shape.work(d) + WORK_PER_PAIR) * iterations;
}

/** The highest objective among sound optima; among degenerate ones where there is no other. */
function bestOf(results: readonly RestartResult[]): number {
  const sound = results.some((result) => !result.degenerate);
  let best = -1;
  results.forEach((result, index) => {
    if (sound && result.degenerate) return;
    if (best === -1 || result.objective > results[best]!.objective) best = index;
  });
  return best;
}

function recordOf(
  { rows, diagnostics, record }: Session,
  {
    results,
    chosen,
    starts,
  }: { readonly results: readonly RestartResult[]; readonly chosen: number; readonly starts?: StartsTrace | undefined },
  found: readonly Diagnostic[],
  iteration = 0,
): ModelRecord<IterativeTrace> {
  const best = results[chosen];
  return record({
    converged: best?.converged ?? false,
    iterations: best?.lowerBounds.length ?? iteration,
    lowerBounds: best?.lowerBounds ?? [],
    restarts: results.map((result, restart) => restartTrace(result, restart, restart === chosen, rows.origin)),
    ...present({ starts }),
    diagnostics: [...diagnostics(), ...found],
  });
}

function restartTrace(result: RestartResult, restart: number, chosen: boolean, origin: Float64Array): RestartTrace {
  const { weights, means, covariances } = result.parameters;
  return Object.freeze({
    restart,
    converged: result.converged,
    iterations: result.lowerBounds.length,
    passes: result.passes,
    score: result.objective / result.weight,
    degenerate: result.degenerate,
    chosen,
    parameters: Object.freeze({
      weights: Object.freeze([...weights]),
      means: Object.freeze([...translated(means, origin, 1)]),
      covariances: Object.freeze([...covariances]),
    }),
  });
}

/** The iterations ended before the bound converged. */
function stoppedEarly(tol: number, maxIter: number): Diagnostic[] {
  return [
    {
      code: "not-converged",
      severity: "warning",
      message: `The bound still changed by more than tol (${tol}) after maxIter (${maxIter}) iterations. Raise maxIter, or tol if this is close enough.`,
    },
  ];
}

/** Starts that were not chosen though their likelihood is higher. */
function setAside(results: readonly RestartResult[], best: RestartResult): Diagnostic[] {
  const higher = results.filter((result) => result.degenerate && result.objective > best.objective).length;
  if (higher === 0) return [];
  return [
    {
      code: "degenerate-restart-set-aside",
      severity: "info",
      message: `${higher} of ${results.length} starts reached a higher likelihood only through a degenerate component and were not chosen.`,
      detail: { restarts: higher },
    },
  ];
}

/** Features without any spread. */
function constantFeatures(constant: readonly number[], names: readonly string[] | undefined): Diagnostic[] {
  return constant.map((feature) => ({
    code: "constant-feature",
    severity: "warning",
    message: `The feature ${names?.[feature] === undefined ? feature : `"${names[feature]}"`} has the same value in every row and carries no information; leave it out.`,
    detail: { feature },
  }));
}
