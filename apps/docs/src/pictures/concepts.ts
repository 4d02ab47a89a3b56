import { boundPlot, densityPlot, scatterPlot } from "@mixtura/plot";
import { counted } from "@mixtura/wording/internal";
import type { FittedGaussianMixture } from "mixtura";
import { covarianceKind, covarianceTypes, GaussianMixture } from "mixtura";
import type { Picture } from "./picture.ts";
import { rowsOf } from "./rows.ts";

/** The forms of covariance, fitted to the same rows. */
export async function covariancePictures(): Promise<Picture[]> {
  const { X } = rowsOf("crabs", ["FL", "RW"]);
  return Promise.all(
    covarianceTypes.map(async (covarianceType) => {
      const model = await new GaussianMixture({ nComponents: 2, covarianceType, nInit: 5, randomState: 1 }).fit(X);
      const responsibilities = await model.predictProba(X);
      return {
        name: `covariance-${covarianceType}`,
        alt: `${covarianceType}: ${covarianceKind(covarianceType).meaning}. BIC ${model.bic!.toFixed(1)}, ${model.nParameters} parameters.`,
        width: 340,
        draw: (theme, width) => scatterPlot({ X, components: model, responsibilities, theme, title: covarianceType, width, height: 300 }),
      };
    }),
  );
}

/** Four states of one fit, and its bound. */
export async function expectationMaximisationPictures(): Promise<Picture[]> {
  const { X } = rowsOf("faithful");
  const estimator = new GaussianMixture({ nComponents: 2, initParams: "random_from_data", randomState: 5, tol: 1e-7 });
  const states: { iteration: number; model: FittedGaussianMixture }[] = [];
  const steps = estimator.steps(X);
  let next = await steps.next();
  for (; next.done !== true; next = await steps.next()) states.push(next.value);
  const model = next.value;
  const last = states.length - 1;
  const shown = [0, Math.round(last * 0.15), Math.round(last * 0.4), last];
  const pictures = await Promise.all(
    shown.map(async (at, index): Promise<Picture> => {
      const state = states[at]!;
      const responsibilities = await state.model.predictProba(X);
      return {
        name: `em-${index + 1}`,
        alt: `Old Faithful in two components after ${counted(state.iteration, "iteration")} of EM.`,
        caption: `After ${counted(state.iteration, "iteration")}.`,
        width: 340,
        draw: (theme, width) =>
          scatterPlot({
            X,
            components: state.model,
            responsibilities,
            theme,
            title: `iteration ${state.iteration}`,
            width,
            height: 300,
          }),
      };
    }),
  );
  return [
    ...pictures,
    {
      name: "em-bound",
      alt: "The mean log-likelihood of each iteration never falls; between two optima of the shape it may hardly rise for a while.",
      width: 680,
      draw: (theme, width) =>
        boundPlot({ lowerBounds: model.trace.lowerBounds, converged: model.trace.converged, theme, width, height: 280 }),
    },
  ];
}

/** A density with the regions that hold half, most and nearly all of the rows. */
export async function densityPictures(): Promise<Picture[]> {
  const { X } = rowsOf("faithful");
  const model = await new GaussianMixture({ nComponents: 2, randomState: 1 }).fit(X);
  return [
    {
      name: "density-faithful",
      alt: "Density of Old Faithful's eruptions, with the smallest regions that hold 50, 90 and 99% of the rows.",
      width: 680,
      draw: (theme, width) => densityPlot({ components: model, X, theme, width }),
    },
  ];
}
