import type { Mixture } from "@mixtura/core";
import type { Candidate } from "@mixtura/model-selection";
import { criterionNames } from "@mixtura/model-selection/internal";
import { criterionPlot } from "@mixtura/plot";
import { criterionText } from "@mixtura/wording/internal";
import type { ReportFacts } from "../facts.ts";
import { phrased } from "../facts.ts";
import { Markup, html, NOTHING } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { choiceSentences } from "../words/choice.ts";
import { failuresOf } from "../words/failures.ts";

/** Which model it is, why, and what else was tried. */
export function choiceSection(facts: ReportFacts): Markup {
  const { outcome } = facts;
  const { model, candidates, criterion } = outcome;
  const sentences = choiceSentences(outcome).map((sentence) => phrased(facts, sentence));
  return html`<section id="model">
    <h2>Chosen model</h2>
    ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
    ${
      candidates.length === 0
        ? NOTHING
        : html`<div class="pictures">
            <figure>
              ${new Markup(
                criterionPlot({
                  candidates,
                  criterion,
                  best: { nComponents: model.nComponents, form: chosenForm(outcome) },
                  background: false,
                  width: 480,
                }),
              )}
              <figcaption>${criterionNames[criterion]} by number of groups; lower is better.</figcaption>
            </figure>
            <div>${criterionTable(facts)}</div>
          </div>`
    }
  </section>`;
}

/** What the chain of the chosen candidate is called. */
function chosenForm({ model, candidates }: ReportFacts["outcome"]): string {
  return candidates.find((candidate) => candidate.model === model)?.form ?? model.type;
}

/** The criterion of every candidate, numbers of components down and forms across. */
function criterionTable(facts: ReportFacts): Markup {
  const { outcome } = facts;
  const { candidates, criterion } = outcome;
  const counts = [...new Set(candidates.map(({ nComponents }) => nComponents))].toSorted((a, b) => a - b);
  const types = [...new Set(candidates.map(({ form }) => form))];
  const rows = counts.map((count) => [
    String(count),
    ...types.map((type) => {
      const candidate = candidates.find(({ nComponents, form }) => nComponents === count && form === type);
      return candidate === undefined ? "" : cell(candidate, outcome);
    }),
  ]);
  const legend = [
    candidates.some(({ degenerate }) => degenerate)
      ? "! degenerate: a group rests on too few rows or on hardly any spread, or there are as many parameters as numbers, so its value means nothing and it cannot win."
      : "",
    candidates.some(({ error, converged }) => error === undefined && !converged) ? "~ stopped before it converged." : "",
  ].filter((line) => line !== "");
  return html`${table([{ head: "groups", numeric: true }, ...types.map((head) => ({ head, numeric: true }))], rows, `${criterionNames[criterion]} of every candidate`)}${[
    ...legend,
    ...failuresOf(candidates).map(({ message, counts }) => `Failed for K = ${counts.join(", ")}: ${phrased(facts, message)}`),
  ].map((line) => html`<p class="muted">${line}</p>`)}`;
}

function cell(candidate: Candidate<Mixture>, { model, criterion }: ReportFacts["outcome"]): Markup | string {
  if (candidate.error !== undefined) return "failed";
  const value = candidate[criterion]!;
  const text = criterionText(value);
  const marks = (candidate.degenerate ? "!" : "") + (candidate.converged ? "" : "~");
  return candidate.model === model ? html`<span class="best">${text + marks}</span>` : text + marks;
}
