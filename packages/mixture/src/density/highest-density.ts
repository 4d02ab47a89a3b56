import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { chiSquareQuantile, chiSquareTails } from "@mixtura/distributions";
import { logDensityOf } from "./draws.ts";
import type { MixtureModel } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";
import type { Estimate, SamplingOptions } from "./sampling.ts";
import { checkSampling, onlyComponent, sampled } from "./sampling.ts";

/**
 * The log-density that rows exceed with probability `mass`: the edge of the smallest region of this probability.
 *
 * Exact for one component, by the χ² distribution. Otherwise the quantile of the log-densities of drawn rows; its standard error is half the
 * distance between the order statistics one binomial standard deviation away, which supposes nothing about their distribution.
 *
 * @param mass probability of the region, between 0 and 1
 * @returns in nats, of densities in the units of the data
 * @throws (by rejection) MixturaError `invalid-option`, `unknown-option`, `aborted`
 * @remarks O(draws · k·d²).
 * @see Hyndman, Computing and graphing highest density regions, Am. Stat. 50 (1996)
 * @example
 * ```ts run
 * const one = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0]],
 *   covariances: [[[1]]],
 * });
 * await highestDensityThreshold(one, 0.95)
 * // ≈ {
 * //     value: -0.9189385332046727 - 0.5 * 1.959963984540054 ** 2,
 * //     standardError: 0,
 * //   }
 * await highestDensityThreshold(one, 1) // throws invalid-option
 * ```
 */
export async function highestDensityThreshold(model: MixtureModel, mass: number, options?: SamplingOptions): Promise<Estimate> {
  const caller = "highestDensityThreshold";
  const parameters = parametersOf(model, caller);
  checkMass(mass, caller);
  const checked = checkSampling(options, caller);
  const only = onlyComponent(parameters);
  if (only !== undefined)
    return { value: parameters.logOffsets[only]! - 0.5 * chiSquareQuantile(mass, parameters.features), standardError: 0 };
  const sorted = (await sampled(parameters, checked, logDensityOf(parameters))).sort();
  const n = sorted.length;
  const place = (1 - mass) * n;
  const deviation = Math.sqrt(n * mass * (1 - mass));
  const at = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, Math.round(rank)))]!;
  return { value: at(place), standardError: (at(place + deviation) - at(place - deviation)) / 2 };
}

/**
 * The probability that the log-density of a row is at least a value: the mass of the region that {@link highestDensityThreshold} bounds.
 *
 * Exact for one component; otherwise the fraction among drawn rows, with its binomial standard error (of at least one row, where all or none lie
 * above).
 *
 * @param logDensity in nats
 * @throws (by rejection) MixturaError `invalid-option`, `unknown-option`, `aborted`
 * @remarks O(draws · k·d²).
 * @example
 * ```ts run
 * const one = GaussianMixture.fromParameters({
 *   weights: [1],
 *   means: [[0]],
 *   covariances: [[[1]]],
 * });
 * const { value: edge } = await highestDensityThreshold(one, 0.9);
 * (await massAbove(one, edge)).value // ≈ 0.9
 * ```
 */
export async function massAbove(model: MixtureModel, logDensity: number, options?: SamplingOptions): Promise<Estimate> {
  const caller = "massAbove";
  const parameters = parametersOf(model, caller);
  if (typeof logDensity !== "number" || Number.isNaN(logDensity))
    throw new MixturaError("invalid-option", `${caller}: "logDensity" must be a number, found ${show(logDensity)}.`, {
      option: "logDensity",
      found: logDensity,
    });
  const checked = checkSampling(options, caller);
  const only = onlyComponent(parameters);
  if (only !== undefined)
    return { value: chiSquareTails(2 * (parameters.logOffsets[only]! - logDensity), parameters.features).below, standardError: 0 };
  const values = await sampled(parameters, checked, logDensityOf(parameters));
  const fraction = values.reduce((sum, value) => sum + Number(value >= logDensity), 0) / values.length;
  return { value: fraction, standardError: Math.sqrt(Math.max(fraction * (1 - fraction), 1 / values.length) / values.length) };
}

/** @throws MixturaError `invalid-option` */
export function checkMass(mass: number, caller: string): void {
  if (typeof mass === "number" && mass > 0 && mass < 1) return;
  throw new MixturaError("invalid-option", `${caller}: "mass" must be a number > 0 and < 1, found ${show(mass)}.`, {
    option: "mass",
    found: mass,
  });
}
