import type { FitContext, MatrixLike } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { present } from "@mixtura/core/authoring";
import { labelsOf } from "./judged-rows.ts";
import type { FittedDetector } from "./model.ts";

/** A model and what it says about the rows it was fitted on. */
export interface FittedAndLabelled<Model> {
  readonly model: Model;
  /** +1 for normal rows, −1 for outliers. */
  readonly labels: Int32Array;
  /** What `scoreSamples` gives for these rows: higher is more normal. */
  readonly scores: Float64Array;
}

/** A model, and the scores of its training rows where the fit had need of them. */
export interface FittedAndScored<Model> {
  readonly model: Model;
  readonly scores: Float64Array | undefined;
}

/** The labels of training rows: from the scores of the fit, or from new ones where it made none. */
export async function labelled<Model extends FittedDetector>(
  { model, scores: given }: FittedAndScored<Model>,
  X: MatrixLike,
  { signal }: FitContext,
): Promise<FittedAndLabelled<Model>> {
  const scores = given ?? (await model.scoreSamples(X, present({ signal })));
  return { model, labels: labelsOf(scores, model.threshold), scores };
}

/** @throws MixturaError `not-supported` with novelty: the fitted rows are clean, and there is nothing to label */
export function refuseNovelty({ type, options }: { readonly type: string; readonly options: { readonly novelty: boolean } }): void {
  if (options.novelty)
    throw new MixturaError(
      "not-supported",
      `${type}.fitPredict: novelty: true declares the training rows clean, so they are not labelled. Call fit, then predict with ` +
        "other rows; or leave novelty out to look for outliers among the fitted ones.",
      { feature: "fitPredict with novelty" },
    );
}
