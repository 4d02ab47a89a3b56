import { counted, grouped, logDensityText, significant } from "@mixtura/wording/internal";
import type { ReportFacts } from "../facts.ts";
import { rowCell, rowHead, rowSentence } from "../facts.ts";
import type { Markup } from "../html/markup.ts";
import { html } from "../html/markup.ts";
import { table } from "../html/table.ts";
import type { UnusualRow } from "../survey.ts";
import type { ComponentDescription } from "../words/components.ts";
import { featureNamesOf } from "../words/components.ts";

/** Values that a row shows at most: those farthest from its group. */
const MOST_VALUES = 6;

/** The rows that the model holds for least likely, with what is odd about each. */
export function unusualSection(facts: ReportFacts, groups: readonly ComponentDescription[]): Markup {
  const { survey, X, outcome } = facts;
  const names = X.featureNames ?? featureNamesOf(outcome.model);
  const single = X.columns === 1;
  const rows = survey.unusual.map((row) => {
    const ranked = distances(
      row,
      groups.find(({ component }) => component === row.label)!,
      names,
    );
    return [
      rowCell(facts, row.index),
      logDensityText(row.logDensity),
      rarity(row.fraction, survey.draws),
      String(row.label),
      oddity(ranked[0]!),
      ...(single
        ? []
        : [
            `${ranked
              .slice(0, MOST_VALUES)
              .map(({ name, value }) => `${name} ${significant(value, 5)}`)
              .join(", ")}${ranked.length > MOST_VALUES ? ", …" : ""}`,
          ]),
    ];
  });
  return html`<section id="unusual">
    <h2>Most unusual rows</h2>
    <p>
      ${rowSentence(facts)} Rarity: of rows drawn from the model, 1 in N is as unlikely as this one. Among ${counted(X.rows, "row")} a
      rarity of 1 in ${grouped(X.rows)} is no surprise; a much rarer row deserves a look. An sd is a standard deviation of the row's group.
    </p>
    ${table(
      [
        rowHead(facts),
        { head: "log-density", numeric: true },
        { head: "rarity" },
        { head: "group", numeric: true },
        { head: "farthest from its group" },
        ...(single ? [] : [{ head: X.columns > MOST_VALUES ? "values, the oddest first" : "values", prose: true }]),
      ],
      rows,
    )}
  </section>`;
}

/** How often the model draws a row as unlikely. */
export function rarity(fraction: number, draws: number): string {
  return fraction === 0 ? `fewer than 1 in ${grouped(draws)}` : `1 in ${grouped(Math.round(1 / fraction))}`;
}

interface Distance {
  readonly name: string;
  readonly value: number;
  /** From the group's mean, in its standard deviations; NaN where it has none. */
  readonly score: number;
}

function distances({ values }: UnusualRow, group: ComponentDescription, names: readonly string[]): Distance[] {
  if (group.features.length === 0) return names.map((name, j) => ({ name, value: values[j]!, score: NaN }));
  return group.features
    .map(({ name, mean, deviation }, j) => ({ name, value: values[j]!, score: deviation > 0 ? (values[j]! - mean) / deviation : 0 }))
    .toSorted((a, b) => Math.abs(b.score) - Math.abs(a.score));
}

function oddity({ name, value, score }: Distance): string {
  const size = Math.abs(score);
  if (Number.isNaN(size)) return `${name} ${significant(value, 5)}`;
  if (size < 0.05) return `${name} ${significant(value, 5)} is at its mean`;
  const text = size < 1000 ? size.toFixed(1) : significant(size, 3);
  return `${name} ${significant(value, 5)} is ${text} sd ${score < 0 ? "below" : "above"}`;
}
