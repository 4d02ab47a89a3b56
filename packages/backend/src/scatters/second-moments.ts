import type { GaussianComponents } from "../components.ts";
import type { Scatter } from "./table.ts";

/**
 * Which second moments a pass returns, and how they are made of what rows can be summed to. S2 is additive: the second moments of two sets of
 * rows about the same centres, number by number, add up to those of both.
 *
 * Everything that a scatter keeps must be linear in the raw sums, so that it adds up and can be moved to other centres; it may depend on the
 * components, as projections on them do.
 */
export interface SecondMoments {
  /**
   * The sums over each component's rows that it is made of: Σ w r (x − c)(x − c)ᵀ, d×d, of which the lower triangle counts; their diagonal, d
   * numbers; or nothing.
   */
  readonly raw: "products" | "squares" | "nothing";
  /** Whether all components add to one block. */
  readonly pooled: boolean;
  /**
   * The scatter that keeps the raw sums as they are, from which this one can be made: what is asked of a device that works in other coordinates.
   * Its own name where it is such a scatter itself.
   */
  readonly base: Scatter;
  /**
   * Numbers in S2.
   *
   * @param components where the size depends on them; absent where rows are labelled
   */
  readonly size: (count: number, features: number, components?: GaussianComponents) => number;
  /**
   * Adds the raw sums of component k to S2. Of a matrix in S2 both triangles are filled.
   *
   * @param raw raw sums, from `at` on
   */
  readonly collect: (raw: Float64Array, at: number, k: number, features: number, S2: Float64Array, components?: GaussianComponents) => void;
}

/** Numbers in the raw sums of one component. */
export function rawSize(raw: SecondMoments["raw"], features: number): number {
  return { products: features * features, squares: features, nothing: 0 }[raw];
}
