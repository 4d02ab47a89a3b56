import { whiteningOfCovariance } from "@mixtura/backend/internal/factors";
import type { Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";

/** Gaussian components, as every fitted mixture shows them; one of weight 1 for an ellipse. */
export interface MixtureView {
  readonly weights: ArrayLike<number>;
  readonly means: Matrix;
  covariance(k: number): Matrix;
  /** The whitening factor of component k, where the model has one that its covariance does not give: a floor stands in for missing spread. */
  whitening?(k: number): Matrix;
}

/** One component, ready to be asked about rows. */
export interface Component {
  readonly weight: number;
  readonly mean: Float64Array;
  /** W, d×d lower triangular: W (x−μ) has unit covariance. */
  readonly whitening: Float64Array;
  /** The diagonal of the precision Ω = Wᵀ W: the inverse variances of features given all others. */
  readonly precisions: Float64Array;
  /** log det W. */
  readonly logDeterminant: number;
}

/** Components of a view; a view never changes. */
const known = /* @__PURE__ */ new WeakMap<MixtureView, readonly Component[]>();

/**
 * The components of a view. O(k·d³) the first time, nothing after that.
 *
 * @throws MixturaError `not-positive-definite`
 */
export function componentsOf(view: MixtureView, caller: string): readonly Component[] {
  const before = known.get(view);
  if (before !== undefined) return before;
  const d = view.means.columns;
  const components = Array.from(view.weights, (weight, k): Component => {
    const whitening = view.whitening?.(k).data ?? factorOf(view, k, caller);
    const precisions = new Float64Array(d);
    let logDeterminant = 0;
    for (let i = 0; i < d; i++) {
      logDeterminant += Math.log(whitening[i * d + i]!);
      for (let j = 0; j <= i; j++) precisions[j]! += whitening[i * d + j]! ** 2;
    }
    return { weight, mean: view.means.data.slice(k * d, (k + 1) * d), whitening, precisions, logDeterminant };
  });
  known.set(view, components);
  return components;
}

function factorOf(view: MixtureView, k: number, caller: string): Float64Array {
  const result = whiteningOfCovariance(view.covariance(k).data, view.means.columns);
  if (result.ok) return result.factor;
  throw new MixturaError(
    "not-positive-definite",
    `${caller}: the covariance of component ${k} is not positive definite (pivot ${result.pivot}).`,
    { option: "covariance", component: k, pivot: result.pivot },
  );
}
