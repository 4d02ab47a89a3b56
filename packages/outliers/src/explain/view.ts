import type { FittedModel, Matrix } from "@mixtura/core";
import { isMixture, matrix } from "@mixtura/core";
import type { MixtureView } from "./components.ts";

/** What models show of their parameters: a centre with a covariance, or the model inside a detector. */
interface ShownParameters extends FittedModel {
  readonly location?: Float64Array;
  readonly covariance?: Matrix;
  readonly whitening?: Matrix;
  readonly mixture?: FittedModel;
  readonly model?: FittedModel;
}

/** Views of models that show a centre; models never change. */
const known = /* @__PURE__ */ new WeakMap<FittedModel, MixtureView>();

/**
 * A model's Gaussian components, where it has some: those of a mixture, or the one of a centre and a covariance; of a detector, those that it goes
 * by. For pictures, and anything else that draws or compares what is normal.
 *
 * @returns weights, means (k×d) and the covariance of each component (d×d), in the units of the data; nothing where the model has none, as ECOD
 * @example
 * ```ts run
 * const model = await new EllipticEnvelope({
 *   covariance: "empirical",
 * }).fit([[-2, 0], [2, 0], [0, -1], [0, 1]]);
 * viewOf(model)!.weights // => [1]
 * viewOf(model)!.covariance(0).data // => [2, 0, 0, 0.5]
 * viewOf(await new ECOD().fit([[1], [2], [9]])) // => undefined
 * ```
 */
export function viewOf(model: FittedModel): MixtureView | undefined {
  const before = known.get(model);
  if (before !== undefined) return before;
  const { location, covariance, whitening, mixture, model: inner = mixture } = model as ShownParameters;
  if (isMixture(model)) return remembered(model, model.toGaussianMixture?.());
  if (inner !== undefined) return viewOf(inner);
  if (location === undefined || typeof covariance !== "object") return undefined;
  return remembered(model, {
    weights: [1],
    means: matrix(location, 1, location.length),
    covariance: () => covariance,
    ...(whitening === undefined ? {} : { whitening: () => whitening }),
  });
}

function remembered(model: FittedModel, view: MixtureView | undefined): MixtureView | undefined {
  if (view !== undefined) known.set(model, view);
  return view;
}
