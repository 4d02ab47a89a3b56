import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import type { Scale } from "../scale/scale.ts";

/**
 * Covariances of all pairs of columns from robust scales alone: cov(a, b) = (s(a + b)² − s(a − b)²) / 4. Symmetric, not always positive definite.
 *
 * @remarks O(p²) scales of n values.
 * @see Gnanadesikan & Kettenring, Robust estimates, residuals, and outlier detection with multiresponse data, Biometrics 28 (1972)
 */
export async function pairwiseCovariances({ data, rows, columns: p }: Matrix, scale: Scale, pace: Pace): Promise<Float64Array> {
  const out = new Float64Array(p * p);
  const byColumn = new Float64Array(rows * p);
  for (let i = 0; i < rows; i++) for (let j = 0; j < p; j++) byColumn[j * rows + i] = data[i * p + j]!;
  const sums = new Float64Array(rows);
  const differences = new Float64Array(rows);
  for (let a = 0; a < p; a++) {
    out[a * p + a] = scale(byColumn.subarray(a * rows, (a + 1) * rows)) ** 2;
    for (let b = 0; b < a; b++) {
      for (let i = 0; i < rows; i++) {
        const x = byColumn[a * rows + i]!;
        const y = byColumn[b * rows + i]!;
        sums[i] = x + y;
        differences[i] = x - y;
      }
      out[a * p + b] = out[b * p + a] = (scale(sums) ** 2 - scale(differences) ** 2) / 4;
      if (pace.due()) await pace.turn();
    }
  }
  return out;
}
