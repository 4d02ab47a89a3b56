import { counted, grouped, significant } from "@mixtura/wording/internal";
import { phrased, rowCell } from "../facts.ts";
import type { Markup } from "../html/markup.ts";
import { html, NOTHING, withFlags } from "../html/markup.ts";
import type { DetectionFacts } from "./facts.ts";

/** Anomalies that the summary tells one by one. */
const MOST_NAMED = 3;

/** The heading, what was found in plain words, and the main figures. */
export function detectionHead(facts: DetectionFacts): Markup {
  const { source, title, X, threshold, detector, known, createdAt, anomalies } = facts;
  const found = outlierCount(facts);
  const figures: (readonly [string, string])[] = [
    [counted(X.rows, "row"), `of ${counted(X.columns, "feature")}`],
    [grouped(found), `of them ${found === 1 ? "scores" : "score"} below the threshold`],
    [significant(threshold, 4), "threshold: rows that score less are anomalies"],
    ...(known === undefined
      ? []
      : [
          [known.rocAuc.toFixed(3), `ROC AUC against ${known.column}`] as const,
          [known.averagePrecision.toFixed(3), `average precision against ${known.column}`] as const,
        ]),
  ];
  const named = anomalies
    .slice(0, MOST_NAMED)
    .filter(({ reason }) => reason !== "")
    .map(
      ({ index, reason }) =>
        html`<li><b>${facts.ids === undefined ? "Row" : facts.ids.column} ${rowCell(facts, index)}</b>: ${reason}</li>`,
    );
  return html`<header>
    <p class="muted">Anomaly report${createdAt === undefined ? "" : ` · ${createdAt}`}</p>
    <h1>${title ?? source}</h1>
    <p class="lead">${leadSentence(facts)}</p>
    ${
      named.length === 0
        ? NOTHING
        : html`<ul class="glance">
            ${named}
          </ul>`
    }
    <p>${withFlags(phrased(facts, detector.thresholdSentence))}</p>
    <ul class="facts">
      ${figures.map(([value, label]) => html`<li><b>${value}</b><span>${label}</span></li>`)}
    </ul>
  </header>`;
}

/** How many rows are marked as outliers. */
export function outlierCount({ outliers }: Pick<DetectionFacts, "outliers">): number {
  return outliers.reduce((sum, mark) => sum + mark, 0);
}

function leadSentence(facts: DetectionFacts): string {
  const { source, X, detector } = facts;
  const found = outlierCount(facts);
  const few = found === 0 ? "None" : grouped(found);
  return `${detector.verdict ?? `${few} of ${counted(X.rows, "row")} of ${source} ${found > 1 ? "stand" : "stands"} apart`}.`;
}
