import { whiteningOfCovariance } from "@mixtura/backend/algebra";
import type { FittedModel } from "@mixtura/core";
import type { FittedGaussianMixture } from "@mixtura/mixture";
import { matchComponents } from "@mixtura/model-selection";
import type { TrainingRows } from "../detector/fit.ts";
import { scoringOf } from "../detector/scoring.ts";
import type { MixtureView } from "../explain/gaussians.ts";
import { viewOf } from "../explain/view.ts";

/** A number before and after cleaning. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** What cleaning changed about one Gaussian component. */
export interface ComponentChange {
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
  const components = componentChanges(first, last);
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
  { X, weights, pace, caller }: TrainingRows,
  out: Uint8Array,
): Promise<{ readonly logLikelihood?: number; readonly bic?: number }> {
  const scoring = scoringOf(model, caller);
  if (!scoring.isDensity) return {};
  const scores = await scoring.batch(X, pace.signal === undefined ? {} : { signal: pace.signal });
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
function componentChanges(before: FittedModel, after: FittedModel): readonly ComponentChange[] | undefined {
  const views = { before: viewOf(before), after: viewOf(after) };
  if (views.before === undefined || views.after === undefined) return undefined;
  const { before: first, after: last } = views;
  return Object.freeze(
    pairs(first, last).flatMap(([mine, theirs]) => {
      const was = partOf(first, mine);
      const is = partOf(last, theirs);
      if (was === undefined || is === undefined) return [];
      return Object.freeze({
        component: { before: mine, after: theirs },
        weight: { before: was.weight, after: is.weight },
        mean: { before: was.mean, after: is.mean },
        deviation: { before: was.deviation, after: is.deviation },
        shift: distance(is, was.mean),
        logVolumeRatio: is.logDetWhitening - was.logDetWhitening,
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

interface Part {
  readonly weight: number;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly whitening: Float64Array;
  readonly logDetWhitening: number;
}

/** Nothing for a covariance without a volume. */
function partOf(view: MixtureView, k: number): Part | undefined {
  const { means } = view;
  const d = means.columns;
  const { data } = view.covariance(k);
  const result = whiteningOfCovariance(data, d);
  if (!result.ok) return undefined;
  const whitening = result.factor;
  let logDetWhitening = 0;
  for (let i = 0; i < d; i++) logDetWhitening += Math.log(whitening[i * d + i]!);
  return {
    weight: view.weights[k]!,
    mean: means.data.slice(k * d, (k + 1) * d),
    deviation: Float64Array.from({ length: d }, (_, j) => Math.sqrt(data[j * (d + 1)]!)),
    whitening,
    logDetWhitening,
  };
}

function distance({ mean, whitening }: Part, x: Float64Array): number {
  const d = mean.length;
  let square = 0;
  for (let i = 0; i < d; i++) {
    let y = 0;
    for (let j = 0; j <= i; j++) y += whitening[i * d + j]! * (x[j]! - mean[j]!);
    square += y * y;
  }
  return Math.sqrt(square);
}
