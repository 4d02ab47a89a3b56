import { criterionPlot, stabilityPlot } from "@mixtura/plot";
import { selectMixture, stability } from "mixtura";
import type { Picture } from "./picture.ts";
import { rowsOf } from "./rows.ts";

/** How the number of clusters is chosen: criteria, stability. */
export async function choicePictures(): Promise<Picture[]> {
  const { X } = rowsOf("penguins");
  const { candidates, winner } = await selectMixture(X, { nComponents: [1, 2, 3, 4, 5, 6], nInit: 3, randomState: 7 });
  const { rows } = await stability(X, { nComponents: [2, 3, 4, 5], covarianceType: "tied", nResamples: 12, randomState: 1 });
  return [
    {
      name: "criterion-penguins",
      alt: `BIC of the penguins by number of components and form of covariance; the lowest is ${winner.covarianceType} with ${winner.nComponents} components.`,
      width: 680,
      draw: (theme, width) => criterionPlot({ candidates, best: winner, theme, width }),
    },
    {
      name: "stability-penguins",
      alt: "Agreement of fits to samples of the rows with the fit to all of them.",
      width: 680,
      draw: (theme, width) => stabilityPlot({ rows, theme, width, height: 320 }),
    },
  ];
}
