import type { Mixture } from "@mixtura/core";
import { weightsPlot } from "@mixtura/plot";
import { counted, grouped, percent } from "@mixtura/wording/internal";
import type { ReportFacts } from "../facts.ts";
import { Markup, html, NOTHING } from "../html/markup.ts";
import { table } from "../html/table.ts";
import type { ComponentDescription } from "../words/components.ts";
import { swatch } from "./swatch.ts";

/** Features that the table lists at most: those that tell the groups apart best. */
const MOST_FEATURES = 24;

/** The most groups that are shown side by side; more are shown one below the other. */
const SIDE_BY_SIDE = 8;

/** Up to this many groups, their table leaves room for the picture of the weights. */
const NEXT_TO_WEIGHTS = 4;

/** The groups in words and in numbers. */
export function componentsSection(
  { outcome, survey }: ReportFacts,
  groups: readonly ComponentDescription[],
  componentNames: readonly string[],
): Markup {
  const { model } = outcome;
  const size = (k: number): number => Number(survey.sizes[k]!.toFixed(1));
  const rows = (k: number): string => grouped(size(k));
  const cards = groups.map(
    ({ component, weight, words, correlation }) =>
      html`<li>
        <h3>${swatch(component)}Group ${component}</h3>
        <p class="muted">${percent(weight)} of the model, ${counted(size(component), "row")}</p>
        <p>${words}</p>
        ${correlation === undefined ? NOTHING : html`<p class="muted">${correlation}</p>`}
      </li>`,
  );
  const shown = distinctive(groups);
  const all = groups[0]!.features.length;
  const heads = groups.map(({ component }) => html`${swatch(component)}${component}`);
  const caption = all === 0 ? "Weights and rows by group" : "Mean ± standard deviation of each feature by group";
  const numbers =
    groups.length <= SIDE_BY_SIDE
      ? table(
          [{ head: "" }, ...heads.map((head) => ({ head, numeric: true }))],
          [
            ["weight", ...groups.map(({ weight }) => percent(weight))],
            ["rows", ...groups.map(({ component }) => rows(component))],
            ...shown.map((j) => [groups[0]!.features[j]!.name, ...groups.map(({ features }) => features[j]!.text)]),
          ],
          caption,
        )
      : table(
          [
            { head: "group" },
            ...["weight", "rows", ...shown.map((j) => groups[0]!.features[j]!.name)].map((head) => ({ head, numeric: true })),
          ],
          groups.map(({ component, weight, features }, k) => [
            heads[k]!,
            percent(weight),
            rows(component),
            ...shown.map((j) => features[j]!.text),
          ]),
          caption,
        );
  const weights =
    groups.length === 1
      ? NOTHING
      : html`<figure>
          ${new Markup(
            weightsPlot({
              weights: groups.map(({ weight }) => weight),
              componentNames: groups.map(({ component }) => componentNames[component]!),
              background: false,
            }),
          )}
          <figcaption>Weights of the groups.</figcaption>
        </figure>`;
  const note =
    shown.length < all ? html`<p class="muted">The ${shown.length} of ${all} features in which the groups differ most.</p>` : NOTHING;
  const aside = groups.length <= NEXT_TO_WEIGHTS;
  return html`<section id="groups">
    <h2>Groups</h2>
    <p class="muted">The components of the mixture, in words relative to all rows and in numbers.</p>
    <ul class="groups">
      ${cards}
    </ul>
    ${
      aside
        ? html`<div class="next-to">
            <div>${numbers}${note}</div>
            ${weights}
          </div>`
        : html`${numbers}${note}
            <div class="pictures">${weights}</div>`
    }
    ${priorTable(model, rows)}
  </section>`;
}

/** Components of a posterior that the table of weights lists at most. */
const MOST_WEIGHTS = 30;

/** The weights of a posterior's components next to what its prior expected of them. */
function priorTable({ weights, priorWeights, nComponents }: Mixture, rows: (k: number) => string): Markup {
  if (priorWeights === undefined) return NOTHING;
  const shown = Array.from({ length: Math.min(nComponents, MOST_WEIGHTS) }, (_, k) => k);
  return html`<h3>Weights, before the rows and after</h3>
    ${table(
      ["component", "expected before", "expected now", "rows"].map((head) => ({ head, numeric: true })),
      shown.map((k) => [String(k), percent(priorWeights[k]!), percent(weights[k]!), rows(k)]),
      `What the prior expected of each component's weight, and what is expected of it given the rows${
        shown.length < nComponents ? `; the first ${shown.length} of ${nComponents} components` : ""
      }`,
    )}`;
}

/** The features in which means differ most, in standard deviations of all rows; in the order of the data. */
function distinctive(groups: readonly ComponentDescription[]): number[] {
  const indices = groups[0]!.features.map((_, j) => j);
  if (indices.length <= MOST_FEATURES) return indices;
  const spread = (j: number): number => groups.reduce((sum, { features, weight }) => sum + weight * features[j]!.shift ** 2, 0);
  return indices
    .toSorted((a, b) => spread(b) - spread(a) || a - b)
    .slice(0, MOST_FEATURES)
    .toSorted((a, b) => a - b);
}
