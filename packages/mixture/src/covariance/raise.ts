import { symmetricEigenInTurns } from "@mixtura/backend/internal/algebra";
import type { Pace } from "@mixtura/core/authoring";
import { inUnitsOf } from "./above.ts";

/**
 * The likeliest covariance among those with Σ ⪰ diag(D), from the likeliest of all: its eigenvalues, in units of D, become at least 1.
 *
 * −½ (log |Σ| + tr Σ⁻¹ S) separates over the eigenvectors of S in units of D, and falls with the distance from each eigenvalue.
 *
 * @param covariance d×d, symmetric; what is not finite counts as 0
 * @remarks O(d³), in turns.
 * @throws MixturaError (by rejection) `aborted`
 */
export async function raisedMatrix(covariance: Float64Array, least: Float64Array, pace: Pace): Promise<Float64Array> {
  const d = least.length;
  const scaled = inUnitsOf(covariance, least).map((value) => (Number.isFinite(value) ? value : 0));
  const { values, vectors } = await symmetricEigenInTurns(scaled, d, pace);
  const raised = new Float64Array(d * d);
  const weighted = vectors.map((value, at) => value * Math.max(1, values[at % d]!));
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < d; t++) sum += weighted[i * d + t]! * vectors[j * d + t]!;
      raised[i * d + j] = raised[j * d + i] = sum * Math.sqrt(least[i]!) * Math.sqrt(least[j]!);
    }
    if (pace.due()) await pace.turn();
  }
  return raised;
}
