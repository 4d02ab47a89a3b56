import type { GaussianComponents } from "../components.ts";
import type { Primitives } from "../contract.ts";

/**
 * How a whitening factor W is laid down, and what can be computed from it: everything that differs between the shapes of {@link GaussianComponents}.
 * A component's squared distance is ‖W (x − μ)‖², and Σ⁻¹ = WᵀW.
 *
 * Factors are stored one after the other in `whitening`; `at` is where one begins.
 */
export interface Shape {
  /** Whether W is a diagonal, so that features are independent within a component. */
  readonly independent: boolean;
  /** Rows and columns of one factor, which is kept row-major. */
  dimensions(features: number): readonly [rows: number, columns: number];
  /** log det W = −½ log det Σ. */
  logDeterminant(whitening: Float64Array, at: number, features: number): number;
  /** The diagonal of W, length d. */
  diagonal(whitening: Float64Array, at: number, features: number): Float64Array;
  /** W as a lower triangle, d×d row-major with zeros above; a copy. */
  triangle(whitening: Float64Array, at: number, features: number): Float64Array;
  /** Multiply-adds that a squared distance costs, on top of the fixed cost of every pair of row and component. */
  work(features: number): number;
  /**
   * Writes the squared distance of one point to every component; nothing is allocated. Numbers go in arrays, since engines put a number that is
   * returned on the heap unless they happen to inline the call.
   *
   * @param x d numbers
   * @param room scratch of length d
   * @param out length k; NaN or Infinity where coordinates are beyond the largest double
   */
  readonly squares: (components: GaussianComponents, x: ArrayLike<number>, room: Float64Array, out: Float64Array) => void;
  /**
   * The squared distances of many rows to one component, made of a device's primitives.
   *
   * @param differences x − μ, rows×d
   * @param factor of the size that `dimensions` says
   * @returns rows×1
   */
  squaredDistances<H>(device: Primitives<H>, differences: H, factor: H): H;
}
