import { MixturaError } from "@mixtura/core";
import type { ReportFacts } from "./facts.ts";
import { html } from "./html/markup.ts";
import { htmlPage } from "./html/page.ts";
import { choiceSection } from "./sections/choice.ts";
import { componentsSection } from "./sections/components.ts";
import { dataSection } from "./sections/data.ts";
import { diagnosticsSection } from "./sections/diagnostics.ts";
import { headSection } from "./sections/head.ts";
import { picturesSection } from "./sections/pictures.ts";
import { repeatSection } from "./sections/repeat.ts";
import { stabilitySection } from "./sections/stability.ts";
import { unusualSection } from "./sections/unusual.ts";
import { describeComponents, featureNamesOf } from "./words/components.ts";
import { occupiedComponents } from "./words/occupied.ts";

/**
 * One self-contained HTML page about a fitted mixture and its rows: summary in plain words, pictures, groups, choice with criterion table and
 * curves, most unusual rows, data, diagnostics with advice, and how to repeat it.
 *
 * The page loads nothing and runs no scripts (its own content policy forbids both), follows the reader's light or dark setting, and prints.
 * All text from outside is escaped. Equal facts give equal bytes.
 *
 * @throws MixturaError `feature-mismatch` when the model has other features than the rows
 * @remarks O(n·(d + k)) time besides what `surveyRows` took; about 100 to 600 kB, however many rows there are.
 * @example
 * ```ts run
 * const X = toMatrix([[0, 1], [1, 0], [0, 0], [9, 8], [8, 9], [9, 9]], {
 *   caller: "example",
 * });
 * const { best, ...selection } = await selectMixture(X, {
 *   nComponents: [1, 2],
 *   covarianceType: "spherical",
 *   randomState: 1,
 * });
 * const survey = await surveyRows(best, X, { randomState: 1 });
 * const page = renderReport({
 *   source: "six rows",
 *   X,
 *   outcome: { ...selection, model: best },
 *   survey,
 * });
 * page.startsWith("<!doctype html>") // => true
 * page.includes("fall into 2 groups") // => true
 * ```
 */
export function renderReport(facts: ReportFacts): string {
  const { X, outcome, survey, title, source } = facts;
  const { model } = outcome;
  if (X.columns !== model.featureCount) {
    throw new MixturaError("feature-mismatch", `renderReport: the model has ${model.featureCount} features, the rows ${X.columns}.`, {
      expected: model.featureCount,
      found: X.columns,
    });
  }
  const names = X.featureNames ?? featureNamesOf(model);
  const occupied = occupiedComponents(model, survey.sizes);
  const all = describeComponents(model, names);
  const groups = occupied.map((k) => all[k]!);
  const componentNames = all.map(({ component }) => `group ${component}`);
  return htmlPage(
    `${title ?? source} – mixture report`,
    html`${headSection(facts, groups)} ${picturesSection(facts, names, groups, componentNames)}
    ${componentsSection(facts, groups, componentNames)} ${choiceSection(facts)} ${stabilitySection(facts)} ${unusualSection(facts, groups)}
    ${dataSection(facts, names)} ${diagnosticsSection(facts)} ${repeatSection(facts)}`,
  );
}
