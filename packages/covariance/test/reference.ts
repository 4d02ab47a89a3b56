import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One fit by scikit-learn. */
export interface SklearnFit {
  readonly location: readonly number[];
  readonly variances: readonly number[];
  /** The sum of the covariance's elements. */
  readonly total: number;
  readonly logLikelihood: number;
  readonly squaredMahalanobisFirst10: readonly number[];
  readonly shrinkage?: number;
}

export type EstimatorName = "empirical" | "shrunk" | "ledoitWolf" | "oas";

interface Entry {
  readonly data: string;
  readonly features: number;
  readonly centred: Readonly<Record<EstimatorName, SklearnFit>>;
  readonly aboutZero: Readonly<Record<EstimatorName, SklearnFit>>;
  /** Equation 23 of Chen et al. (2010). */
  readonly paperShare: number;
  /** The empirical estimate with 40 digits, where scikit-learn's own has too few. */
  readonly exact?: Pick<SklearnFit, "logLikelihood" | "squaredMahalanobisFirst10">;
  readonly covariance?: readonly number[];
  readonly errorNorms?: readonly {
    readonly norm: "frobenius" | "spectral";
    readonly scaling: boolean;
    readonly squared: boolean;
    readonly value: number;
  }[];
}

/** Values computed by scikit-learn; see test/reference/generate.py. */
export const reference = JSON.parse(readFileSync(join(import.meta.dirname, "reference", "sklearn.json"), "utf8")) as {
  readonly sound: readonly Entry[];
  readonly singular: readonly {
    data: string;
    features: number;
    centred: Readonly<Record<Exclude<EstimatorName, "empirical">, SklearnFit>>;
  }[];
};

/** |found − right| ÷ |right|. */
export function relativeError(found: number, right: number): number {
  return found === right ? 0 : Math.abs(found - right) / Math.abs(right);
}
