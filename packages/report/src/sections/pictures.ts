import { densityPlot, plotMixture } from "@mixtura/plot";
import { counted } from "@mixtura/wording/internal";
import type { ReportFacts } from "../facts.ts";
import { Markup, html } from "../html/markup.ts";
import type { ComponentDescription } from "../words/components.ts";
import { drawnMixture } from "../words/occupied.ts";

/** The rows and the model, drawn. */
export function picturesSection(
  { X, outcome, survey }: ReportFacts,
  names: readonly string[],
  groups: readonly ComponentDescription[],
  componentNames: readonly string[],
): Markup {
  const components = drawnMixture(
    outcome.model,
    groups.map(({ component }) => component),
  );
  const shared = {
    X,
    components,
    featureNames: names,
    componentNames: componentNames.slice(0, components.weights.length),
    background: false,
  };
  const { labels } = survey;
  const picture = (svg: string, caption: string): Markup =>
    html`<figure>
      ${new Markup(svg)}
      <figcaption>${caption}</figcaption>
    </figure>`;
  const wide = (svg: string, caption: string): Markup =>
    html`<figure class="wide">
      <div class="scroll" tabindex="0">${new Markup(svg)}</div>
      <figcaption>${caption}</figcaption>
    </figure>`;
  const figures =
    X.columns === 1
      ? [
          picture(
            plotMixture({ ...shared, labels }),
            `${counted(X.rows, "row")} of ${names[0]!} as bars, with the curve of each group and of their sum.`,
          ),
        ]
      : outcome.model.toGaussianMixture === undefined
        ? [
            wide(
              plotMixture({ ...shared, labels, width: 960, height: X.columns === 2 ? 640 : 960 }),
              "Rows by group, in pairs of features.",
            ),
          ]
        : X.columns === 2
          ? [
              picture(plotMixture({ ...shared, labels }), "Rows by group, with the ellipses that hold 39% and 86% of each group."),
              picture(
                densityPlot(shared),
                "How likely the model holds each place; lines around the smallest regions with 50, 90 and 99% of it.",
              ),
            ]
          : [
              wide(
                plotMixture({ ...shared, labels, width: 960, height: 960 }),
                "Pairs of features: rows by group below the diagonal, each feature with the groups' curves on it, the model's density above it.",
              ),
            ];
  return html`<section id="pictures">
    <h2>Pictures</h2>
    <div class="pictures">${figures}</div>
  </section>`;
}
