import type { StabilityRow } from "@mixtura/model-selection";
import { stabilityPlot } from "@mixtura/plot";
import type { ReportFacts } from "../facts.ts";
import { phrased } from "../facts.ts";
import { html, Markup, NOTHING } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { leastRecovered, stabilitySentences } from "../words/stability.ts";

/** Whether other samples of the rows would have led to the same groups. */
export function stabilitySection(facts: ReportFacts): Markup {
  const { stability, outcome } = facts;
  if (stability === undefined) return NOTHING;
  const { rows } = stability;
  const chosen = outcome.model.nComponents;
  const failures = rows.flatMap(({ nComponents, diagnostics }) =>
    diagnostics.map(({ message }) => `${nComponents} groups: ${phrased(facts, message)}`),
  );
  return html`<section id="stability">
    <h2>Stability</h2>
    ${stabilitySentences(stability, chosen).map((sentence) => html`<p>${sentence}</p>`)}
    <div class="pictures">
      <figure>
        ${new Markup(stabilityPlot({ rows, background: false, width: 480 }))}
        <figcaption>How far the groups of samples agree with those of all rows, sample by sample and on average.</figcaption>
      </figure>
      <div>
        ${table(
          [
            { head: "groups", numeric: true },
            ...["mean index", "std. dev.", "samples", "recovered"].map((head) => ({ head, numeric: true })),
          ],
          rows.map((row) => {
            const mean = row.scores.length === 0 ? "failed" : row.mean.toFixed(3) + (row.degenerate ? "!" : "");
            return [
              String(row.nComponents),
              row.nComponents === chosen ? html`<span class="best">${mean}</span>` : mean,
              row.scores.length < 2 ? "" : row.standardDeviation.toFixed(3),
              String(row.scores.length),
              leastRecovered(row),
            ];
          }),
          `Adjusted Rand index, ${formWords(rows[0])}; recovered: how much of the least stable group comes again`,
        )}${
          rows.some(({ degenerate }) => degenerate)
            ? html`<p class="muted">! degenerate: a group rests on too few rows or on hardly any spread, so its value means nothing.</p>`
            : NOTHING
        }${failures.map((failure) => html`<p class="muted">${failure}</p>`)}
      </div>
    </div>
  </section>`;
}

function formWords(row: StabilityRow | undefined): string {
  return row?.covarianceType === undefined ? (row?.form ?? "") : `${row.covarianceType} covariance`;
}
