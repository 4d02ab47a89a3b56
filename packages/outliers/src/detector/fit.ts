import type { Data, Diagnostic, FitTrace, Matrix, MatrixLike } from "@mixtura/core";
import { isIterative } from "@mixtura/core";
import type { Pace, FitJob } from "@mixtura/core/authoring";
import { present } from "@mixtura/core/authoring";
import type { IterativeTraceFacts, RowsInMemory, TraceFacts } from "@mixtura/core/internal";
import { isUploadedMatrix } from "@mixtura/core/internal";
import { guarded } from "../columns/guarded.ts";
import type { LearnedColumns } from "../columns/learn.ts";
import { learnColumns, NOTHING_LEARNED, withLearned } from "../columns/learn.ts";
import type { ConstantsRule } from "../columns/options.ts";
import { calibrated, countCopies } from "../threshold/calibration.ts";
import { checkCalibrationRows } from "../threshold/conformal.ts";
import type { JudgementOptions } from "../threshold/declare.ts";
import { thresholdInForce } from "../threshold/declare.ts";
import { resolveThreshold } from "../threshold/resolve.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { ruleOf } from "../threshold/threshold.ts";
import type { Judgement } from "./judgement.ts";
import type { WeightedRows } from "./rows.ts";
import { splitRows } from "./rows.ts";
import type { Scoring } from "./scoring.ts";

/** Why rows must be in memory, as the rest of an error's sentence. */
export const ROWS_NEEDED =
  "rows are scored as a whole. Read the blocks into one matrix; or fit a GaussianMixture on them, and give it to MixtureDetector with some rows to judge by";

/** The rows of a detector's fit, checked. */
export interface TrainingRows {
  /** As given where it lies on a backend, else the rows in memory. */
  readonly X: MatrixLike;
  readonly host: Matrix;
  readonly weights: Float64Array | undefined;
  readonly pace: Pace;
  readonly caller: string;
}

/** Rows that were read for a fit, as given where they lie on a backend. */
export function trainingRows(
  given: Data,
  { X: host, weights }: Pick<RowsInMemory, "X" | "weights">,
  { pace, caller }: Pick<FitJob<unknown>, "pace" | "caller">,
): TrainingRows {
  return { X: isUploadedMatrix(given) ? given : host, host, weights, pace, caller };
}

/** What a detector's fit takes besides its rows. */
export interface JudgedFit {
  readonly options: Readonly<JudgementOptions> & { readonly calibrationFraction: number; readonly constants: ConstantsRule };
  readonly seed: number;
  /** Fits on some of the rows; absent where the scoring is given and needs no rows. */
  readonly fit?: (rows: WeightedRows) => Promise<FittedScoring>;
  readonly given?: Scoring;
}

/** What came of fitting. */
interface FittedScoring {
  readonly scoring: Scoring;
  /** What takes the place of a threshold rule that turned out to have no meaning for these rows. */
  readonly replacement?: Threshold;
}

/** A scoring, and where it draws the line. */
interface JudgedScoring {
  /** As the model has it; with what is known about columns it is the detector's. */
  readonly scoring: Scoring;
  readonly learned: LearnedColumns;
  readonly judgement: Judgement;
  /** Scores of all rows, where the threshold comes from them. */
  readonly scores: Float64Array | undefined;
}

/**
 * Fits, and finds the threshold: on all rows, or, where a rate of false alarms is to be kept, on the part that is not held out to calibrate on.
 * A scoring that is given is calibrated on all rows.
 */
export async function judgedFit(
  { X, host, weights, pace, caller }: TrainingRows,
  { options, seed, fit, given }: JudgedFit,
): Promise<JudgedScoring> {
  const rule = thresholdInForce(options);
  const { kind, amount } = ruleOf(rule);
  const signal = present({ signal: pace.signal });
  const all = { X, weights };
  if (kind === "fpr") {
    if (given !== undefined) checkCalibrationRows(amount, countCopies(host.rows, weights, caller), caller);
    const { training, held } =
      given === undefined
        ? await splitRows(host, weights, { rate: amount, fraction: options.calibrationFraction, seed }, pace, caller)
        : { training: all, held: { X: host, weights } };
    const scoring = given ?? (await fit!(training)).scoring;
    // From the rows of the fit alone: those that are held out may break what these show, and are false alarms then.
    const learned = given === undefined ? await learnColumns(training, options.constants, pace) : NOTHING_LEARNED;
    const judgement = await calibrated(
      { fpr: amount },
      await guarded(scoring, learned.known).batch(held.X, signal),
      held.weights,
      pace,
      caller,
    );
    return { scoring, learned, judgement, scores: undefined };
  }
  const { scoring, replacement = rule } = given === undefined ? await fit!(all) : { scoring: given };
  const learned = given === undefined ? await learnColumns({ X: host, weights }, options.constants, pace) : NOTHING_LEARNED;
  const guard = guarded(scoring, learned.known);
  // By the rows in memory, in the form in which they were given: what lies on a backend has an origin of its own and rounds otherwise.
  let scores: Float64Array | undefined;
  const training = async () => ({ scores: (scores = await guard.batch(host, signal)), weights });
  const threshold = await resolveThreshold(replacement, guard, training, pace, caller);
  return { scoring, learned, judgement: { rule: replacement, threshold }, scores };
}

/** The trace of a detector: that of the fit inside, if there was one, and what there is to add. */
export function detectorTrace(
  inner: FitTrace | undefined,
  seed: number,
  diagnostics: readonly Diagnostic[],
  columns?: { readonly learned: LearnedColumns; readonly featureNames: readonly string[] | undefined },
): TraceFacts | IterativeTraceFacts {
  const found = inner?.diagnostics ?? [];
  const shown = columns === undefined ? found : withLearned(found, columns.learned, columns.featureNames);
  const own = { seed, diagnostics: [...shown, ...diagnostics], ...present({ backend: inner?.backend }) };
  if (inner === undefined || !isIterative(inner)) return own;
  const { converged, iterations, lowerBounds, restarts } = inner;
  const lasting = restarts.map(({ parameters: _, ...restart }) => Object.freeze(restart));
  return { ...own, converged, iterations, lowerBounds, restarts: lasting };
}
