import { MixturaError } from "@mixtura/core";
import { logDensityOf } from "./draws.ts";
import type { MixtureModel, Parameters } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";
import type { Estimate, SamplingOptions } from "./sampling.ts";
import { checkSampling, meanOf, onlyComponent, sampled } from "./sampling.ts";

/**
 * Differential entropy, −E log p(x), in nats: exact for one component, else the mean over drawn rows.
 *
 * @throws (by rejection) MixturaError `invalid-option`, `unknown-option`, `aborted`
 * @remarks O(draws · k·d²).
 * @example
 * ```ts run
 * const one = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0]],
 *   covariances: [[[1]]],
 * });
 * await entropy(one)
 * // ≈ { value: 0.5 * Math.log(2 * Math.PI * Math.E), standardError: 0 }
 * ```
 */
export async function entropy(model: MixtureModel, options?: SamplingOptions): Promise<Estimate> {
  const parameters = parametersOf(model, "entropy");
  const checked = checkSampling(options, "entropy");
  const only = onlyComponent(parameters);
  if (only !== undefined) return { value: parameters.features / 2 - parameters.logOffsets[only]!, standardError: 0 };
  const logDensity = logDensityOf(parameters);
  return meanOf(await sampled(parameters, checked, (row) => -logDensity(row)));
}

/**
 * Kullback–Leibler divergence of q from p, E_p log p(x)/q(x), in nats: exact where both have one component, else the mean over rows drawn
 * from p. Never negative but by its error.
 *
 * @param p the mixture that rows are drawn from
 * @param q a mixture of the same features
 * @throws (by rejection) MixturaError `feature-mismatch`, `invalid-option`, `unknown-option`, `aborted`
 * @remarks O(draws · k·d²).
 * @example
 * ```ts run
 * const p = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0]],
 *   covariances: [[[1]]],
 * });
 * const q = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[1]],
 *   covariances: [[[4]]],
 * });
 * await klDivergence(p, q)
 * // ≈ { value: Math.log(2) + 2 / 8 - 0.5, standardError: 0 }
 * await klDivergence(p, p) // => { value: 0, standardError: 0 }
 * ```
 */
export async function klDivergence(p: MixtureModel, q: MixtureModel, options?: SamplingOptions): Promise<Estimate> {
  const caller = "klDivergence";
  const from = parametersOf(p, caller);
  const to = parametersOf(q, caller);
  const named = from.names !== undefined && to.names !== undefined;
  if (from.features !== to.features || (named && from.names.some((name, j) => name !== to.names![j])))
    throw new MixturaError("feature-mismatch", `${caller}: the two mixtures must have the same features, in the same order.`, {
      expected: from.names ?? from.features,
      found: to.names ?? to.features,
    });
  const checked = checkSampling(options, caller);
  const [one, other] = [onlyComponent(from), onlyComponent(to)];
  if (one !== undefined && other !== undefined) return { value: betweenGaussians(from, one, to, other), standardError: 0 };
  const [logP, logQ] = [logDensityOf(from), logDensityOf(to)];
  return meanOf(await sampled(from, checked, (row) => logP(row) - logQ(row)));
}

/** ½ (tr(Σq⁻¹ Σp) + ‖Lq⁻¹(μq − μp)‖² − d + log det Σq − log det Σp), from the triangle Lq⁻¹ Lp. */
function betweenGaussians(p: Parameters, i: number, q: Parameters, j: number): number {
  const d = p.features;
  const [lower, upper] = [q.factors[j]!, p.factors[i]!];
  const solve = (right: (row: number) => number): Float64Array => {
    const y = new Float64Array(d);
    for (let row = 0; row < d; row++) {
      let rest = right(row);
      for (let t = 0; t < row; t++) rest -= lower[row * d + t]! * y[t]!;
      y[row] = rest / lower[row * d + row]!;
    }
    return y;
  };
  let sum = solve((row) => q.means[j * d + row]! - p.means[i * d + row]!).reduce((total, value) => total + value * value, 0);
  for (let column = 0; column < d; column++) {
    const y = solve((row) => upper[row * d + column]!);
    const square = y[column]! * y[column]!;
    // Near equality the parts cancel: r − 1 − log r is taken as one.
    sum += square - 1 - Math.log(square);
    for (let row = column + 1; row < d; row++) sum += y[row]! * y[row]!;
  }
  return Math.max(0, sum / 2);
}
