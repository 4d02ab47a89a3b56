/** A frame about one covariance, in which components near it are told apart by the information that complete data would hold: there it is the identity. */
export interface BlockFrame {
  /** How many numbers say what another covariance is. */
  readonly size: number;
  /** Writes a difference of means, d numbers at `from`, in units of the covariance to `target` at `to`. */
  inward(differences: Float64Array, from: number, target: Float64Array, to: number): void;
  /** The way back. */
  outward(coordinates: Float64Array, from: number, target: Float64Array, to: number): void;
  /** Writes what another covariance is, by its whitening factor, to `target` at `to`; zeros for the own one. */
  spread(whitening: Float64Array, target: Float64Array, to: number): void;
  /** Writes the covariance of such numbers to `target` at `to`. */
  covariance(coordinates: Float64Array, from: number, target: Float64Array, to: number): void;
  /** Slopes at another covariance, per unit of mass. */
  slopesAt(whitening: Float64Array): BlockSlopes;
}

/** What the log-likelihood gains along the coordinates of a frame, per unit of mass. */
interface BlockSlopes {
  /** Writes the slope of a mean to `target` at `to`. @param differences from the mean to that of the rows, d numbers at `from` */
  mean(differences: Float64Array, from: number, target: Float64Array, to: number): void;
  /** Writes the slope of the covariance. @param second moments of the rows about the mean, as a block */
  spread(second: Float64Array, target: Float64Array, to: number): void;
}
