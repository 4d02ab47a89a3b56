import type { Backend } from "@mixtura/backend";
import { translated, WORK_PER_PAIR } from "@mixtura/backend/rows";
import type { BlockSource, Diagnostic, FitContext, FitTrace, MatrixLike, RestartTrace } from "@mixtura/core";
import { covarianceKind } from "../covariance/kinds.ts";
import type { EmResult } from "../em/driver.ts";
import { expectationMaximisation } from "../em/driver.ts";
import { floorsOf } from "../em/floors.ts";
import type { MixtureParameters } from "../em/parameters.ts";
import type { FitState, Session } from "../em/session.ts";
import { openSession, runRestarts } from "../em/session.ts";
import { FittedGaussianMixture } from "./model.ts";
import type { CheckedGaussianMixtureOptions } from "./options.ts";
import { GAUSSIAN_MIXTURE } from "./payload.ts";
import { isFixedStart, isSpelledOut, startingParameters } from "./starts.ts";

/** Every state of a fit in turn, all restarts one after the other; returns the best model. */
export async function* fitStates(
  X: MatrixLike | BlockSource,
  options: CheckedGaussianMixtureOptions,
  backend: Backend | undefined,
  context?: FitContext,
): AsyncGenerator<FitState<FittedGaussianMixture>, FittedGaussianMixture> {
  const { nComponents, init, randomState } = options;
  const groups = { option: "nComponents", count: nComponents };
  const session = await openSession(
    GAUSSIAN_MIXTURE,
    X,
    { backend, groups, work: workOf(options), ...(randomState === undefined ? {} : { randomState }) },
    context,
  );
  const { rows, pace } = session;
  try {
    const kind = covarianceKind(options.covarianceType);
    const floors = floorsOf(options.regCovar, rows.survey);
    const explicit = isSpelledOut(options)
      ? (await import("../rare.ts")).explicitStart(options, kind, rows.features, rows.survey.rows, `${GAUSSIAN_MIXTURE}.fit`)
      : {};
    const initial = init && (await import("../rare.ts")).parametersOfModel(init, nComponents, kind, rows);
    const found = constantFeatures(floors.constant, rows.featureNames);
    const model = (
      parameters: MixtureParameters,
      results: readonly EmResult[],
      chosen: number,
      iterations?: number,
    ): FittedGaussianMixture =>
      modelOf(session, options, parameters, results[chosen], {
        ...traceOf(session, results, chosen, found),
        ...(iterations === undefined ? {} : { iterations }),
      });

    const runs = runRestarts(session, {
      restarts: initial !== undefined || isFixedStart(explicit) ? 1 : options.nInit,
      maxIter: options.maxIter,
      async start(restart, random) {
        const start = initial ?? (await startingParameters({ ...options, rows, kind, floors, explicit, pace }, restart, random));
        const mixed = options.precision === "mixed";
        return expectationMaximisation({ rows, kind, floors, pace, maxIter: options.maxIter, tol: options.tol, mixed }, start);
      },
    });
    for (;;) {
      const next = await runs.next();
      if (next.done) {
        const chosen = bestOf(next.value);
        return model(next.value[chosen]!.parameters, next.value, chosen);
      }
      const { restart, iteration, bound, parameters } = next.value;
      yield { restart, iteration, bound, model: () => model(parameters, [], -1, iteration) };
    }
  } finally {
    rows.release();
  }
}

function modelOf(
  { rows }: Session,
  { covarianceType }: CheckedGaussianMixtureOptions,
  { weights, means, covariances }: MixtureParameters,
  result: EmResult | undefined,
  trace: FitTrace,
): FittedGaussianMixture {
  return new FittedGaussianMixture(
    {
      featureCount: rows.features,
      ...(rows.featureNames === undefined ? {} : { featureNames: rows.featureNames }),
      covarianceType,
      weights,
      means: translated(means, rows.origin, 1),
      covariances,
      ...(result === undefined
        ? {}
        : {
            training: {
              weight: result.weight,
              logLikelihood: result.logLikelihood,
              classificationLogLikelihood: result.classificationLogLikelihood,
            },
          }),
      trace,
    },
    rows.backend,
  );
}

function traceOf(
  { seed, rows, diagnostics, elapsedMilliseconds }: Session,
  results: readonly EmResult[],
  chosen: number,
  found: readonly Diagnostic[],
): FitTrace {
  const best = results[chosen];
  return {
    converged: best?.converged ?? false,
    iterations: best?.lowerBounds.length ?? 0,
    lowerBounds: Object.freeze([...(best?.lowerBounds ?? [])]),
    seed,
    backend: rows.backend.name,
    restarts: Object.freeze(results.map((result, restart) => restartTrace(result, restart, restart === chosen, rows.origin))),
    diagnostics: Object.freeze([...diagnostics(), ...found, ...(best?.diagnostics ?? []), ...setAside(results, best)]),
    elapsedMilliseconds: elapsedMilliseconds(),
  };
}

/** EM maps that a start usually takes. */
const USUAL_MAPS = 30;

function workOf({
  nComponents,
  covarianceType,
  maxIter,
  nInit,
}: CheckedGaussianMixtureOptions): (rows: number, features: number) => number {
  const matrices = covarianceType === "full" || covarianceType === "tied";
  const maps = nInit * Math.min(maxIter, USUAL_MAPS);
  return (rows, d) => rows * nComponents * ((matrices ? d * d : 4 * d) + WORK_PER_PAIR) * maps;
}

/** The highest likelihood among sound optima; among degenerate ones where there is no other. */
function bestOf(results: readonly EmResult[]): number {
  const sound = results.some((result) => !result.degenerate);
  let best = -1;
  results.forEach((result, index) => {
    if (sound && result.degenerate) return;
    if (best === -1 || result.logLikelihood > results[best]!.logLikelihood) best = index;
  });
  return best;
}

function restartTrace(result: EmResult, restart: number, chosen: boolean, origin: Float64Array): RestartTrace {
  const { weights, means, covariances } = result.parameters;
  return Object.freeze({
    restart,
    converged: result.converged,
    iterations: result.lowerBounds.length,
    score: result.logLikelihood / result.weight,
    degenerate: result.degenerate,
    chosen,
    parameters: Object.freeze({
      weights: Object.freeze([...weights]),
      means: Object.freeze([...translated(means, origin, 1)]),
      covariances: Object.freeze([...covariances]),
    }),
  });
}

function setAside(results: readonly EmResult[], best: EmResult | undefined): Diagnostic[] {
  if (best === undefined || best.degenerate) return [];
  const higher = results.filter((result) => result.degenerate && result.logLikelihood > best.logLikelihood).length;
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

function constantFeatures(constant: readonly number[], names: readonly string[] | undefined): Diagnostic[] {
  return constant.map((feature) => ({
    code: "constant-feature",
    severity: "warning",
    message: `The feature ${names?.[feature] === undefined ? feature : `"${names[feature]}"`} has the same value in every row and tells nothing; leave it out.`,
    detail: { feature },
  }));
}
