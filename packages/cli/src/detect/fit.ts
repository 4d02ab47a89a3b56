import type { Capability, Estimator, FitContext, FittedModel, Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import type { Threshold } from "@mixtura/outliers";
import { MixtureDetector } from "@mixtura/outliers";
import { CommandError } from "../command-error.ts";
import type { FeatureTable } from "../files/left-out.ts";
import { provenanceOf } from "../files/provenance.ts";
import { flagName } from "../flags/names.ts";
import type { Terminal } from "../terminal.ts";
import type { Detector, Verdicts } from "./detector.ts";
import { isDetector } from "./detector.ts";
import type { Judgement } from "./judge.ts";
import { judgementOf } from "./judge.ts";

/** Fits a detector on the rows of a table. */
export async function fitDetector(
  estimator: Estimator,
  path: string | undefined,
  table: FeatureTable,
  terminal: Terminal,
): Promise<Detector> {
  return (await estimator.fit(table.X, fitContext(path, table, terminal))) as Detector;
}

/** A detector, and what it says about the rows it was fitted on, where the fit knows that already. */
export interface FittedOnRows {
  readonly detector: Detector;
  readonly judgement?: Judgement;
}

/** An estimator that says what its model makes of the training rows: their scores decided about the threshold, so they are there. */
interface LabellingEstimator extends Estimator {
  fitPredict?(X: Matrix, context: FitContext): Promise<{ readonly model: FittedModel } & Partial<Verdicts>>;
}

/** Fits a detector on the rows of a table that it is to judge. */
export async function fitAndJudge(
  estimator: LabellingEstimator,
  path: string | undefined,
  table: FeatureTable,
  terminal: Terminal,
): Promise<FittedOnRows> {
  if (typeof estimator.fitPredict !== "function") return { detector: await fitDetector(estimator, path, table, terminal) };
  const { model, scores, labels } = await estimator.fitPredict(table.X, fitContext(path, table, terminal));
  const detector = model as Detector;
  // A detector that is calibrated has p-values to add.
  if (scores === undefined || labels === undefined || detector.calibrationScores !== undefined) return { detector };
  return { detector, judgement: judgementOf({ scores, labels }) };
}

function fitContext(path: string | undefined, table: FeatureTable, terminal: Terminal): FitContext {
  const { sampleWeight } = table;
  return {
    signal: terminal.signal,
    provenance: provenanceOf(path, table),
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    onProgress: ({ estimator: name, restart, restarts, iteration }) =>
      terminal.progress(`fitting ${name}${restarts > 1 ? `, start ${restart + 1}/${restarts}` : ""}, iteration ${iteration}`),
  };
}

/** The threshold rule of a detector: the one that it kept, or its option where the model keeps the threshold alone. */
export function ruleKept(detector: Detector, { options }: Estimator): Threshold | undefined {
  const { contamination } = options as { readonly contamination?: unknown };
  return detector.rule ?? (typeof contamination === "number" ? { contamination } : undefined);
}

/** Threshold rules that need no training rows when a density is judged. */
const WITHOUT_ROWS = ["logDensity", "score"];

/** Whether a saved model can judge rows as they come. */
export function judgesAlone(model: FittedModel, capabilities: readonly Capability[], rule: Threshold | undefined): boolean {
  return isDetector(model, capabilities) || (rule !== undefined && WITHOUT_ROWS.includes(Object.keys(rule)[0]!));
}

/** A model with what it can do. */
interface Saved {
  readonly model: FittedModel;
  readonly capabilities: readonly Capability[];
}

/**
 * Refuses models that cannot judge rows, before any row is read.
 *
 * @throws CommandError `usage`, MixturaError `not-supported`
 */
export function checkSaved({ model, capabilities }: Saved, path: string, rule: Threshold | undefined): void {
  if (isDetector(model, capabilities)) {
    if (rule === undefined) return;
    const flag = flagName(Object.keys(rule)[0]!);
    throw new CommandError("usage", `${path} is a detector with its own threshold: leave out ${flag}, or fit another one.`);
  }
  if (!capabilities.includes("density"))
    throw new MixturaError(
      "not-supported",
      `${path}: a ${model.type} model cannot flag anomalies. Use a detector, or a density such as a GaussianMixture.`,
      { feature: "outlier" },
    );
  if (rule === undefined)
    throw new CommandError(
      "usage",
      `${path} is a ${model.type}, a density without a threshold. Add a threshold rule: --apart, --log-density, --contamination or --gap.`,
    );
}

/**
 * A saved model as a detector: as it is, or a density with the threshold that was given.
 *
 * @param rows the rows that the threshold is found among; absent where the model judges alone
 */
export async function savedDetector(
  { model, capabilities }: Saved,
  rule: Threshold | undefined,
  path: string | undefined,
  rows: FeatureTable | undefined,
  terminal: Terminal,
): Promise<FittedOnRows> {
  if (isDetector(model, capabilities)) return { detector: model };
  const estimator = new MixtureDetector({ mixture: model, ...(rule === undefined ? {} : { threshold: rule }) });
  if (rows !== undefined) return fitAndJudge(estimator, path, rows, terminal);
  // A limit of the density does not depend on the rows.
  const alone = matrix(new Float64Array(model.featureCount), 1, model.featureCount, model.featureNames);
  const { leftOutColumns } = model.provenance ?? {};
  const provenance = leftOutColumns === undefined ? {} : { provenance: { leftOutColumns } };
  return { detector: await estimator.fit(alone, { signal: terminal.signal, ...provenance }) };
}
