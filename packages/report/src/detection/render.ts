import { MixturaError } from "@mixtura/core";
import { html } from "../html/markup.ts";
import { htmlPage, pageFooter, recipeList } from "../html/page.ts";
import { dataSection } from "../sections/data.ts";
import { anomaliesSection } from "./anomalies.ts";
import { detectorSection, findingsSection } from "./detector.ts";
import type { DetectionFacts } from "./facts.ts";
import { detectionHead } from "./head.ts";
import { cleaningSection, detectionPictures } from "./pictures.ts";
import { scoresSection } from "./scores.ts";

/**
 * One self-contained HTML page about anomalies that a detector found: what was found in plain words, the most extreme rows with reasons, scores with
 * the threshold, distances where the detector uses them, pictures, findings with advice, and how to repeat it.
 *
 * It takes plain numbers and knows no detector. As {@link renderReport}, the page loads nothing, runs nothing, follows the reader's light or dark
 * setting, and prints; all text from outside is escaped; equal facts give equal bytes.
 *
 * @throws MixturaError `invalid-shape` where scores or marks are not one per row
 * @remarks O(n·d) time; about 100 to 600 kB, however many rows there are.
 * @example
 * ```ts run
 * const X = toMatrix([[1, 2], [2, 1], [1, 1], [90, 80]], {
 *   caller: "example",
 * });
 * const page = renderDetection({
 *   source: "four rows",
 *   X,
 *   detector: {
 *     type: "Example",
 *     sentences: [],
 *     thresholdSentence: "Rows below −9 are anomalies.",
 *     scoreName: "score",
 *   },
 *   scores: Float64Array.of(-1, -1, -1, -100),
 *   threshold: -9,
 *   outliers: Uint8Array.of(0, 0, 0, 1),
 *   anomalies: [
 *     {
 *       index: 3,
 *       score: -100,
 *       reason: "both features are far off",
 *       values: Float64Array.of(90, 80),
 *     },
 *   ],
 *   diagnostics: [],
 * });
 * page.includes("1 of 4 rows of four rows stands apart.") // => true
 * ```
 */
export function renderDetection(facts: DetectionFacts): string {
  const { X, scores, outliers, title, source, recipes = [], createdAt } = facts;
  for (const [name, list] of Object.entries({ scores, outliers })) {
    if (list.length === X.rows) continue;
    throw new MixturaError("invalid-shape", `renderDetection: "${name}" has ${list.length} entries for ${X.rows} rows. Give one per row.`, {
      expected: `${X.rows} entries`,
      found: `${list.length}`,
    });
  }
  const names = X.featureNames ?? Array.from({ length: X.columns }, (_, column) => `x${column + 1}`);
  const repeat =
    recipes.length === 0
      ? html``
      : html`<section id="repeat">
          <h2>Repeat and use it</h2>
          ${recipeList(recipes)}
        </section>`;
  return htmlPage(
    `${title ?? source} – anomaly report`,
    html`${detectionHead(facts)} ${anomaliesSection(facts, names)} ${scoresSection(facts)} ${detectionPictures(facts, names)}
    ${cleaningSection(facts, names)} ${detectorSection(facts)} ${findingsSection(facts)} ${dataSection(facts, names)} ${repeat}
    ${pageFooter(createdAt)}`,
  );
}
