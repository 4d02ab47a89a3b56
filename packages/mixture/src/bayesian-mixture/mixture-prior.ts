import type { Matrix } from "@mixtura/core";

/** What was believed of a mixture before the data were seen. */
export interface MixturePrior {
  /** Of the process, or of every component's weight; as learnt where it was learnt. */
  readonly weightConcentration: number;
  /** How many rows the prior mean was worth. */
  readonly meanPrecision: number;
  /** Length d, in the units of the data. */
  readonly mean: Float64Array;
  readonly degreesOfFreedom: number;
  /** The inverse scale of the precisions, d×d whatever the covariance type. */
  readonly covariance: Matrix;
}
