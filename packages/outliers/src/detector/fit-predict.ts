import type { Estimator, FitContext, MatrixLike } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { FittedDetector } from "./model.ts";

/** A model and what it says about the rows it was fitted on. */
export interface FittedAndLabelled<Model> {
  readonly model: Model;
  /** +1 for normal rows, −1 for outliers. */
  readonly labels: Int32Array;
}

/**
 * Fits a detector and labels the same rows, which is what outlier detection is; with novelty there is nothing to label.
 *
 * @throws MixturaError `not-supported` with novelty
 */
export async function fitAndLabel<Model extends FittedDetector>(
  estimator: Estimator<Model> & { readonly options: { readonly novelty: boolean } },
  X: MatrixLike,
  context: FitContext,
): Promise<FittedAndLabelled<Model>> {
  if (estimator.options.novelty)
    throw new MixturaError(
      "not-supported",
      `${estimator.type}.fitPredict: novelty: true says that the fitted rows are clean, so none of them is to be labelled. Call fit, then predict with ` +
        "other rows; or leave novelty out to look for outliers among the fitted ones.",
      { feature: "fitPredict with novelty" },
    );
  const model = await estimator.fit(X, context);
  return { model, labels: await model.predict(X, context.signal === undefined ? {} : { signal: context.signal }) };
}
