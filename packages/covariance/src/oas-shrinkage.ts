import type { OASFormula } from "./options.ts";
import type { ScatterOfRows } from "./scatter.ts";
import { meanVariance } from "./shrink.ts";

/**
 * The shrinkage coefficient of oracle approximating shrinkage: with t = tr S² / (tr S)², the ratio of (1 − c) t + 1 to (n + 1 − c) (t − 1/p),
 * at most 1. In the paper c = 2/p; scikit-learn leaves it out.
 *
 * @see Chen, Wiesel, Eldar & Hero, Shrinkage algorithms for MMSE covariance estimation, IEEE Trans. Signal Process. 58 (2010), eq. 23
 */
export function oasShrinkage({ covariance, weight }: ScatterOfRows, formula: OASFormula): number {
  const d = Math.sqrt(covariance.length);
  const trace = d * meanVariance(covariance);
  if (d === 1 || !(trace > 0)) return 0;
  const squares = covariance.reduce((sum, value) => sum + (value / trace) ** 2, 0);
  const c = formula === "paper" ? 2 / d : 0;
  const distance = (weight + 1 - c) * (squares - 1 / d);
  return distance > 0 ? Math.min(1, ((1 - c) * squares + 1) / distance) : 1;
}
