import type { Backend } from "@mixtura/backend";
import type { OpenFit } from "@mixtura/backend/rows";
import { featureScales, openFit, WORK_PER_PAIR } from "@mixtura/backend/rows";
import type { BlockSource, Diagnostic, FitContext, MatrixLike } from "@mixtura/core";
import { createRandom } from "@mixtura/core";
import type { CovarianceEstimatorType } from "./covariance-model.ts";
import { FittedCovariance } from "./covariance-model.ts";
import { spreadDiagnostics } from "./gaussian/diagnostics.ts";
import { flooredEllipse } from "./gaussian/ellipse.ts";
import type { ScatterOfRows } from "./scatter.ts";
import { scatterOf } from "./scatter.ts";
import { shrink } from "./shrink.ts";

/** How one estimator differs from the others. */
export interface CovarianceRecipe<Type extends CovarianceEstimatorType> {
  readonly type: Type;
  readonly assumeCentered: boolean;
  readonly backend: Backend | undefined;
  /** The share of the target; absent for an estimator that does not shrink. */
  readonly share?: (fit: OpenFit, scatter: ScatterOfRows) => number | Promise<number>;
}

/** One pass of scatter, the share, and what there is to say about the rows. */
export async function fitCovariance<Type extends CovarianceEstimatorType>(
  X: MatrixLike | BlockSource,
  { type, assumeCentered, backend, share }: CovarianceRecipe<Type>,
  given: FitContext | null | undefined,
): Promise<FittedCovariance<Type>> {
  const context = given ?? {};
  const fit = await openFit(
    X,
    {
      caller: `${type}.fit`,
      backend,
      work: (rows, d) => rows * (d * d + WORK_PER_PAIR),
      random: createRandom(0), // nothing is drawn
      load: () => import("@mixtura/backend-wasm/default"),
    },
    context,
  );
  const { rows, pace } = fit;
  try {
    context.onProgress?.({ estimator: type, phase: "fitting", restart: 0, restarts: 1, iteration: 0, maxIter: 1 });
    const scatter = await scatterOf(rows, assumeCentered);
    const shrinkage = await share?.(fit, scatter);
    pace.check();
    const covariance = shrinkage === undefined ? scatter.covariance : shrink(scatter.covariance, shrinkage);
    const { diagnostics, floor } = standing(fit, { ...scatter, covariance });
    return new FittedCovariance<Type>(
      {
        type,
        ...(rows.featureNames === undefined ? {} : { featureNames: rows.featureNames }),
        ...(shrinkage === undefined ? {} : { shrinkage }),
        location: scatter.location,
        covariance,
        ...(floor === undefined ? {} : { floor }),
        trace: {
          converged: true,
          iterations: 1,
          lowerBounds: Object.freeze([]),
          seed: 0,
          backend: rows.name,
          restarts: Object.freeze([]),
          diagnostics: Object.freeze([...fit.diagnostics(), ...diagnostics]),
          elapsedMilliseconds: fit.elapsedMilliseconds(),
        },
      },
      backend,
    );
  } finally {
    rows.release();
  }
}

/** The floor that the covariance needs, and what the user should know about rows without spread. */
function standing(
  { rows: { profile, featureNames } }: OpenFit,
  { location, covariance }: ScatterOfRows,
): { readonly diagnostics: readonly Diagnostic[]; readonly floor: Float64Array | undefined } {
  const scales = featureScales(profile);
  const ellipse = flooredEllipse({ location, covariance }, scales);
  return {
    diagnostics: spreadDiagnostics(ellipse, { scales, constant: profile.constant, featureNames, rows: "rows" }),
    floor: ellipse.floor,
  };
}
