import type { MatrixLike } from "@mixtura/core";
import { toMatrix } from "@mixtura/core";
import type { DataArguments } from "../input/data-set.ts";
import type { PictureOptions } from "../options.ts";
import { histogramPlot } from "./histogram.ts";
import { pairPlot } from "./pair.ts";
import { scatterPlot } from "./scatter.ts";

/** What {@link plotMixture} is given. */
export interface PlotMixtureOptions extends DataArguments, PictureOptions {}

/**
 * The picture that suits the data: {@link histogramPlot} for one feature, {@link scatterPlot} for two, {@link pairPlot} for more.
 *
 * @returns an SVG document; equal arguments give equal bytes
 * @throws MixturaError `invalid-option`, `unknown-option`, `invalid-shape`, `not-finite`, `feature-mismatch`, `invalid-weight`,
 * `not-positive-definite`
 * @example
 * ```ts run
 * const model = GaussianMixture.fromParameters({
 *   weights: [0.5, 0.5],
 *   means: [[-3], [3]],
 *   covariances: [[[1]], [[1]]],
 * });
 * plotMixture({
 *   X: model.sample(50, { randomState: 1 }).X,
 *   components: model,
 * }).includes("Histogram of 50 rows") // => true
 * ```
 */
export function plotMixture(options: PlotMixtureOptions): string {
  const X = toMatrix((options as PlotMixtureOptions | null | undefined)?.X as MatrixLike, { caller: "plotMixture: X" });
  // The converted rows go on, so that they are converted once.
  const arguments_ = { ...options, X };
  if (X.columns === 1) return histogramPlot(arguments_);
  return X.columns === 2 ? scatterPlot(arguments_) : pairPlot(arguments_);
}
