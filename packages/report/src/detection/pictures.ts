import { cleaningPlot, densityPlot, histogramPlot, pairPlot, scatterPlot } from "@mixtura/plot";
import { counted } from "@mixtura/wording/internal";
import { html, Markup, NOTHING } from "../html/markup.ts";
import type { DetectionFacts } from "./facts.ts";
import { figure } from "./scores.ts";

/** Features in a picture of pairs. */
const MOST_FEATURES = 5;

/** The rows, with the anomalies marked, and what the detector takes for normal. */
export function detectionPictures(facts: DetectionFacts, names: readonly string[]): Markup {
  const { X, outliers, components, logDensityThreshold } = facts;
  const shared = { X, outliers, featureNames: names, background: false };
  const threshold = logDensityThreshold === undefined ? {} : { threshold: logDensityThreshold };
  const figures: Markup[] = [];
  if (X.columns <= 2 && components !== undefined)
    figures.push(
      figure(
        densityPlot({ ...shared, components, ...threshold, maxPoints: 2000, ...(X.columns === 2 ? { masses: [0.5, 0.9] } : {}) }),
        X.columns === 1
          ? "Rows as bars, what the detector takes for normal as a curve; anomalies are diamonds."
          : "What the detector takes for normal, the stronger the denser; anomalies are diamonds, and the strong line is the threshold.",
      ),
    );
  if (X.columns === 1 && components === undefined)
    figures.push(figure(histogramPlot(shared), `${counted(X.rows, "row")} as bars; anomalies are diamonds.`));
  if (X.columns === 2) figures.push(figure(scatterPlot(shared), "All rows; anomalies are ringed."));
  if (X.columns > 2) {
    const features = oddestFeatures(facts, MOST_FEATURES);
    figures.push(
      html`<figure class="wide">
        <div class="scroll" tabindex="0">${new Markup(pairPlot({ ...shared, features, width: 900, height: 900 }))}</div>
        <figcaption>
          Pairs of features${features.length < X.columns ? ", those that add most to the anomalies" : ""}; anomalies are ringed.
        </figcaption>
      </figure>`,
    );
  }
  return html`<section id="pictures">
    <h2>Pictures</h2>
    <div class="pictures">${figures}</div>
  </section>`;
}

/** The features that add most to the anomalies; without reasons, the first. */
function oddestFeatures({ X, anomalies }: DetectionFacts, most: number): number[] {
  const sums = new Float64Array(X.columns);
  for (const { contributions } of anomalies) {
    if (contributions === undefined) continue;
    const size = contributions.reduce((sum, value) => sum + Math.abs(value), 0) || 1;
    contributions.forEach((value, j) => (sums[j]! += Math.max(0, value) / size));
  }
  return Array.from(sums.keys())
    .toSorted((a, b) => sums[b]! - sums[a]! || a - b)
    .slice(0, most)
    .toSorted((a, b) => a - b);
}

/** Before and after a cleaning. */
export function cleaningSection(facts: DetectionFacts, names: readonly string[]): Markup {
  const { cleaning, X } = facts;
  if (cleaning === undefined) return NOTHING;
  const pair = oddestFeatures(facts, 2) as [number, number];
  const { removed, before, after, sentences } = cleaning;
  const svg = cleaningPlot({
    X,
    removed,
    featureNames: names,
    ...(X.columns > 2 ? { features: pair } : {}),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    width: 480,
    background: false,
  });
  return html`<section id="cleaning">
    <h2>Cleaning</h2>
    <div class="pictures">
      ${figure(svg, "All rows with the first fit; below, the rows that were kept with both fits.")}
      <div>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
    </div>
  </section>`;
}
