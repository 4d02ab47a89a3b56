import type { Mixture, MixtureCriteria } from "@mixtura/core";

/** The information criteria of a fitted mixture; lower is better. */
export interface InformationCriteria {
  /** −2 log L + p log n, with n = Σ w. */
  readonly bic: number;
  /** −2 log L + 2p. */
  readonly aic: number;
  /** aic + 2p (p + 1) / (n − p − 1); Infinity where n ≤ p + 1, since it is not defined there. */
  readonly aicc: number;
  /** bic − 2 Σ w log maxₖ rₖ. */
  readonly icl: number;
}

/**
 * AIC with the correction for few rows (Hurvich & Tsai 1989).
 *
 * @param aic −2 log L + 2p
 * @param nParameters free parameters, p
 * @param weight n = Σ w, in rows
 * @returns Infinity where n ≤ p + 1, NaN where an argument is NaN or no number
 * @example
 * ```ts run
 * aicc(100, 5, 26) // => 103
 * aicc(100, 5, 6) // => Infinity
 * ```
 */
export function aicc(aic: number, nParameters: number, weight: number): number {
  if (![aic, nParameters, weight].every((value: unknown) => typeof value === "number")) return NaN;
  const spare = weight - nParameters - 1;
  return spare > 0 ? aic + (2 * nParameters * (nParameters + 1)) / spare : Infinity;
}

/** All information criteria of a fitted model. */
export function informationCriteria(
  { nParameters, objective }: Mixture,
  { bic, aic, aicc: own, icl }: MixtureCriteria,
): InformationCriteria {
  return { bic, aic, aicc: own ?? aicc(aic, nParameters, objective?.weight ?? Infinity), icl };
}
