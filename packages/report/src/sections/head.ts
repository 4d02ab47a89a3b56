import type { Mixture } from "@mixtura/core";
import { counted, criterionText, percent } from "@mixtura/wording/internal";
import type { ReportFacts } from "../facts.ts";
import { phrased, rowTitle } from "../facts.ts";
import type { Markup } from "../html/markup.ts";
import { html, NOTHING } from "../html/markup.ts";
import { certaintyOf, certaintyWords } from "../words/certainty.ts";
import { comparison, isHeadline } from "../words/choice.ts";
import type { ComponentDescription } from "../words/components.ts";
import { groupCount, openSentences } from "../words/group-count.ts";
import { swatch } from "./swatch.ts";
import { rarity } from "./unusual.ts";

/** Groups that the summary tells of one by one. */
const MOST_GROUPS = 6;

/** The heading, what was found in plain words, and the main figures. */
export function headSection(facts: ReportFacts, groups: readonly ComponentDescription[], certainty = certaintyHere(facts)): Markup {
  const { source, title, X, outcome, createdAt, otherRows } = facts;
  const { model } = outcome;
  const figures: (readonly [string, string])[] = [
    [counted(X.rows, "row"), `of ${counted(X.columns, "feature")}`],
    [
      counted(groups.length, "group"),
      [
        ...(model.isPosterior ? [`of up to ${model.nComponents}`] : []),
        ...(model.form === undefined ? [] : [model.form.name]),
        ...(model.isPosterior ? [] : [counted(model.nParameters, "parameter")]),
      ].join(", "),
    ],
    ...(model.criteria === undefined
      ? []
      : [[criterionText(model.criteria.bic), otherRows === true ? "BIC of the rows it was fitted on" : "BIC, lower is better"] as const]),
    ...(certainty === undefined || groups.length === 1 ? [] : [[percent(certainty), "certainty of a row's group, on average"] as const]),
    ...(facts.agreement === undefined
      ? []
      : [[facts.agreement.adjustedRand.toFixed(3), `agreement with ${facts.agreement.column} (adjusted Rand)`] as const]),
  ];
  return html`<header>
    <p class="muted">${familyOf(model)} mixture report${createdAt === undefined ? "" : ` · ${createdAt}`}</p>
    <h1>${title ?? source}</h1>
    <p class="lead">${leadSentence(facts, groups.length)}</p>
    ${groupList(groups)}${summarySentences(facts, groups, certainty).map((sentence) => html`<p>${sentence}</p> `)}
    <ul class="facts">
      ${figures.map(([value, label]) => html`<li><b>${value}</b><span>${label}</span></li>`)}
    </ul>
  </header>`;
}

/** What kind of densities the mixture is made of. */
function familyOf(model: Mixture): string {
  const { family } = model.components[0]!;
  return model.toGaussianMixture === undefined ? `${family.charAt(0).toUpperCase()}${family.slice(1)}` : "Gaussian";
}

/** How surely rows belong to their groups: known of the rows that the model was fitted on. */
function certaintyHere({ outcome, X, sampleWeight, otherRows }: ReportFacts): number | undefined {
  if (otherRows === true) return undefined;
  const weight = sampleWeight === undefined ? X.rows : Array.from(sampleWeight).reduce((sum, value) => sum + value, 0);
  return certaintyOf(outcome.model, weight);
}

function leadSentence({ source, X, outcome, otherRows }: ReportFacts, nComponents: number): string {
  const rows = `${counted(X.rows, "row")} of ${source}`;
  if (otherRows === true) return `The ${rows}, seen through a saved model of ${counted(nComponents, "group")}.`;
  if (X.rows === 1) return `The ${rows} was described as one group: there is nothing to compare it with.`;
  if (nComponents === 1 && (outcome.openComponents?.length ?? 0) < 2)
    return `The ${rows} ${outcome.candidates.length > 0 ? "form one group; more groups would not describe them better" : "were described as one group"}.`;
  return outcome.candidates.length > 0
    ? `The ${rows} fall into ${outcome.model.isPosterior ? counted(nComponents, "group") : groupCount(outcome)}.`
    : `The ${rows} were described as ${counted(nComponents, "group")}.`;
}

/** The groups at a glance, where they are few. */
function groupList(groups: readonly ComponentDescription[]): Markup {
  if (groups.length === 1 || groups.length > MOST_GROUPS) return NOTHING;
  const items = groups.map(
    ({ component, weight, words }) => html`<li>${swatch(component)}<b>Group ${component}</b>, ${percent(weight)}: ${words}</li>`,
  );
  return html`<ul class="glance">
    ${items}
  </ul>`;
}

function summarySentences(facts: ReportFacts, groups: readonly ComponentDescription[], certainty: number | undefined): string[] {
  const { outcome, survey } = facts;
  const { model } = outcome;
  const sentences: string[] = [
    ...openSentences(outcome),
    ...model.trace.diagnostics.filter(isHeadline).map(({ message }) => phrased(facts, `Warning: ${message}`)),
  ];
  if (groups.length > MOST_GROUPS) {
    const sizes = groups.map(({ weight }) => weight).toSorted((a, b) => b - a);
    sentences.push(`The largest group holds ${percent(sizes[0]!)} of the rows, the smallest ${percent(sizes.at(-1)!)}.`);
  }
  if (groups.length > 1 && certainty !== undefined) {
    const words = certaintyWords(certainty);
    sentences.push(`${words.charAt(0).toUpperCase()}${words.slice(1)}.`);
  }
  for (const sentence of comparison(outcome)) sentences.push(phrased(facts, sentence));
  const [first] = survey.unusual;
  if (first !== undefined && facts.X.rows > 1)
    sentences.push(
      `The most unusual row is ${rowTitle(facts, first.index)}: of rows drawn from the model, ${rarity(first.fraction, survey.draws)} ${first.fraction === 0 ? "are" : "is"} as unlikely.`,
    );
  const warnings = model.trace.diagnostics.filter(({ severity }) => severity === "warning").length;
  if (warnings > 0) sentences.push(`The fit has ${counted(warnings, "warning")}; they are explained under Diagnostics.`);
  return sentences;
}
