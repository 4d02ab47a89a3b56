import type { Matrix } from "@mixtura/core";
import { NO_CORRECTION } from "../correction.ts";
import type { StandardisedEstimate } from "../estimate.ts";
import type { SearchContext } from "../search/context.ts";
import type { RegularisedProblem } from "./search.ts";
import { regularisedSearch } from "./search.ts";

/** The regularised minimum covariance determinant of standardised rows. There is no reweighting: distances under it are not χ² distributed. */
export async function regularisedEstimate(
  rows: Matrix,
  problem: RegularisedProblem,
  context: SearchContext,
): Promise<StandardisedEstimate & Required<Pick<StandardisedEstimate, "regularization">>> {
  const { best, count, restarts, location, covariance, logDeterminant, weight, consistency, target } = await regularisedSearch(
    rows,
    problem,
    context,
  );
  const part = { location, covariance, labels: best.labels };
  return {
    raw: part,
    final: part,
    logDeterminant,
    supportCount: count,
    corrections: { raw: { consistency, smallSample: 1 }, reweighted: NO_CORRECTION },
    regularization: { rho: weight, target: target.name, correlation: target.correlation },
    restarts,
    steps: best.steps,
    converged: best.converged,
  };
}
