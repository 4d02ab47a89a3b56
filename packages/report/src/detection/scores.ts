import { distancePlot, qqPlot, scorePlot } from "@mixtura/plot";
import { chiSquareQuantile } from "@mixtura/distributions";
import { rowNames } from "../facts.ts";
import { html, Markup } from "../html/markup.ts";
import type { DetectionFacts } from "./facts.ts";

/** The fraction of clean rows within the classical cutoff. */
const USUAL = 0.975;

/** The scores with the threshold, and, where the detector uses distances, how they compare with classical and expected ones. */
export function scoresSection(facts: DetectionFacts): Markup {
  const { scores, threshold, outliers, detector, distances, X } = facts;
  const looks = { background: false, width: 480 } as const;
  const figures = [
    figure(
      scorePlot({ scores, threshold, outliers, scoreName: detector.scoreName, ...looks }),
      "Scores of all rows; those left of the threshold are anomalies.",
    ),
  ];
  if (distances !== undefined) {
    const { classical, robust, cutoff } = distances;
    const names = rowNames(facts);
    figures.push(
      figure(
        distancePlot({
          classical,
          robust,
          outliers,
          rowNames: names,
          cutoffs: { classical: chiSquareQuantile(USUAL, X.columns), robust: cutoff },
          ...looks,
        }),
        "Distances from the bulk of the rows, robust against classical. Rows far up but not far right hide from the classical estimate.",
      ),
      figure(
        qqPlot({ squaredDistances: robust, features: X.columns, cutoff, outliers, rowNames: names, ...looks }),
        "Distances against those of as many normal rows. Single points above the envelope are outliers; many of them mean heavy tails or another shape.",
      ),
    );
  }
  return html`<section id="scores">
    <h2>Scores</h2>
    <div class="pictures">${figures}</div>
  </section>`;
}

/** A picture with its caption. */
export function figure(svg: string, caption: string): Markup {
  return html`<figure>
    ${new Markup(svg)}
    <figcaption>${caption}</figcaption>
  </figure>`;
}
