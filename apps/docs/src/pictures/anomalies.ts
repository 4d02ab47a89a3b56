import { qqPlot, scatterPlot } from "@mixtura/plot";
import { EllipticEnvelope, MixtureDetector } from "mixtura";
import type { Picture } from "./picture.ts";
import { rowsOf } from "./rows.ts";

/** The row that stands apart from the penguins, and what becomes of an ellipse where rows are of several kinds. */
export async function anomalyPictures(): Promise<Picture[]> {
  const { X } = rowsOf("penguins");
  const { labels } = await new MixtureDetector({ randomState: 7 }).fitPredict(X);
  const outliers = labels.map((label) => Number(label === -1));
  const odd = Array.from(outliers.keys()).filter((row) => outliers[row] === 1);
  const { X: seen, labels: species } = rowsOf("penguins", ["bill_length_mm", "flipper_length_mm"]);
  const kinds = [...new Set(species)];
  const ellipse = await new EllipticEnvelope().fit(X);
  // An ellipse's score is the squared distance with its sign turned.
  const squaredDistances = (await ellipse.scoreSamples(X)).map((score) => -score);
  return [
    {
      name: "anomaly-penguins",
      alt: `Bills and flippers of ${X.rows} penguins in the colours of their species; ringed: ${odd.map((row) => `row ${row + 1}`).join(", ")}.`,
      caption:
        "Bills against flippers in the colours of the species, which the detector does not know. The ringed row has a bill of one kind on a body of another.",
      width: 560,
      draw: (theme, width) =>
        scatterPlot({ X: seen, labels: Array.from(species!, (one) => kinds.indexOf(one)), componentNames: kinds, outliers, theme, width }),
    },
    {
      name: "qq-penguins",
      alt: "Distances of the penguins from one robust ellipse against those that normal rows would have: a third of them leaves the envelope together.",
      caption:
        "Distances from one robust ellipse against those of normal rows. A third of the rows leaves the envelope together: another group, not a few outliers.",
      width: 560,
      draw: (theme, width) => qqPlot({ squaredDistances, features: X.columns, theme, width }),
    },
  ];
}
