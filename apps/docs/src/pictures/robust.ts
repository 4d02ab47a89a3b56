import { scatterPlot } from "@mixtura/plot";
import { EmpiricalCovariance, MinCovDet } from "mixtura";
import type { Picture } from "./picture.ts";
import { rowsOf } from "./rows.ts";

/** Fourteen planted rows and what they do to an ellipse: the usual one grows until it holds them all, the robust one does not. */
export async function robustPictures(): Promise<Picture[]> {
  const { X } = rowsOf("hbk", ["X1", "X3"]);
  const usual = await new EmpiricalCovariance().fit(X);
  const robust = await new MinCovDet().fit(X);
  const pictures = [
    { name: "masking-usual", title: "mean and covariance of all rows", model: usual },
    { name: "masking-robust", title: "minimum covariance determinant", model: robust },
  ];
  return Promise.all(
    pictures.map(async ({ name, title, model }): Promise<Picture> => {
      const distances = await model.mahalanobis(X);
      // The 97.5 % point of the chi-square distribution with two degrees of freedom.
      const outliers = Array.from(distances, (distance) => distance > 7.377758908227871);
      const count = outliers.filter(Boolean).length;
      const components = {
        weights: [1],
        means: [[...model.location]],
        covariances: [[...model.covariance.data]].map(([a, b, c, d]) => [
          [a!, b!],
          [c!, d!],
        ]),
      };
      return {
        name,
        alt: `The rows of Hawkins, Bradu and Kass, ${title}: ${count} of the 75 lie beyond the 97.5% ellipse.`,
        width: 340,
        draw: (theme, width) => scatterPlot({ X, components, outliers, theme, title, width, height: 320 }),
      };
    }),
  );
}
