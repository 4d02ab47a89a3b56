import { translated } from "@mixtura/backend/internal/rows";
import type { Data, IterativeTrace } from "@mixtura/core";
import type { FitState, ModelRecord } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { EmProblem, EmState } from "../em/driver.ts";
import { iterate } from "../em/driver.ts";
import type { FitPlan, FitSetting, RestartResult } from "../em/fit-mixture.ts";
import { mixtureStates } from "../em/fit-mixture.ts";
import type { RegCovar } from "../em/floors.ts";
import { numberingOf, reorderParameters } from "../em/order.ts";
import { RepairLog } from "../em/repair.ts";
import type { MixtureJob } from "../em/session.ts";
import { gaussianMixtureOptions } from "../gaussian-mixture/options.ts";
import { concentrated } from "./concentrated.ts";
import { flatComponents } from "./flat-components.ts";
import { FittedBayesianGaussianMixture } from "./model.ts";
import { improvedByMoves } from "./moves.ts";
import { occupiedComponents } from "./occupied.ts";
import type { CheckedBayesianGaussianMixtureOptions } from "./options.ts";
import type { BayesianMixturePayload } from "./payload.ts";
import type { Posterior } from "./posterior.ts";
import { variationalComponents } from "./posterior.ts";
import { posteriorCoordinates } from "./posterior-coordinates.ts";
import { priorFromOptions } from "./prior-from-options.ts";
import { renumbered, reordered } from "./rearranged.ts";
import type { Start } from "./start.ts";
import { startingPosterior } from "./start.ts";
import type { VariationalModel, VariationalScheme, VariationalStep } from "./variational.ts";
import { variationalScheme } from "./variational.ts";
import { isBySticks, weightDistribution } from "./weights.ts";

/** What limits covariances where nothing was said; scikit-learn knows of no steps. */
const REG_COVAR = { conjugate: gaussianMixtureOptions.regCovar.default, "scikit-learn": { relative: 1e-6, steps: 0 } } as const;

/** Where one start ended. */
interface VariationalResult extends RestartResult {
  /** As the iterations left it. */
  readonly state: Posterior;
  /** The component of that state that each number stands for. */
  readonly numbering: readonly number[];
}

/** Every state of a fit in turn, all restarts one after the other; returns the best model. */
export function fitStates(
  X: Data,
  job: MixtureJob<CheckedBayesianGaussianMixtureOptions>,
): AsyncGenerator<FitState<FittedBayesianGaussianMixture>, FittedBayesianGaussianMixture> {
  const options = { ...job.options, regCovar: job.options.regCovar ?? REG_COVAR[job.options.priorConvention] };
  return mixtureStates(X, job, options, (setting) => planOf(setting, options));
}

type Options = CheckedBayesianGaussianMixtureOptions & { readonly regCovar: RegCovar };

