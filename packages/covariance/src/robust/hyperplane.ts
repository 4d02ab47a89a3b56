import { symmetricEigen } from "@mixtura/backend/algebra";
import { SINGULAR_CONDITION } from "./concentrate/concentrate.ts";

/** A combination of columns that is constant: Σ coefficients · columns = constant. */
export interface Hyperplane {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  readonly constant: number;
}

/** Coefficients below this share of the largest are rounding. */
const NONE = 1e-6;

/**
 * The hyperplanes that hold rows of a singular covariance, each with as few columns as elimination finds: one for every direction without spread.
 *
 * @param covariance p×p, of columns of similar scale
 */
export function hyperplanesOf(covariance: Float64Array, location: Float64Array): Hyperplane[] {
  const p = location.length;
  const { values, vectors } = symmetricEigen(covariance, p);
  const floor = Math.max(values[p - 1]!, 1) / SINGULAR_CONDITION;
  const count = Math.max(1, values.filter((value) => value <= floor).length);
  const normals = Array.from({ length: count }, (_, k) => Float64Array.from({ length: p }, (__, j) => vectors[j * p + k]!));
  eliminate(normals);
  return normals.map((normal) => {
    const largest = normal.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const columns = Array.from(normal.keys()).filter((j) => Math.abs(normal[j]!) > NONE * largest);
    const coefficients = columns.map((j) => normal[j]! / largest);
    return { columns, coefficients, constant: columns.reduce((sum, j, at) => sum + coefficients[at]! * location[j]!, 0) };
  });
}

/** Gauss and Jordan: every vector keeps a column that no other has, the largest that is left. */
function eliminate(vectors: readonly Float64Array[]): void {
  for (const [index, vector] of vectors.entries()) {
    let pivot = 0;
    for (let j = 1; j < vector.length; j++) if (Math.abs(vector[j]!) > Math.abs(vector[pivot]!)) pivot = j;
    for (const [other, target] of vectors.entries()) {
      if (other === index) continue;
      const factor = target[pivot]! / vector[pivot]!;
      for (let j = 0; j < vector.length; j++) target[j]! -= factor * vector[j]!;
      target[pivot] = 0;
    }
  }
}
