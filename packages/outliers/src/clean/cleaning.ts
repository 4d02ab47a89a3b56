import type { Estimator, FitContext, FittedModel } from "@mixtura/core";
import { isMixturaError, MixturaError } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { guarded } from "../columns/guarded.ts";
import type { LearnedColumns } from "../columns/learn.ts";
import { learnColumns, NOTHING_LEARNED } from "../columns/learn.ts";
import type { ConstantsRule } from "../columns/options.ts";
import { constantsDeclaration } from "../columns/options.ts";
import type { WeightedRows } from "../detector/rows.ts";
import type { TrainingRows } from "../detector/fit.ts";
import { pickRows } from "../detector/rows.ts";
import { SCORING, scoringOf } from "../detector/scoring.ts";
import { resolveThreshold } from "../threshold/resolve.ts";
import { thresholdText } from "../threshold/threshold.ts";
import type { CheckedCleanFitOptions } from "./options.ts";

/** Why a row is gone. */
export interface RemovedRow {
  readonly row: number;
  /** What it scored when it was last judged. */
  readonly score: number;
  /** What it fell short of. */
  readonly threshold: number;
  /** The round since which it is gone, from 1. */
  readonly round: number;
}

/** One round of a cleaning. */
export interface CleaningRound {
  /** What the rule came to under the model of the round before. */
  readonly threshold: number;
  /** Rows that are gone after it. */
  readonly removed: number;
  /** Rows that went in this round. */
  readonly went: number;
  /** Rows that came back in this round. */
  readonly returned: number;
}

/** The state in which a cleaning ended. */
export interface Cleaning<Fitted extends FittedModel> {
  readonly first: Fitted;
  readonly model: Fitted;
  /** 1 for each row that the model was fitted without. */
  readonly out: Uint8Array;
  readonly reasons: readonly RemovedRow[];
  readonly rounds: readonly CleaningRound[];
  readonly stable: boolean;
  readonly threshold: number;
  /** What the rows of the last model show about their columns; nothing where the model, a detector, knows for itself. */
  readonly learned: LearnedColumns;
  /** Scores of all rows under the last model. */
  readonly scores: Float64Array;
  /** Why the rest could not be fitted again, where that ended the cleaning. */
  readonly tooFew?: MixturaError;
}

/** Fits, removes, fits again. */
export async function clean<Fitted extends FittedModel>(
  estimator: Estimator<Fitted>,
  training: TrainingRows,
  { rule, rounds: most, constants = constantsDeclaration.default }: CheckedCleanFitOptions & { readonly constants?: ConstantsRule },
  context: FitContext,
): Promise<Cleaning<Fitted>> {
  const { X, host, weights, pace, caller } = training;
  const signal = pace.signal === undefined ? {} : { signal: pace.signal };
  const first = await estimator.fit(X, context);
  const since = new Int32Array(host.rows); // the round since which a row is gone; 0 while it is kept
  let model = first;
  let learned = await learnedBy(model, training, constants, pace);
  let out: Uint8Array = new Uint8Array(host.rows);
  let reasons: readonly RemovedRow[] = [];
  const rounds: CleaningRound[] = [];
  const seen = new Set([fingerprint(out)]);
  for (;;) {
    const scoring = guarded(scoringOf(model, caller), learned.known);
    const scores = await scoring.batch(host, signal);
    const threshold = await resolveThreshold(rule, scoring, async () => ({ scores, weights }), pace, caller, "rule");
    // A row that does not count has no say, and need not be removed.
    const extreme = Uint8Array.from(scores, (score, row) => Number(score < threshold && weights?.[row] !== 0));
    const went = extreme.reduce((sum, flag, row) => sum + Number(flag > out[row]!), 0);
    const returned = extreme.reduce((sum, flag, row) => sum + Number(flag < out[row]!), 0);
    const stable = went + returned === 0;
    if (stable) reasons = reasonsOf(extreme, scores, threshold, since);
    const done = { first, model, learned, out, reasons, rounds: Object.freeze([...rounds]), stable, threshold, scores };
    // The same rows as in an earlier round would lead to the same rounds again.
    if (stable || rounds.length === most || seen.has(fingerprint(extreme))) return done;
    seen.add(fingerprint(extreme));
    requireRows(extreme, weights, rule, caller);
    pace.check();
    const kept = await pickRows(host, (row) => extreme[row] === 0, pace);
    const sampleWeight = weights?.filter((_, row) => extreme[row] === 0);
    try {
      model = await estimator.fit(kept, { ...context, ...(sampleWeight === undefined ? {} : { sampleWeight }) });
    } catch (error) {
      if (isMixturaError(error, "too-few-rows")) return { ...done, tooFew: error };
      throw error;
    }
    learned = await learnedBy(model, { X: kept, weights: sampleWeight }, constants, pace);
    out = extreme;
    rounds.push(Object.freeze({ threshold, removed: extreme.reduce((sum, flag) => sum + flag, 0), went, returned }));
    for (let row = 0; row < since.length; row++) since[row] = extreme[row] === 0 ? 0 : since[row]! || rounds.length;
    reasons = reasonsOf(extreme, scores, threshold, since);
  }
}

/** What rows show about their columns, unless the model that they made has looked. */
async function learnedBy(model: FittedModel, rows: WeightedRows, constants: ConstantsRule, pace: Pace): Promise<LearnedColumns> {
  return SCORING in model ? NOTHING_LEARNED : learnColumns(rows, constants, pace);
}

/** A short text that is another one for other rows, but for one chance in 2⁶⁴. */
function fingerprint(flags: Uint8Array): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const flag of flags) {
    a = Math.imul(a ^ flag, 0x01000193);
    b = Math.imul(b + flag + 1, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return `${a} ${b}`;
}

function reasonsOf(out: Uint8Array, scores: Float64Array, threshold: number, since: Int32Array): readonly RemovedRow[] {
  const reasons: RemovedRow[] = [];
  for (let row = 0; row < out.length; row++)
    if (out[row] === 1) reasons.push(Object.freeze({ row, score: scores[row]!, threshold, round: since[row]! }));
  return Object.freeze(reasons);
}

function requireRows(out: Uint8Array, weights: Float64Array | undefined, rule: CheckedCleanFitOptions["rule"], caller: string): void {
  if (out.some((flag, row) => flag === 0 && weights?.[row] !== 0)) return;
  throw new MixturaError(
    "invalid-option",
    `${caller}: the rule ${thresholdText(rule)} removes every row. Lower it, or use { contamination }.`,
    {
      option: "rule",
      found: rule,
    },
  );
}
