import type { Matrix } from "@mixtura/core";

/** What was believed of a mixture before the data were seen. */
export interface MixturePrior {
  /** Of the process, or of every component's weight; as learnt where it was learnt. */
  readonly weightConcentration: number;
  /** The weight of the prior mean, in rows. */
  readonly meanPrecision: number;
  /** Length d, in the units of the data. */
  readonly mean: Float64Array;
  readonly degreesOfFreedom: number;
  /** The inverse scale of the precisions, d×d for every covariance type. */
  readonly covariance: Matrix;
}
