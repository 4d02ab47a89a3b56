import type { Capability, Estimator, FittedModel } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import type { Table } from "@mixtura/io";
import type { Threshold } from "@mixtura/outliers";
import { MixtureDetector } from "@mixtura/outliers";
import { CommandError } from "../command-error.ts";
import { flagName } from "../flags/names.ts";
import type { Terminal } from "../terminal.ts";
import type { Detector } from "./detector.ts";
import { isDetector } from "./detector.ts";

/** Fits a detector on the rows of a table. */
export async function fitDetector(estimator: Estimator, { X, sampleWeight }: Table, terminal: Terminal): Promise<Detector> {
  const model = await estimator.fit(X, {
    signal: terminal.signal,
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    onProgress: ({ estimator: name, restart, restarts, iteration }) =>
      terminal.progress(`fitting ${name}${restarts > 1 ? `, start ${restart + 1}/${restarts}` : ""}, iteration ${iteration}`),
  });
  return model as Detector;
}

/** What a detector was told about where normal ends: what it kept, or its option where the model keeps the threshold alone. */
export function wishKept(detector: Detector, { options }: Estimator): Threshold | undefined {
  const { contamination } = options as { readonly contamination?: unknown };
  return detector.wish ?? (typeof contamination === "number" ? { contamination } : undefined);
}

/** Wishes that a density can be judged by without any training rows. */
const WITHOUT_ROWS = ["logDensity", "score"];

/** Whether a saved model can judge rows as they come. */
export function judgesAlone(model: FittedModel, capabilities: readonly Capability[], wish: Threshold | undefined): boolean {
  return isDetector(model, capabilities) || (wish !== undefined && WITHOUT_ROWS.includes(Object.keys(wish)[0]!));
}

/** A model with what it can do. */
interface Saved {
  readonly model: FittedModel;
  readonly capabilities: readonly Capability[];
}

/**
 * Turns down models that cannot judge rows, before any row is read.
 *
 * @throws CommandError `usage`, MixturaError `not-supported`
 */
export function checkSaved({ model, capabilities }: Saved, path: string, wish: Threshold | undefined): void {
  if (isDetector(model, capabilities)) {
    if (wish === undefined) return;
    const flag = flagName(Object.keys(wish)[0]!);
    throw new CommandError("usage", `${path} is a detector with a threshold of its own: leave out ${flag}, or fit another one.`);
  }
  if (!capabilities.includes("density"))
    throw new MixturaError(
      "not-supported",
      `${path}: a ${model.type} model does not say which rows are anomalies. Take a detector, or a density such as a GaussianMixture.`,
      { feature: "outlier" },
    );
  if (wish === undefined)
    throw new CommandError(
      "usage",
      `${path} is a ${model.type}, a density without a threshold. Say where normal ends: --log-density, --contamination or --gap.`,
    );
}

/**
 * A saved model as a detector: as it is, or a density with the threshold that was given.
 *
 * @param rows the rows that the threshold is found among; absent where the model judges alone
 */
export async function savedDetector(
  { model, capabilities }: Saved,
  wish: Threshold | undefined,
  rows: Table | undefined,
  terminal: Terminal,
): Promise<Detector> {
  if (isDetector(model, capabilities)) return model;
  const estimator = new MixtureDetector({ mixture: model, ...(wish === undefined ? {} : { threshold: wish }) });
  // A density of a certain height is the same whatever the rows are.
  const alone: Pick<Table, "X"> = { X: matrix(new Float64Array(model.featureCount), 1, model.featureCount, model.featureNames) };
  return estimator.fit((rows ?? alone).X, {
    signal: terminal.signal,
    ...(rows?.sampleWeight === undefined ? {} : { sampleWeight: rows.sampleWeight }),
  });
}
