import type { Estimator, FitContext, FittedModel, MatrixLike } from "@mixtura/core";
import { MixturaError, toMatrix } from "@mixtura/core";
import { checkFitContext, checkOptions, checkSampleWeight, createPace, show } from "@mixtura/core/authoring";
import { isInMemory } from "@mixtura/core/internal";
import { ROWS_NEEDED, trainingRows } from "../detector/fit.ts";
import type { CleaningChanges } from "./changes.ts";
import { changesBetween } from "./changes.ts";
import type { CleaningRound, RemovedRow } from "./cleaning.ts";
import { clean } from "./cleaning.ts";
import type { CleanFitOptions } from "./options.ts";
import { cleanFitOptions } from "./options.ts";

/** What came of fitting, removing the most extreme rows and fitting again. */
export interface CleanFit<Fitted extends FittedModel> {
  /** The model of all rows. */
  readonly first: Fitted;
  /** The model of the rows that were kept. */
  readonly model: Fitted;
  /** The rows that it was fitted without, in ascending order, and why each of them is gone. */
  readonly removed: readonly RemovedRow[];
  /** What each round came to. */
  readonly rounds: readonly CleaningRound[];
  /** Whether the last model removes just the rows that it was fitted without; else there were not rounds enough. */
  readonly stable: boolean;
  /** What the rule comes to under the last model: rows that score less are extreme. */
  readonly threshold: number;
  /** What cleaning changed. */
  readonly changes: CleaningChanges;
}

/**
 * Fits, removes the most extreme rows, fits the rest again, and goes on until nothing changes: "run it twice", and as often as it takes.
 *
 * In every round the model of the round scores *all* rows, so a row that was removed comes back where a cleaner model finds it normal. With a
 * fraction as the rule that is a trimmed fit: the same number of rows is left out in every round, and the rest gets more likely.
 *
 * @param estimator any estimator of a density or a detector: anything whose model has `scoreSamples`, higher for more normal rows
 * @param X n×d rows; a source of blocks is refused
 * @param context `sampleWeight` counts rows in fits and shares alike
 * @throws (by rejection) MixturaError `invalid-option` for a rule that such scores have no meaning for or that leaves no rows, `not-supported` for a
 *   model that scores no rows, and any error that the estimator rejects with
 * @remarks The cost is that of `rounds` + 1 fits at most, and of as many passes over the rows.
 * @see Neykov & Müller, Breakdown point and computation of trimmed likelihood estimators in generalized linear models (2003), for such concentration steps
 * @example
 * ```ts run
 * const X = [0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.8, 0.9, 1, 50].map((x) => [x]);
 * const { first, model, removed, stable } = await cleanFit(
 *   new GaussianMixture(),
 *   X,
 *   { rule: { contamination: 0.1 } },
 * );
 * removed.map(({ row }) => row) // => [9]
 * first.means.data // ≈ [5.44]
 * model.means.data // ≈ [0.4888888888888889]
 * stable // => true
 * ```
 */
export async function cleanFit<Fitted extends FittedModel>(
  estimator: Estimator<Fitted>,
  X: MatrixLike,
  options: CleanFitOptions = {},
  context?: FitContext,
): Promise<CleanFit<Fitted>> {
  const caller = "cleanFit";
  if (typeof estimator?.fit !== "function") {
    throw new MixturaError("invalid-option", `${caller}: "estimator" must be an estimator, found ${show(estimator)}.`, {
      option: "estimator",
      found: estimator,
    });
  }
  const checked = checkOptions(caller, cleanFitOptions, options);
  const during = checkFitContext(context, caller);
  const pace = createPace(during.signal);
  pace.check();
  if (!isInMemory(X)) throw new MixturaError("not-supported", `${caller}: ${ROWS_NEEDED}.`, { feature: "blocks" });
  const host = toMatrix(X, { caller, numericStrings: during.numericStrings });
  const rows = trainingRows(X, { X: host, weights: checkSampleWeight(during.sampleWeight, host.rows, caller) }, { pace, caller });
  const { first, model, out, reasons, rounds, stable, threshold } = await clean(estimator, rows, checked, during);
  const changes = await changesBetween(first, model, rows, out);
  rows.pace.check();
  return Object.freeze({ first, model, removed: reasons, rounds, stable, threshold, changes });
}
