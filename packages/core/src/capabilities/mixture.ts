import type { Matrix, MatrixLike } from "../matrix.ts";
import type { BatchContext } from "./batch-context.ts";
import type { Clustering } from "./clustering.ts";
import { isClustering } from "./clustering.ts";
import type { Density } from "./density.ts";
import { isDensity, member } from "./density.ts";

/** One component of a mixture, without its weight. */
export interface Component {
  /** The family in words, for texts: "Gaussian", "von Mises". */
  readonly family: string;
  /** Natural-log density at a point of d numbers, in the measure of the mixture. */
  logDensity(x: ArrayLike<number>): number;
  /** Mean, length d. Absent where the family has none, or where it describes nothing, as of angles. */
  readonly mean?: Float64Array;
  /** Covariance, d×d. Absent where `mean` is, or where the family has none. */
  readonly covariance?: Matrix;
  /** What distinguishes the component, in a few words, where mean and covariance do not: "around 3.1 rad, κ = 4.2". */
  readonly words?: string;
}

/** What fits of one kind are compared by; higher is better. */
export interface Objective {
  /** "log-likelihood", "evidence lower bound". */
  readonly name: string;
  /** In nats, of all training rows together; divided by `weight`, per row. */
  readonly value: number;
  /** Σ w of the training rows. */
  readonly weight: number;
}

/** What maximum likelihood says of the training rows. Criteria are better when lower. */
export interface MixtureCriteria {
  /** Σ w log p(x), in nats. */
  readonly logLikelihood: number;
  /** −2 log L + 2p. */
  readonly aic: number;
  /** AIC corrected for few rows. */
  readonly aicc?: number;
  /** −2 log L + p log n, with n = Σ w. */
  readonly bic: number;
  /** bic − 2 Σ w log maxₖ rₖ. */
  readonly icl: number;
}

/** Which of its estimator's forms a mixture has, such as its covariance type. */
export interface MixtureForm {
  /** "full covariance". */
  readonly name: string;
  /** What that means: "each component has its own shape and orientation". */
  readonly meaning?: string;
  /** The options that give it: `{ covarianceType: "full" }`. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/** The parameters of a mixture whose components are Gaussian, or are taken for such. */
export interface GaussianParameters {
  /** Length k. */
  readonly weights: ArrayLike<number>;
  /** k×d */
  readonly means: Matrix;
  /** Covariance of component k, d×d. */
  covariance(k: number): Matrix;
}

/** A weighted sum of densities. Tools read facts from these members; without an optional one, they leave out what is computed from it. */
export interface Mixture extends Density, Clustering {
  readonly nComponents: number;
  /** Length k, sum 1. */
  readonly weights: Float64Array;
  /** Length k, in the order of labels. */
  readonly components: readonly Component[];
  /** Free parameters. */
  readonly nParameters: number;
  /** Whether it represents a posterior: then it has no criteria, and `nComponents` is the most that may be used. */
  readonly isPosterior: boolean;
  /** Components that rest on fewer rows or less spread than their parameters need, ascending. */
  readonly degenerateComponents: readonly number[];
  /** Absent for a model that was made by hand. */
  readonly objective?: Objective | undefined;
  /** Absent for a posterior, and for a model that was made by hand. */
  readonly criteria?: MixtureCriteria | undefined;
  readonly form?: MixtureForm | undefined;
  /** Components that training rows occupy, ascending. Absent: all of them. */
  readonly occupiedComponents?: readonly number[] | undefined;
  /** Weights that a prior expected, length k. */
  readonly priorWeights?: Float64Array | undefined;
  /** How many components the training rows were expected to occupy before they were seen, and after. */
  readonly expectedComponents?: { readonly prior: number; readonly posterior: number } | undefined;
  /** What else there is to say of the model, in sentences. */
  describe?(): readonly string[];
  predictProba(X: MatrixLike, context?: BatchContext): Promise<Matrix>;
  sample(n: number, options?: { readonly randomState?: number }): { readonly X: Matrix; readonly labels: Int32Array };
  /** The Gaussian mixture that it is, or that has its parameters. Absent where components are not Gaussian. */
  toGaussianMixture?(): GaussianParameters;
}

/**
 * Whether a model is a mixture of densities.
 *
 * @example
 * ```ts run
 * isMixture(
 *   GaussianMixture.fromParameters({
 *     weights: [1],
 *     means: [[0]],
 *     covariances: [[[1]]],
 *   }),
 * ) // => true
 * isMixture(await new KMeans({ nClusters: 1 }).fit([[0], [1]]))
 * // => false
 * ```
 */
export function isMixture(model: unknown): model is Mixture {
  return (
    isDensity(model) &&
    isClustering(model) &&
    typeof member(model, "nComponents") === "number" &&
    typeof member(model, "isPosterior") === "boolean" &&
    Array.isArray(member(model, "components"))
  );
}
