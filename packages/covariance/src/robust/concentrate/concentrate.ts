import { whiteningOfCovariance } from "@mixtura/backend/internal/factors";
import { markNearest } from "../order/nearest.ts";
import type { Sample, Shape } from "./sample.ts";
import { spreadOf, squaredDistances } from "./sample.ts";

/** What a subset of rows is judged by: the determinant of its covariance, or of one that is mixed with a target. */
export interface Objective {
  /** Rows of a subset, h. */
  readonly count: number;
  /** The matrix whose determinant counts, computed from the covariance of a subset. Absent: the covariance itself. */
  readonly matrixOf?: (covariance: Float64Array) => Float64Array;
}

/** A subset of rows, and the ellipsoid it makes. */
export interface Optimum extends Shape {
  /** 0 for the rows of the subset, −1 for the others. */
  readonly labels: Int32Array;
  /** Of the subset, divided by h − 1. */
  readonly covariance: Float64Array;
  /** Of the objective's matrix; −Infinity where the subset lies on a hyperplane. */
  readonly logDeterminant: number;
  /** Squared distances of all rows; absent where the subset lies on a hyperplane. */
  readonly distances: Float64Array | undefined;
  /** The log-determinant of every step. */
  readonly steps: readonly number[];
  /** Whether no step could lower it any more. */
  readonly converged: boolean;
}

/** Subsets that searches have been at, by fingerprint, and which of the searches it was. */
export type Visited = Map<number, number>;

/** Arguments of a search in addition to its start. */
export interface SearchOptions {
  /** Steps at most. */
  readonly maxSteps: number;
  /** Subsets of earlier searches: where this one meets theirs it would go their way, and ends. */
  readonly visited?: { readonly subsets: Visited; readonly search: number };
  /** Called after every step. */
  readonly onStep?: (step: number, logDeterminant: number) => void;
}

/** Condition numbers beyond this count as singular: a direction whose spread is a millionth of another's is no spread. */
export const SINGULAR_CONDITION = 1e12;

/** The whitening factor of a matrix in standardised coordinates and its log-determinant; nothing where it is singular up to rounding. */
export function whitened(
  matrix: Float64Array,
  p: number,
): { readonly whitening: Float64Array; readonly logDeterminant: number } | undefined {
  const result = whiteningOfCovariance(matrix, p);
  if (!result.ok) return undefined;
  const whitening = result.factor;
  let size = 0;
  let inverseSize = 0;
  let logDeterminant = 0;
  for (let at = 0; at < p * p; at++) {
    size += matrix[at]! * matrix[at]!;
    inverseSize += whitening[at]! * whitening[at]!;
  }
  // ‖A‖ ‖A⁻¹‖, the first by Frobenius, the second by the trace: never less than the condition number, at most p^1.5 times as much.
  if (!(Math.sqrt(size) * inverseSize <= SINGULAR_CONDITION)) return undefined;
  for (let i = 0; i < p; i++) logDeterminant -= 2 * Math.log(whitening[i * p + i]!);
  return { whitening, logDeterminant };
}

/**
 * Concentration steps: the rows nearest to the ellipsoid of a subset make the next subset, whose determinant is not larger, until nothing changes.
 *
 * @param start a number per row that is small for rows to begin with
 * @returns the last subset; nothing where an earlier search has been at one of the subsets
 * @remarks O(n p²) per step, in two passes of the backend; usually fewer than ten steps.
 * @see Rousseeuw & Van Driessen, A fast algorithm for the minimum covariance determinant estimator, Technometrics 41 (1999)
 */
export async function concentrate(
  sample: Sample,
  start: Float64Array,
  { count, matrixOf }: Objective,
  { maxSteps, visited, onStep }: SearchOptions,
): Promise<Optimum | { readonly joined: number }> {
  const { rows: n, columns: p, pace } = sample;
  let subset = await markNearest(start, count, new Int32Array(n), pace);
  let unused: Int32Array = new Int32Array(n);
  let centre: Float64Array = new Float64Array(p);
  const steps: number[] = [];
  for (;;) {
    const met = visited?.subsets.get(subset.fingerprint);
    if (met !== undefined && met !== visited!.search) return { joined: met };
    visited?.subsets.set(subset.fingerprint, visited.search);
    const { location, covariance } = await spreadOf(sample, subset.labels, centre);
    centre = location;
    const shape = whitened(matrixOf?.(covariance) ?? covariance, p);
    const found = { labels: subset.labels, location, covariance };
    if (shape === undefined) {
      const whitening = new Float64Array(p * p);
      return { ...found, whitening, logDeterminant: -Infinity, distances: undefined, steps, converged: true };
    }
    const { whitening, logDeterminant } = shape;
    const lowered = steps.length === 0 || logDeterminant < steps.at(-1)!;
    steps.push(logDeterminant);
    onStep?.(steps.length, logDeterminant);
    const distances = await squaredDistances(sample, { location, whitening });
    const next = await markNearest(distances, count, unused, pace);
    const converged = next.fingerprint === subset.fingerprint || !lowered;
    if (converged || steps.length >= maxSteps) return { ...found, whitening, logDeterminant, distances, steps, converged };
    unused = subset.labels;
    subset = next;
  }
}
