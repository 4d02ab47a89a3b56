import type { OnBackend, BackendChoice } from "@mixtura/backend/authoring";
import { defineBackendEstimator, readBy } from "@mixtura/backend/authoring";
import type { OpenFit } from "@mixtura/backend/internal/rows";
import { featureScales, openFit, WORK_PER_PAIR } from "@mixtura/backend/internal/rows";
import type { CheckedOptions, Data, DeclarationsOf, Diagnostic } from "@mixtura/core";
import type { ConfiguredEstimator, EstimatorClass, FitJob } from "@mixtura/core/authoring";
import { createRandom, present } from "@mixtura/core/authoring";
import type { CovarianceEstimatorType } from "./covariance-model.ts";
import { FittedCovariance } from "./covariance-model.ts";
import { spreadDiagnostics } from "./gaussian/diagnostics.ts";
import { flooredEllipse } from "./gaussian/ellipse.ts";
import { checkWidth } from "./gaussian/too-wide.ts";
import type { EmpiricalCovarianceOptions } from "./options.ts";
import type { ScatterOfRows } from "./scatter.ts";
import { scatterOf } from "./scatter.ts";
import { shrink } from "./shrink.ts";

/** How one estimator differs from the others. */
interface Shrinkage<Type extends CovarianceEstimatorType, Checked, Declared> {
  readonly type: Type;
  readonly summary: string;
  readonly options: Declared;
  /** The weight of the target, from 0 to 1; absent for an estimator that does not shrink. */
  readonly shrinkageOf?: (fit: OpenFit, scatter: ScatterOfRows, options: Checked) => number | Promise<number>;
}

/** The class of an estimator of (1 − s) S + s (tr S / d) I, where S is the covariance of all rows alike. */
// @__NO_SIDE_EFFECTS__
export function shrinkageEstimator<
  Type extends CovarianceEstimatorType,
  Options extends EmpiricalCovarianceOptions,
  Declared extends DeclarationsOf<Options>,
>({
  shrinkageOf,
  ...definition
}: Shrinkage<Type, CheckedOptions<Options, Declared>, Declared>): EstimatorClass<
  Options & BackendChoice,
  FittedCovariance<Type>,
  ConfiguredEstimator<Options & BackendChoice, CheckedOptions<Options, Declared>, FittedCovariance<Type>>
> {
  return defineBackendEstimator<Options, Declared, FittedCovariance<Type>>({
    ...definition,
    capabilities: ["density", "sampling", "weights", "blocks"],
    fit: (X, job) =>
      fitCovariance(
        X,
        job,
        definition.type,
        shrinkageOf === undefined ? undefined : (fit, scatter) => shrinkageOf(fit, scatter, job.options),
      ),
    revive: (json) => FittedCovariance.fromJSON(json, definition.type),
  });
}

/** One pass of scatter, the weight of the target, and what there is to say about the rows. */
async function fitCovariance<Type extends CovarianceEstimatorType>(
  X: Data,
  job: FitJob<EmpiricalCovarianceOptions> & OnBackend,
  type: Type,
  shrinkageOf: ((fit: OpenFit, scatter: ScatterOfRows) => number | Promise<number>) | undefined,
): Promise<FittedCovariance<Type>> {
  const { backend, caller, context, options } = job;
  const fit = await openFit(
    X,
    {
      caller,
      backend,
      work: (rows, d) => rows * (d * d + WORK_PER_PAIR),
      random: createRandom(0), // nothing is drawn
      load: () => import("@mixtura/backend-wasm/default"),
    },
    context,
  );
  const { rows, pace } = fit;
  try {
    checkWidth(rows.features, caller);
    context.onProgress?.({ estimator: type, phase: "fitting", restart: 0, restarts: 1, iteration: 0, maxIter: 1 });
    const scatter = await scatterOf(rows, options.assumeCentered ?? false);
    const shrinkage = await shrinkageOf?.(fit, scatter);
    pace.check();
    const covariance = shrinkage === undefined ? scatter.covariance : shrink(scatter.covariance, shrinkage);
    const { diagnostics, floor } = ellipseOrFloored(fit, { ...scatter, covariance });
    const record = job.record(readBy(rows), { backend: rows.name, diagnostics: [...fit.diagnostics(), ...diagnostics] });
    return new FittedCovariance<Type>(
      { ...record, type, location: scatter.location, covariance, ...present({ shrinkage, floor }) },
      backend,
    );
  } finally {
    rows.release();
  }
}

/** The floor that the covariance needs, and what the user should know about rows without spread. */
function ellipseOrFloored(
  { rows: { profile, featureNames } }: OpenFit,
  { location, covariance }: ScatterOfRows,
): { readonly diagnostics: readonly Diagnostic[]; readonly floor: Float64Array | undefined } {
  const scales = featureScales(profile);
  const ellipse = flooredEllipse({ location, covariance }, scales);
  return {
    diagnostics: spreadDiagnostics(ellipse, {
      scales,
      constant: profile.constant,
      featureNames,
      rows: "rows",
      dependent: (profile.look?.dependencies.length ?? 0) > 0,
    }),
    floor: ellipse.floor,
  };
}
