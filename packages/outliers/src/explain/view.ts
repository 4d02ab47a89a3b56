import type { FittedModel, Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { MixtureView } from "./components.ts";

/** What models show of their parameters: a mixture, a centre with a covariance, or the model inside a detector. */
interface ShownParameters extends FittedModel {
  readonly weights?: ArrayLike<number>;
  readonly means?: Matrix;
  readonly location?: Float64Array;
  readonly covariance?: Matrix | ((k: number) => Matrix);
  readonly whitening?: Matrix;
  readonly mixture?: FittedModel;
}

/** Views of models that show a centre; models never change. */
const known = /* @__PURE__ */ new WeakMap<FittedModel, MixtureView>();

/**
 * A model's Gaussian components, where it has some: those of a mixture, or the one of a centre and a covariance; of a detector, those that it goes
 * by. For pictures, and whatever else draws or compares what is normal.
 *
 * @returns weights, means (k×d) and the covariance of each component (d×d), in the units of the data; nothing where the model has none, as ECOD
 * @example
 * ```ts run
 * const model = await new EllipticEnvelope({ covariance: "empirical" }).fit([[-2, 0], [2, 0], [0, -1], [0, 1]]);
 * viewOf(model)!.weights // => [1]
 * viewOf(model)!.covariance(0).data // => [2, 0, 0, 0.5]
 * viewOf(await new ECOD().fit([[1], [2], [9]])) // => undefined
 * ```
 */
export function viewOf(model: FittedModel): MixtureView | undefined {
  const { weights, means, location, covariance, whitening, mixture } = model as ShownParameters;
  if (weights !== undefined && means !== undefined && typeof covariance === "function") return model as unknown as MixtureView;
  if (mixture !== undefined) return viewOf(mixture);
  if (location === undefined || typeof covariance !== "object") return undefined;
  const before = known.get(model);
  if (before !== undefined) return before;
  const view = {
    weights: [1],
    means: matrix(location, 1, location.length),
    covariance: () => covariance,
    ...(whitening === undefined ? {} : { whitening: () => whitening }),
  };
  known.set(model, view);
  return view;
}
