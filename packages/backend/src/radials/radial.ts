import type { Primitives } from "../contract.ts";

/**
 * A function of squared distances that is the same for all rows of a component, in loops on the host and in a device's primitives. The two agree
 * within the device's precision.
 */
export interface OfSquares {
  /**
   * Replaces squared distances by the function's values, in place; nothing is allocated.
   *
   * @param values squared distances of one component at `from … to − 1`; Infinity where rows are out of reach
   * @param parameters of all components; those of this one begin at `at`
   */
  host(values: Float64Array, from: number, to: number, features: number, parameters: Float64Array, at: number): void;
  /**
   * @param squares rows×1
   * @param constants what {@link Radial.constants} gave for the component, a 1×1 handle each
   * @returns rows×1
   */
  device<H>(device: Primitives<H>, squares: H, constants: readonly H[]): H;
}

/**
 * How the density of a component falls with the squared distance q = ‖W (x − μ)‖² from its mean: log p(x) is its log-offset plus a log-term of q.
 * Scale mixtures of Gaussians, such as Student's t, also weight rows by their distance in the moments that an M-step needs.
 */
export interface Radial {
  /** Parameters of one component. */
  readonly size: number;
  /** Numbers of one component that the device's functions need, made of its parameters. */
  constants(features: number, parameters: Float64Array, at: number): readonly number[];
  /** The log-term; −½ q for a Gaussian. */
  readonly logTerm: OfSquares;
  /**
   * u(q): rows count in first and second moments with r u, and in `radialMass`; `s0` stays Σ w r. Absent where u is 1.
   */
  readonly weight?: OfSquares;
  /** Further functions e(q) of which Σ w r e is returned in `extra`, for the M-step of the radial's own parameters. */
  readonly extras: readonly OfSquares[];
}
