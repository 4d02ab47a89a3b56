import { contributionsPlot } from "@mixtura/plot";
import { counted, significant } from "@mixtura/wording/internal";
import { rowCell, rowHead, rowSentence, rowTitle } from "../facts.ts";
import type { Markup } from "../html/markup.ts";
import { html, Markup as Raw, NOTHING } from "../html/markup.ts";
import { table } from "../html/table.ts";
import type { Anomaly, DetectionFacts } from "./facts.ts";
import { outlierCount } from "./head.ts";

/** Values that a row shows at most: those that add most. */
const MOST_VALUES = 6;

/** Anomalies whose contributions are drawn. */
const DRAWN = 2;

/** The most extreme rows with reasons in words, and what each feature adds to the first of them. */
export function anomaliesSection(facts: DetectionFacts, names: readonly string[]): Markup {
  const { anomalies } = facts;
  const found = outlierCount(facts);
  if (found === 0)
    return html`<section id="anomalies">
      <h2>Anomalies</h2>
      <p>No row scores less than the threshold.</p>
    </section>`;
  const calibrated = anomalies.some(({ pValue }) => pValue !== undefined);
  const reasons = anomalies.some(({ reason }) => reason !== "");
  const rows = anomalies.map((anomaly) => [
    rowCell(facts, anomaly.index),
    significant(anomaly.score, 5),
    ...(calibrated ? [anomaly.pValue === undefined ? "" : significant(anomaly.pValue, 3)] : []),
    ...(reasons ? [anomaly.reason] : []),
    valuesText(anomaly, names),
  ]);
  const drawn = anomalies.filter(({ contributions }) => contributions !== undefined).slice(0, DRAWN);
  return html`<section id="anomalies">
    <h2>Anomalies</h2>
    <p>
      ${anomalies.length < found ? `The ${anomalies.length} most extreme of ${counted(found, "anomaly", "anomalies")}` : counted(found, "anomaly", "anomalies")},
      the worst first.
      ${rowSentence(facts)}${reasons ? " What was expected of a feature is what the other features of the row let expect." : ""}${
        calibrated ? " A p-value is how likely a clean row would score as low." : ""
      }
    </p>
    ${table(
      [
        rowHead(facts),
        { head: "score", numeric: true },
        ...(calibrated ? [{ head: "p-value", numeric: true }] : []),
        ...(reasons ? [{ head: "why", prose: true }] : []),
        { head: names.length > MOST_VALUES ? "values, the oddest first" : "values", prose: true },
      ],
      rows,
    )}
    ${
      drawn.length === 0 ? NOTHING : html`<div class="pictures">${drawn.map((anomaly) => contributionsFigure(facts, anomaly, names))}</div>`
    }
  </section>`;
}

function contributionsFigure(
  facts: DetectionFacts,
  { index, contributions, values, expected, deviation }: Anomaly,
  names: readonly string[],
): Markup {
  return html`<figure>
    ${new Raw(
      contributionsPlot({
        contributions: contributions!,
        featureNames: names,
        values,
        ...(expected === undefined ? {} : { expected }),
        ...(deviation === undefined ? {} : { deviations: deviation }),
        title: facts.ids === undefined ? `Row ${rowCell(facts, index)}` : rowTitle(facts, index),
        background: false,
        maxBars: 6,
      }),
    )}
    <figcaption>What each feature of ${rowTitle(facts, index)} adds to how unusual it is.</figcaption>
  </figure>`;
}

/** Values of a row, those that add most first where that is known. */
function valuesText({ values, contributions }: Anomaly, names: readonly string[]): string {
  const order = Array.from(values.keys());
  if (contributions !== undefined && values.length > MOST_VALUES) order.sort((a, b) => contributions[b]! - contributions[a]! || a - b);
  const shown = order.slice(0, MOST_VALUES).map((j) => `${names[j]!} ${significant(values[j]!, 5)}`);
  return `${shown.join(", ")}${values.length > MOST_VALUES ? ", …" : ""}`;
}
