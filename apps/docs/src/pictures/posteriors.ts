import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { scatterPlot, weightsPlot } from "@mixtura/plot";
import type { BayesianGaussianMixtureOptions } from "mixtura";
import { BayesianGaussianMixture } from "mixtura";
import type { Picture } from "./picture.ts";
import { rowsOf } from "./rows.ts";

/** What Bayesian mixtures believe before and after the rows, and what each part of the belief does. */
export async function posteriorPictures(): Promise<Picture[]> {
  const { X: faithful } = rowsOf("faithful");
  const { X: bills } = rowsOf("penguins", ["bill_length_mm", "bill_depth_mm"]);
  const evenly = { nComponents: 6, weightConcentrationPriorType: "dirichlet_distribution" } as const;
  const ten = { nComponents: 10, covarianceType: "diag" } as const;
  const ring = { nComponents: 14, moves: true } as const;
  return [
    ...(await weightPictures(faithful)),
    await groupsPicture("concentration-small", "Concentration 0.01", faithful, { ...evenly, weightConcentrationPrior: 0.01 }),
    await groupsPicture("concentration-large", "Concentration 100", faithful, { ...evenly, weightConcentrationPrior: 100 }),
    await groupsPicture("covariance-default", "The default prior", ringOfGroups(), ring),
    await groupsPicture("covariance-narrow", "Variance 1 expected", ringOfGroups(), {
      ...ring,
      covariancePrior: [
        [2, 0],
        [0, 2],
      ],
    }),
    await groupsPicture("moves-without", "Ten components", bills, ten),
    await groupsPicture("moves-with", "Ten components, with moves", bills, { ...ten, moves: true }),
  ];
}

async function groupsPicture(name: string, title: string, X: Matrix, options: BayesianGaussianMixtureOptions): Promise<Picture> {
  const model = (await new BayesianGaussianMixture({ randomState: 1, ...options }).fit(X)).prune(0.005);
  const labels = await model.predict(X);
  const { nComponents: left } = model;
  return {
    name: `bayesian-${name}`,
    alt: `${title}: of ${options.nComponents} components ${left === options.nComponents ? "all" : left} hold rows.`,
    width: 340,
    draw: (theme, width) => scatterPlot({ X, components: model, labels, title, theme, width, height: 300 }),
  };
}

async function weightPictures(X: Matrix): Promise<Picture[]> {
  const { weights, priorWeights } = await new BayesianGaussianMixture({ nComponents: 6, moves: true, randomState: 1 }).fit(X);
  const componentNames = Array.from(weights.keys(), (k) => `component ${k}`);
  const bars = (name: string, title: string, alt: string, shown: Float64Array): Picture => ({
    name: `bayesian-weights-${name}`,
    alt,
    width: 340,
    draw: (theme, width) => weightsPlot({ weights: shown, title, componentNames, theme, width }),
  });
  return [
    bars("before", "Expected before the rows", "Weights of six components that the prior expects.", priorWeights),
    bars("after", "Expected given the rows", "Weights of the same components given the eruptions: two are left.", weights),
  ];
}

/** Eight tight groups on a wide ring. */
function ringOfGroups(): Matrix {
  const random = createRandom(5);
  const groups = 8;
  const rows = 160;
  const data = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    const angle = (2 * Math.PI * (i % groups)) / groups;
    data[2 * i] = 20 * Math.cos(angle) + random.normal();
    data[2 * i + 1] = 20 * Math.sin(angle) + random.normal();
  }
  return matrix(data, rows, 2, ["east", "north"]);
}
