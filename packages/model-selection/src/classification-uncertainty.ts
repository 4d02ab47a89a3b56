import type { BatchContext, MatrixLike, Mixture } from "@mixtura/core";
import { rowsOf, responsibilityBlocks } from "./row-blocks.ts";

/**
 * How unsure the component of each row is: 1 − maxₖ rₖ, from 0 to 1 − 1/K.
 *
 * It is summed from the other components' responsibilities, so that it is exact also where it is tiny.
 *
 * @param X n×d rows
 * @returns length n
 * @throws (by rejection) MixturaError `invalid-shape`, `not-finite`, `feature-mismatch`, `aborted`
 * @remarks O(n·k·d²) time; responsibilities are held for a block of rows at a time.
 * @see Fraley & Raftery, Model-based clustering, discriminant analysis, and density estimation (2002), §2.4
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-3], [3]],
 *   covariances: [[[1]], [[1]]],
 * });
 * await classificationUncertainty(model, [[0], [3]])
 * // ≈ [0.5, 1.522997951276035e-8]
 * ```
 */
export async function classificationUncertainty(model: Mixture, X: MatrixLike, context?: BatchContext): Promise<Float64Array> {
  const { signal } = context ?? {};
  const rows = rowsOf(model, X, "classificationUncertainty");
  const k = model.nComponents;
  const uncertainty = new Float64Array(rows.rows);
  for await (const { start, rows: count, responsibilities } of responsibilityBlocks(model, rows, signal)) {
    for (let row = 0; row < count; row++) {
      const own = responsibilities.subarray(row * k, (row + 1) * k);
      let most = 0;
      for (let j = 1; j < k; j++) if (own[j]! > own[most]!) most = j;
      let rest = 0;
      for (let j = 0; j < k; j++) if (j !== most) rest += own[j]!;
      uncertainty[start + row] = rest;
    }
  }
  return uncertainty;
}