async function planOf(
  setting: FitSetting,
  options: Options,
): Promise<FitPlan<Posterior, VariationalResult, FittedBayesianGaussianMixture>> {
  const { rows, kind, floors, session, order, isGivenStart, previous, caller } = setting;
  const { nComponents, priorConvention: convention, weightConcentrationPriorType, weightConcentrationPrior } = options;
  const { maxIter, tol, precision } = options;
  const { prior: gaussians, diagnostics: ofGaussians } = await priorFromOptions(options, setting);
  const distribution = weightDistribution(weightConcentrationPriorType, convention);
  const concentration = weightConcentrationPrior ?? 1 / nComponents;
  const model: VariationalModel = { kind, convention, weights: distribution, concentration, gaussians, floors, nComponents };
  const diagnostics = [...ofGaussians, ...concentrated(weightConcentrationPriorType, concentration, nComponents, rows.profile.weight)];
  const isFlat = floors.constant.length > 0 || diagnostics.some(({ code }) => code === "floored-prior");

  const numberingFrom = ({ sticks }: Pick<Start, "sticks">, { means, meanPrecision }: Posterior): readonly number[] =>
    order === "fit" && sticks !== undefined
      ? sticks
      : numberingOf(order, means, massesOf(meanPrecision, gaussians.meanPrecision), rows.profile);

  async function* run(start: Start, scheme: VariationalScheme, log: RepairLog): AsyncGenerator<EmState<Posterior>, VariationalResult> {
    const coordinates = options.acceleration === "auto" && tol > 0 ? posteriorCoordinates(model, scheme, session.pace) : undefined;
    const problem = {
      rows,
      scheme,
      maxIter,
      tol,
      pace: session.pace,
      mixed: precision === "mixed",
      coordinates,
      isGivenStart,
      previous,
      caller,
    };
    const end = yield* iterate(problem, start.state);
    const { state, lowerBounds, converged, passes } = options.moves ? yield* improvedByMoves({ ...problem, model }, end) : end;
    const bound = lowerBounds.at(-1) ?? start.bound ?? (await boundAfterOneMap(problem, state));
    const weights = distribution.means(state.weightConcentration);
    const numbering = numberingFrom(start, state);
    const inOrder = reordered(kind, state, numbering);
    const { weight } = rows.profile;
    return {
      state,
      numbering,
      parameters: reorderParameters(kind, { ...state, weights }, numbering),
      lowerBounds,
      converged,
      passes,
      objective: bound * weight,
      weight,
      degenerate: false,
      diagnostics: [
        ...log.diagnostics(massesOf(inOrder.meanPrecision, gaussians.meanPrecision), numbering),
        ...(isFlat ? [] : await flatComponents(kind, convention, gaussians, inOrder, floors, session.pace)),
      ],
    };
  }

  const modelOf = (
    found: Posterior,
    numbering: readonly number[],
    record: ModelRecord<IterativeTrace>,
    training?: BayesianMixturePayload["training"],
  ): FittedBayesianGaussianMixture => {
    const state = renumbered(kind, found, numbering);
    const moved = isBySticks(weightConcentrationPriorType) && numbering.some((stick, at) => stick !== at);
    const { concentrationPrior, weightConcentration, meanPrecision, degreesOfFreedom, covariances } = state;
    const prior = { ...gaussians, mean: translated(gaussians.mean, rows.origin, 1), weightConcentration: concentrationPrior };
    return new FittedBayesianGaussianMixture(
      {
        ...record,
        covarianceType: kind.type,
        priorConvention: convention,
        weightConcentrationPriorType,
        density: options.density,
        prior,
        weightConcentration,
        meanPrecision,
        means: translated(state.means, rows.origin, 1),
        degreesOfFreedom,
        covariances,
        ...present({ sticks: moved ? numbering : undefined, training }),
      },
      rows.backend,
    );
  };

  let started: Pick<Start, "sticks"> = {};
  return {
    diagnostics,
    async start(restart, random) {
      const log = new RepairLog();
      const scheme = variationalScheme(model, rows.features, log, session.pace);
      const start = await startingPosterior(options, setting, scheme, restart, random);
      started = start;
      return run(start, scheme, log);
    },
    passing: (state, record) => modelOf(state, numberingFrom(started, state), record),
    async fitted({ state, numbering, objective, weight }, record) {
      const components = variationalComponents(state, kind, distribution, convention);
      const masses = massesOf(state.meanPrecision, gaussians.meanPrecision);
      const occupied = await occupiedComponents(rows, components, masses);
      session.pace.check();
      return modelOf(state, numbering, record, { weight, lowerBound: objective / weight, occupied });
    },
  };
}

/** The rows of each component. */
function massesOf(meanPrecision: Float64Array, prior: number): Float64Array {
  return meanPrecision.map((precision) => Math.max(0, precision - prior));
}

/** What stands for the bound of a state that no map led to. */
async function boundAfterOneMap(problem: EmProblem<Posterior, VariationalStep>, state: Posterior): Promise<number> {
  const once = iterate({ ...problem, maxIter: 1 }, state);
  const { value } = await once.next();
  await once.return(undefined as never);
  return (value as EmState<Posterior>).bound;
}
