import type { Matrix } from "@mixtura/core";
import { NO_CORRECTION } from "../correction.ts";
import type { StandardisedEstimate } from "../estimate.ts";
import type { SearchContext } from "../search/context.ts";
import type { RegularisedProblem } from "./search.ts";
import { regularisedSearch } from "./search.ts";

/** The regularised minimum covariance determinant of standardised rows. Rows are weighed once more as for the plain one. */
export async function regularisedEstimate(
  rows: Matrix,
  problem: RegularisedProblem,
  context: SearchContext,
): Promise<StandardisedEstimate & Required<Pick<StandardisedEstimate, "regularization">>> {
  const { best, count, restarts, location, covariance, reweighted, logDeterminant, weight, consistency, target } = await regularisedSearch(
    rows,
    problem,
    context,
  );
  const part = { location, covariance, labels: best.labels };
  return {
    raw: part,
    final: reweighted ?? part,
    logDeterminant,
    supportCount: count,
    corrections: { raw: { consistency, smallSample: 1 }, reweighted: reweighted?.correction ?? NO_CORRECTION },
    regularization: { rho: weight, target: target.name, correlation: target.correlation },
    restarts,
    steps: best.steps,
    converged: best.converged,
  };
}
