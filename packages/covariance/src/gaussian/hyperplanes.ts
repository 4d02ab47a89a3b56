/**
 * A hyperplane that all rows lie on: Σ coefficients[i] · x[columns[i]] = offset. The feature that follows from the others comes first, with
 * coefficient 1. A single column is a constant feature.
 */
export interface Hyperplane {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  readonly offset: number;
}

/** Arguments of {@link findHyperplanes}. */
export interface HyperplaneQuestion {
  /** Length d. */
  readonly location: Float64Array;
  /** d×d, symmetric, positive semidefinite but for rounding. */
  readonly covariance: Float64Array;
  /** A variance for each feature that a spread is small or large against, > 0. */
  readonly scales: Float64Array;
  /** How many hyperplanes are spelled out. Default: all. */
  readonly most?: number;
  /** The fraction of a feature's scale that may be left when the others have explained what they can. Default 1e-9. */
  readonly tolerance?: number;
}

/** A coefficient below this fraction of the largest, each in units of the features' scales, is rounding. */
const NEGLIGIBLE = 1e-7;
/** An offset below this fraction of the terms in its sum is their rounding. */
const COEFFICIENT_ROUNDING = 1e-12;

/**
 * The hyperplanes that a singular covariance confines its rows to: each feature in turn is explained by those before it that are not explained
 * themselves (Gram–Schmidt on the features, by a Cholesky factor), so that a total is named as the sum of its parts and a duplicate by its
 * original.
 *
 * @returns `rank`, the number of features that nothing before them explains; `dependent`, those that something does, in order; and their
 *   hyperplanes, as many as requested
 * @remarks O(d³).
 * @see Golub & Van Loan, Matrix Computations (2013), §5.2 and §6.5
 * @example
 * ```ts run
 * // The third feature is the sum of the others, plus 1.
 * const { rank, hyperplanes } = findHyperplanes({
 *   location: Float64Array.of(0, 0, 1),
 *   covariance: Float64Array.of(1, 0, 1, 0, 4, 4, 1, 4, 5),
 *   scales: Float64Array.of(1, 4, 5),
 * });
 * rank // => 2
 * hyperplanes[0]
 * // ≈ { columns: [2, 0, 1], coefficients: [1, -1, -1], offset: 1 }
 * ```
 */
export function findHyperplanes({ location, covariance, scales, most = Infinity, tolerance = 1e-9 }: HyperplaneQuestion): {
  readonly rank: number;
  readonly dependent: readonly number[];
  readonly hyperplanes: readonly Hyperplane[];
} {
  const d = location.length;
  const unit = scales.map(Math.sqrt);
  const factor = new Float64Array(d * d); // rows and columns of the features in `basis`, and one row more
  const basis: number[] = [];
  const dependent: number[] = [];
  const hyperplanes: Hyperplane[] = [];
  for (let j = 0; j < d; j++) {
    const size = basis.length;
    const row = size * d;
    let left = covariance[j * d + j]! / scales[j]!;
    for (let a = 0; a < size; a++) {
      let rest = covariance[j * d + basis[a]!]! / unit[j]! / unit[basis[a]!]!;
      for (let t = 0; t < a; t++) rest -= factor[row + t]! * factor[a * d + t]!;
      factor[row + a] = rest / factor[a * d + a]!;
      left -= factor[row + a]! ** 2;
    }
    if (left > tolerance) {
      factor[row + size] = Math.sqrt(left);
      basis.push(j);
    } else {
      dependent.push(j);
      if (hyperplanes.length < most) hyperplanes.push(hyperplane(j, weightsOf(factor, size, d), { basis, unit, location }));
    }
  }
  return { rank: basis.length, dependent, hyperplanes };
}

/** What the features of the basis contribute to the one whose row was just worked out: Lᵀ w = row, from the bottom up. */
function weightsOf(factor: Float64Array, size: number, d: number): Float64Array {
  const weights = factor.slice(size * d, size * d + size);
  for (let a = size - 1; a >= 0; a--) {
    weights[a]! /= factor[a * d + a]!;
    for (let t = 0; t < a; t++) weights[t]! -= weights[a]! * factor[a * d + t]!;
  }
  return weights;
}

function hyperplane(
  feature: number,
  weights: Float64Array,
  { basis, unit, location }: { readonly basis: readonly number[]; readonly unit: Float64Array; readonly location: Float64Array },
): Hyperplane {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1);
  const columns = [feature];
  const coefficients = [1];
  const terms = [location[feature]!];
  weights.forEach((weight, a) => {
    if (Math.abs(weight) <= NEGLIGIBLE * largest) return;
    const column = basis[a]!;
    const coefficient = -weight * (unit[feature]! / unit[column]!);
    columns.push(column);
    coefficients.push(coefficient);
    terms.push(coefficient * location[column]!);
  });
  return { columns, coefficients, offset: roundedOffset(terms) };
}

/** The sum of the terms of an offset; 0 where it is their rounding. */
export function roundedOffset(terms: readonly number[]): number {
  const offset = terms.reduce((sum, term) => sum + term, 0);
  const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
  return Math.abs(offset) > COEFFICIENT_ROUNDING * size ? offset : 0;
}
