import { symmetricEigen } from "@mixtura/backend/internal/algebra";
import type { DeclarationsOf, Matrix, MatrixLike } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";

/** How the difference of two covariances is measured. */
export interface ErrorNormOptions {
  /** The root of the sum of squared elements, or the largest singular value, which takes O(d³) time. Default "frobenius". */
  norm?: "frobenius" | "spectral";
  /** Divides the squared norm by the number of features. Default true. */
  scaling?: boolean;
  /** The squared norm rather than the norm. Default true. */
  squared?: boolean;
}

const errorNormOptions = {
  norm: { range: { kind: "choice", choices: ["frobenius", "spectral"] }, default: "frobenius", description: "The norm to use." },
  scaling: { range: { kind: "boolean" }, default: true, description: "Whether the squared norm is divided by the number of features." },
  squared: { range: { kind: "boolean" }, default: true, description: "Whether the squared norm is given rather than the norm." },
} satisfies DeclarationsOf<ErrorNormOptions>;

/** A norm of the difference between a d×d covariance and another matrix of that size, or a model's covariance. */
export function errorNorm(
  covariance: Float64Array,
  other: MatrixLike | { readonly covariance: Matrix },
  options: ErrorNormOptions,
  caller: string,
): number {
  const { norm, scaling, squared } = checkOptions(caller, errorNormOptions, options);
  const given = toMatrix(other !== null && typeof other === "object" && "covariance" in other ? other.covariance : other, { caller });
  const d = Math.sqrt(covariance.length);
  if (given.rows !== d || given.columns !== d) {
    const [expected, found] = [`${d} × ${d}`, `${given.rows} × ${given.columns}`];
    throw new MixturaError("invalid-shape", `${caller}: the covariance is ${expected}, the other matrix ${found}.`, { expected, found });
  }
  const size = norm === "frobenius" ? frobenius(given.data, covariance) : spectral(given.data, covariance, d);
  const scaled = scaling ? size / Math.sqrt(d) : size;
  return squared ? scaled * scaled : scaled;
}

/** In units of the largest element, whose square might leave the range of doubles. */
function frobenius(a: Float64Array, b: Float64Array): number {
  const unit = largestDifference(a, b);
  if (unit === 0) return 0;
  return unit * Math.sqrt(a.reduce((sum, value, at) => sum + ((value - b[at]!) / unit) ** 2, 0));
}

/** The largest singular value, from the eigenvalues of EᵀE: `a` need not be symmetric. */
function spectral(a: Float64Array, b: Float64Array, d: number): number {
  const unit = largestDifference(a, b);
  if (unit === 0) return 0;
  const error = a.map((value, at) => (value - b[at]!) / unit);
  const product = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) for (let t = 0; t < d; t++) product[i * d + j]! += error[t * d + i]! * error[t * d + j]!;
  return unit * Math.sqrt(symmetricEigen(product, d).values[d - 1]!);
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}
