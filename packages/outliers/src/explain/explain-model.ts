import type { FittedModel, Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { Explanation, ExplanationMethod } from "./explanation.ts";
import { explainByGaussians } from "./gaussians.ts";
import { viewOf } from "./view.ts";

/** What models may offer to explain by. */
interface ExplainableModel extends FittedModel {
  explain?(X: Matrix, context: { readonly signal?: AbortSignal; readonly method?: ExplanationMethod }): Promise<Matrix | Explanation>;
}

/**
 * Why rows are as unusual as they are under a model: by its own explanation where it has one, by its components where it is a mixture.
 *
 * @throws MixturaError `not-supported` for other models
 */
export async function explainModel(
  model: FittedModel,
  X: Matrix,
  method: ExplanationMethod,
  pace: Pace,
  caller: string,
): Promise<Explanation> {
  const given = model as ExplainableModel;
  if (typeof given.explain === "function") {
    const own = await given.explain(X, { method, ...(pace.signal === undefined ? {} : { signal: pace.signal }) });
    return "contributions" in own ? own : summed(own, pace);
  }
  const view = viewOf(model);
  if (view !== undefined) return explainByGaussians(view, X, method, pace, caller);
  throw new MixturaError(
    "not-supported",
    `${caller}: a ${model.type} model cannot explain its scores by features. Use a Gaussian mixture or EllipticEnvelope.`,
    { feature: "explain" },
  );
}

/** Contributions of a model's own kind, with their sums. */
function summed(contributions: Matrix, pace: Pace): Explanation {
  pace.check();
  const { data, rows, columns } = contributions;
  const value = new Float64Array(rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) value[i]! += data[i * columns + j]!;
  return Object.freeze({ method: "own", value, contributions });
}
