import { symmetricEigen } from "@mixtura/backend/algebra";
import { checkOptions } from "@mixtura/core";
import type { DeclarationsOf } from "@mixtura/core";

/** How the difference of two covariances is measured. */
export interface ErrorNormOptions {
  /** The root of the sum of squared elements, or the largest singular value. Default "frobenius". */
  norm?: "frobenius" | "spectral";
  /** Divides the squared norm by the number of features. Default true. */
  scaling?: boolean;
  /** The squared norm rather than the norm. Default true. */
  squared?: boolean;
}

const errorNormOptions = {
  norm: { range: { kind: "choice", choices: ["frobenius", "spectral"] }, default: "frobenius", description: "Which norm." },
  scaling: { range: { kind: "boolean" }, default: true, description: "Whether the squared norm is divided by the number of features." },
  squared: { range: { kind: "boolean" }, default: true, description: "Whether the squared norm is given rather than the norm." },
} satisfies DeclarationsOf<ErrorNormOptions>;

/** A norm of the difference of two d×d matrices. */
export function errorNorm(a: Float64Array, b: Float64Array, caller: string, options: ErrorNormOptions): number {
  const { norm, scaling, squared } = checkOptions(caller, errorNormOptions, options) as unknown as Required<ErrorNormOptions>;
  const d = Math.sqrt(a.length);
  const size = norm === "frobenius" ? frobenius(a, b) : spectral(a, b, d);
  const scaled = scaling ? size / Math.sqrt(d) : size;
  return squared ? scaled * scaled : scaled;
}

/** In units of the largest element, whose square might leave the range of doubles. */
function frobenius(a: Float64Array, b: Float64Array): number {
  const unit = largestDifference(a, b);
  if (unit === 0) return 0;
  return unit * Math.sqrt(a.reduce((sum, value, at) => sum + ((value - b[at]!) / unit) ** 2, 0));
}

/** The largest singular value, from the eigenvalues of EᵀE: `b` need not be symmetric. */
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
