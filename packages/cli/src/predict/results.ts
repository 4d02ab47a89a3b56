import type { BatchContext, Capability, FittedModel, Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import type { KeptColumn } from "@mixtura/io/internal";
import type { Writing } from "../files/dialect.ts";
import type { Column } from "../files/kept.ts";
import { keptColumns } from "../files/kept.ts";

/** What can be written for each row. */
export type ResultKind = "labels" | "responsibilities" | "log-density" | "reasons";

export const RESULT_KINDS: readonly ResultKind[] = ["labels", "responsibilities", "log-density", "reasons"];

/** The batch methods that a model may have. */
interface Predictor {
  predict?(X: Matrix, context: BatchContext): Promise<ArrayLike<number>>;
  predictProba?(X: Matrix, context: BatchContext): Promise<Matrix>;
  scoreSamples?(X: Matrix, context: BatchContext): Promise<ArrayLike<number>>;
}

const NEEDS: Readonly<Record<ResultKind, readonly Capability[]>> = {
  labels: ["clustering", "outlier"],
  responsibilities: ["soft-clustering"],
  "log-density": ["density"],
  reasons: [], // why a row was not judged, which no model has to know
};

const COMPUTE: Readonly<Record<ResultKind, (model: Predictor, X: Matrix, context: BatchContext) => Promise<Column[]>>> = {
  labels: async (model, X, context) => [["label", await model.predict!(X, context)]],
  responsibilities: async (model, X, context) => columnsOf(await model.predictProba!(X, context)),
  "log-density": async (model, X, context) => [["log_density", await model.scoreSamples!(X, context)]],
  reasons: async (_, { rows }) => [["reason", Array.from({ length: rows }, () => null)]],
};

/**
 * How a block of rows becomes columns to write: those that are kept, then the results. A result whose name a kept column has already is
 * called "predicted_…".
 *
 * @throws MixturaError `not-supported` where the model cannot give what is asked for
 */
export function resultsOf(
  model: FittedModel,
  capabilities: readonly Capability[],
  kinds: readonly ResultKind[],
): (X: Matrix, kept: readonly KeptColumn[], writing: Writing, signal: AbortSignal) => Promise<Column[]> {
  const able = RESULT_KINDS.filter((kind) => NEEDS[kind].some((capability) => capabilities.includes(capability)));
  const unable = kinds.find((kind) => NEEDS[kind].length > 0 && !able.includes(kind));
  if (unable !== undefined) {
    throw new MixturaError(
      "not-supported",
      `A ${model.type} model gives ${able.join(", ") || "nothing for a row"}, not ${unable}. Change --with.`,
      { feature: unable },
    );
  }
  return async (X, kept, writing, signal) => {
    const columns = keptColumns(X, kept, writing);
    const taken = new Set(columns.map(([name]) => name));
    for (const kind of kinds) {
      for (const [name, cells] of await computed(kind, model, X, signal))
        columns.push([taken.has(name) ? `predicted_${name}` : name, cells]);
    }
    return columns;
  };
}

/** A result of some rows; that of none has the columns of any. */
async function computed(kind: ResultKind, model: FittedModel, X: Matrix, signal: AbortSignal): Promise<Column[]> {
  if (X.rows > 0) return COMPUTE[kind](model as Predictor, X, { signal });
  const columns = await COMPUTE[kind](model as Predictor, anyRow(model), { signal });
  return columns.map(([name]) => [name, []]);
}

/** A row of a model's features, where it is of no account which. */
export function anyRow({ featureCount, featureNames }: FittedModel): Matrix {
  return matrix(new Float64Array(featureCount), 1, featureCount, featureNames);
}

function columnsOf({ data, rows, columns }: Matrix): Column[] {
  return Array.from({ length: columns }, (_, k) => [
    `responsibility_${k}`,
    Float64Array.from({ length: rows }, (_, row) => data[row * columns + k]!),
  ]);
}
