import type { FittedModel } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import { matchComponents } from "@mixtura/model-selection";
import type { TrainingRows } from "../detector/fit.ts";
import { scoringOf } from "../detector/scoring.ts";
import type { Component, MixtureView } from "../explain/components.ts";
import { componentsOf } from "../explain/components.ts";
import { viewOf } from "../explain/view.ts";

/** A number before and after cleaning. */
interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** What cleaning changed about one Gaussian component. */
interface ComponentChange {
  /** Index of the component in each model. */
  readonly component: Change<number>;
  readonly weight: Change<number>;
  /** Length d, in the units of the data. */
  readonly mean: Change<Float64Array>;
  /** Standard deviation of each feature. */
  readonly deviation: Change<Float64Array>;
  /** How far the mean moved, in standard deviations of the component as it is after cleaning: a Mahalanobis distance. */
  readonly shift: number;
  /** How much the component shrank: log of the ratio of the volumes before and after, ½ log (det Σ before / det Σ after). */
  readonly logVolumeRatio: number;
}

/** What cleaning changed. Likelihoods and criteria are those of the rows that were kept, under each model. */
export interface CleaningChanges {
  /** Σ w log p(x) over the kept rows; absent where the model is no density. */
  readonly logLikelihood?: Change<number>;
  /** −2 log L + p log n over the kept rows; absent where the model does not know its number of parameters. */
  readonly bic?: Change<number>;
  /** Components that belong together; absent where the models show none. */
  readonly components?: readonly ComponentChange[];
}

/** What a cleaning changed: likelihoods on the rows that were kept, and parameters. */
export async function changesBetween(first: FittedModel, last: FittedModel, rows: TrainingRows, out: Uint8Array): Promise<CleaningChanges> {
  const before = await fitOf(first, rows, out);
  const after = await fitOf(last, rows, out);
  const components = componentChanges(first, last, rows.caller);
  return Object.freeze({
    ...(before.logLikelihood === undefined || after.logLikelihood === undefined
      ? {}
      : { logLikelihood: Object.freeze({ before: before.logLikelihood, after: after.logLikelihood }) }),
    ...(before.bic === undefined || after.bic === undefined ? {} : { bic: Object.freeze({ before: before.bic, after: after.bic }) }),
    ...(components === undefined ? {} : { components }),
  });
}

/** How well a model describes the kept rows. */
async function fitOf(
  model: FittedModel,
  { host, weights, pace, caller }: TrainingRows,
  out: Uint8Array,
): Promise<{ readonly logLikelihood?: number; readonly bic?: number }> {
  const scoring = scoringOf(model, caller);
  if (!scoring.isDensity) return {};
  const scores = await scoring.batch(host, pace.signal === undefined ? {} : { signal: pace.signal });
  let logLikelihood = 0;
  let total = 0;
  for (let row = 0; row < scores.length; row++) {
    const weight = weights?.[row] ?? 1;
    if (out[row] === 1 || weight === 0) continue;
    logLikelihood += weight * scores[row]!;
    total += weight;
  }
  const { nParameters } = scoring.model as { readonly nParameters?: number };
  return { logLikelihood, ...(nParameters === undefined ? {} : { bic: nParameters * Math.log(total) - 2 * logLikelihood }) };
}

/** How the parameters of two models differ, component by component. */
function componentChanges(before: FittedModel, after: FittedModel, caller: string): readonly ComponentChange[] | undefined {
  const [first, last] = [viewOf(before), viewOf(after)];
  if (first === undefined || last === undefined) return undefined;
  const [were, are] = [soundComponents(first, caller), soundComponents(last, caller)];
  if (were === undefined || are === undefined) return undefined;
  return Object.freeze(
    pairs(first, last).map(([mine, theirs]) => {
      const [was, is] = [were[mine]!, are[theirs]!];
      return Object.freeze({
        component: { before: mine, after: theirs },
        weight: { before: was.weight, after: is.weight },
        mean: { before: was.mean.slice(), after: is.mean.slice() },
        deviation: { before: deviationsOf(first, mine), after: deviationsOf(last, theirs) },
        shift: distance(is, was.mean),
        logVolumeRatio: is.logDeterminant - was.logDeterminant,
      });
    }),
  );
}

/** Indices of components that belong together: those of the first model and of the last. */
function pairs(first: MixtureView, last: MixtureView): (readonly [number, number])[] {
  if (first.weights.length === 1 && last.weights.length === 1) return [[0, 0]];
  const match = matchComponents(first as FittedGaussianMixture, last as FittedGaussianMixture);
  return [...match.entries()].flatMap(([theirs, mine]) => (mine === -1 ? [] : [[mine, theirs] as const]));
}

/** Nothing where a covariance has no volume. */
function soundComponents(view: MixtureView, caller: string): readonly Component[] | undefined {
  try {
    return componentsOf(view, caller);
  } catch (error) {
    if (isMixturaError(error, "not-positive-definite")) return undefined;
    throw error;
  }
}

function deviationsOf(view: MixtureView, k: number): Float64Array {
  const { data, columns } = view.covariance(k);
  return Float64Array.from({ length: columns }, (_, j) => Math.sqrt(data[j * (columns + 1)]!));
}

function distance({ mean, whitening }: Component, x: Float64Array): number {
  const d = mean.length;
  let square = 0;
  for (let i = 0; i < d; i++) {
    let y = 0;
    for (let j = 0; j <= i; j++) y += whitening[i * d + j]! * (x[j]! - mean[j]!);
    square += y * y;
  }
  return Math.sqrt(square);
}
