import type { Backend } from "@mixtura/backend";
import { translated } from "@mixtura/backend/rows";
import type { BlockSource, FitContext, FitTrace, MatrixLike } from "@mixtura/core";
import { mixtureStates } from "../em/fit-mixture.ts";
import type { MixtureParameters } from "../em/parameters.ts";
import type { FitState } from "../em/session.ts";
import type { EmResult } from "./expectation-maximisation.ts";
import { expectationMaximisation } from "./expectation-maximisation.ts";
import { FittedGaussianMixture } from "./model.ts";
import type { CheckedGaussianMixtureOptions } from "./options.ts";
import { GAUSSIAN_MIXTURE } from "./payload.ts";
import { startingParameters } from "./starts.ts";

/** Every state of a fit in turn, all restarts one after the other; returns the best model. */
export function fitStates(
  X: MatrixLike | BlockSource,
  options: CheckedGaussianMixtureOptions,
  backend: Backend | undefined,
  context?: FitContext,
): AsyncGenerator<FitState<FittedGaussianMixture>, FittedGaussianMixture> {
  const { init, nComponents, covarianceType, maxIter, tol, precision } = options;
  return mixtureStates(GAUSSIAN_MIXTURE, X, options, backend, context, async (setting) => {
    const { session, rows, kind, caller } = setting;
    const initial = init && (await import("../rare.ts")).parametersOfModel(init, nComponents, kind, rows, caller);
    const model = (
      { weights, means, covariances }: MixtureParameters,
      trace: FitTrace,
      training?: Pick<EmResult, "weight" | "logLikelihood" | "classificationLogLikelihood">,
    ): FittedGaussianMixture =>
      new FittedGaussianMixture(
        {
          featureCount: rows.features,
          ...(rows.featureNames === undefined ? {} : { featureNames: rows.featureNames }),
          covarianceType,
          weights,
          means: translated(means, rows.origin, 1),
          covariances,
          ...(training === undefined ? {} : { training }),
          trace,
        },
        rows.backend,
      );
    return {
      async start(restart, random) {
        const start = initial ?? (await startingParameters({ ...options, ...setting, pace: session.pace }, restart, random));
        return expectationMaximisation({ ...setting, pace: session.pace, maxIter, tol, mixed: precision === "mixed" }, start);
      },
      passing: (parameters, trace) => model(parameters, trace),
      fitted: ({ parameters, weight, logLikelihood, classificationLogLikelihood }, trace) =>
        model(parameters, trace, { weight, logLikelihood, classificationLogLikelihood }),
    };
  });
}
