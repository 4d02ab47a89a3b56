import { greatestOf } from "@mixtura/core/internal";
import { counted, grouped, plural, significant } from "@mixtura/wording/internal";
import type { DetectionFacts } from "../detection/facts.ts";
import type { ReportFacts } from "../facts.ts";
import type { Markup } from "../html/markup.ts";
import { html, NOTHING } from "../html/markup.ts";
import { table } from "../html/table.ts";
import type { FeatureSummary } from "./feature-summary.ts";
import { SPARK_BARS, summariseFeature } from "./feature-summary.ts";

/** Features that the table lists at most. */
const MOST_FEATURES = 60;

/** What the rows are: how many, which were left out, and each feature in numbers. */
export function dataSection(
  facts: Pick<ReportFacts, "X" | "source" | "droppedRows" | "skippedColumns" | "sampleWeight"> & Pick<DetectionFacts, "notJudged">,
  names: readonly string[],
): Markup {
  const { X, source, droppedRows = 0, skippedColumns = [], sampleWeight, notJudged } = facts;
  const shown = names.slice(0, MOST_FEATURES);
  const summaries = shown.map((_, j) => summariseFeature(X, j));
  const constant = shown.filter((_, j) => summaries[j]!.least === summaries[j]!.most);
  const weight = sampleWeight === undefined ? undefined : Array.from(sampleWeight).reduce((sum, value) => sum + value, 0);
  const sentences = [
    `${source}: ${counted(X.rows, "row")} of ${counted(X.columns, "feature")}.`,
    weight === undefined
      ? ""
      : `Rows are weighted; the weights sum to ${significant(weight, 10)}. The figures of this table count each row once.`,
    droppedRows === 0 ? "" : `${counted(droppedRows, "row")} with a missing value ${plural(droppedRows, "was", "were")} left out.`,
    notJudged === undefined
      ? ""
      : `${counted(notJudged.count, "row")} could not be read, and ${plural(notJudged.count, "was", "were")} not judged: ${notJudged.first.join("; ")}${notJudged.count > notJudged.first.length ? "; …" : "."}`,
    skippedColumns.length === 0
      ? ""
      : `Columns that are no features: ${skippedColumns.slice(0, 20).join(", ")}${skippedColumns.length > 20 ? ", …" : ""}.`,
    constant.length === 0 || X.rows === 1
      ? ""
      : `Constant in all rows: ${constant.slice(0, 10).join(", ")}${constant.length > 10 ? ", …" : ""}. A constant feature tells nothing about groups; leave it out.`,
  ];
  const sampled = summaries.some(({ medianOf }) => medianOf < X.rows);
  return html`<section id="data">
    <h2>Data</h2>
    <p>${sentences.filter((sentence) => sentence !== "").join(" ")}</p>
    ${table(
      [
        { head: "feature" },
        ...["mean", "std. dev.", "least", "median", "most", "different"].map((head) => ({ head, numeric: true })),
        { head: "distribution" },
      ],
      summaries.map((summary, j) => featureRow(shown[j]!, summary)),
    )}${names.length > shown.length ? html`<p class="muted">The first ${shown.length} of ${names.length} features.</p>` : NOTHING}${
      sampled
        ? html`<p class="muted">
            Medians and counts of different values come from ${grouped(summaries[0]!.medianOf)} rows, evenly picked.
          </p>`
        : NOTHING
    }
  </section>`;
}

function featureRow(name: string, summary: FeatureSummary): readonly (Markup | string)[] {
  const { mean, deviation, least, median, most, different } = summary;
  return [name, ...[mean, deviation, least, median, most].map((value) => significant(value, 5)), grouped(different), spark(summary)];
}

/** A histogram the height of a line. */
function spark({ bars }: FeatureSummary): Markup {
  const tallest = greatestOf(bars, 1);
  const path = bars
    .map((count, bar) => (count === 0 ? "" : `M${bar * 6 + 1} 20h4v-${Math.max(1, Math.round((count / tallest) * 18))}h-4z`))
    .join("");
  return html`<svg class="spark" width="${SPARK_BARS * 6}" height="20" viewBox="0 0 ${SPARK_BARS * 6} 20" aria-hidden="true">
    <path fill="currentColor" d="${path}" />
  </svg>`;
}
