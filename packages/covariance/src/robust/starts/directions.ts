import { symmetricEigenInTurns } from "@mixtura/backend/internal/algebra";
import type { PassBackend } from "@mixtura/backend/internal/rows";
import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { openSample, releaseSample, spreadOf } from "../concentrate/sample.ts";

/** Orthonormal directions, one after the other, each of p numbers. */
export interface Directions {
  readonly count: number;
  readonly vectors: Float64Array;
}

/** Eigenvalues below this fraction of the largest are rounding. */
const NO_SPREAD = 1e-12;

/** How rows are brought together in a matrix: about their means, in units of their deviations, or as they are. */
export type Gathering = "covariance" | "correlation" | "cross-product";

/**
 * The eigenvectors of the covariance, correlation or cross-product matrix of rows.
 *
 * Where there are no more rows than columns, the matrix of the rows' products with each other has the same eigenvalues and is smaller;
 * directions without any spread are left out.
 *
 * @param rows written to, where they are few
 * @param labels −1 for rows to leave out
 * @remarks O(n p² + p³), or O(n² p + n³).
 */
export async function directionsOf(
  rows: Matrix,
  gathering: Gathering,
  backend: PassBackend,
  pace: Pace,
  labels?: Int32Array,
): Promise<Directions> {
  if (rows.rows <= rows.columns) return thinDirections(rows, gathering, pace, labels);
  const { columns: p } = rows;
  const sample = openSample(rows, backend, pace);
  try {
    const { covariance, location, count } = await spreadOf(sample, labels, new Float64Array(p));
    for (let i = 0; i < p && gathering === "cross-product"; i++)
      for (let j = 0; j < p; j++) covariance[i * p + j]! += (count / (count - 1)) * location[i]! * location[j]!;
    return await eigenvectorsOf(gathering === "correlation" ? correlationOf(covariance, p) : covariance, p, pace);
  } finally {
    releaseSample(sample);
  }
}

/** All eigenvectors of a symmetric matrix. */
export async function eigenvectorsOf(matrix: Float64Array, p: number, pace: Pace): Promise<Directions> {
  const { vectors } = await symmetricEigenInTurns(matrix, p, pace);
  const turned = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) turned[j * p + i] = vectors[i * p + j]!;
  return { count: p, vectors: turned };
}

/** Covariances divided by deviations; columns without spread go with none. */
function correlationOf(covariance: Float64Array, p: number): Float64Array {
  const perDeviation = Float64Array.from({ length: p }, (_, j) => {
    const variance = covariance[j * p + j]!;
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
  const correlation = covariance.map((value, at) => value * perDeviation[Math.floor(at / p)]! * perDeviation[at % p]!);
  for (let j = 0; j < p; j++) correlation[j * p + j] = 1;
  return correlation;
}

async function thinDirections(
  { data, rows, columns: p }: Matrix,
  gathering: Gathering,
  pace: Pace,
  labels?: Int32Array,
): Promise<Directions> {
  const kept = Int32Array.from({ length: rows }, (_, i) => i).filter((i) => labels === undefined || labels[i] === 0);
  if (gathering !== "cross-product") for (let j = 0; j < p; j++) centreColumn(data, kept, j, p, gathering === "correlation");
  const n = kept.length;
  const products = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) products[a * n + b] = products[b * n + a] = dot(data, kept[a]! * p, kept[b]! * p, p);
  const { values, vectors } = await symmetricEigenInTurns(products, n, pace);
  const first = values.findIndex((value) => value > NO_SPREAD * values[n - 1]!);
  const count = first === -1 ? 0 : n - first;
  const out = new Float64Array(count * p);
  for (let k = 0; k < count; k++) {
    const column = first + k;
    const scale = 1 / Math.sqrt(values[column]!);
    for (let a = 0; a < n; a++) {
      const loading = vectors[a * n + column]! * scale;
      for (let j = 0; j < p; j++) out[k * p + j]! += loading * data[kept[a]! * p + j]!;
    }
  }
  return { count, vectors: out };
}

function centreColumn(data: Float64Array, kept: Int32Array, column: number, p: number, standardise: boolean): void {
  let mean = 0;
  for (const i of kept) mean += data[i * p + column]! / kept.length;
  let square = 0;
  for (const i of kept) square += (data[i * p + column]! - mean) ** 2;
  const scale = standardise ? (square > 0 ? 1 / Math.sqrt(square) : 0) : 1;
  for (const i of kept) data[i * p + column] = (data[i * p + column]! - mean) * scale;
}

function dot(data: Float64Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let j = 0; j < length; j++) sum += data[a + j]! * data[b + j]!;
  return sum;
}
