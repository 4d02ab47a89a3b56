import { greatestOf } from "@mixtura/core/internal";
import type { IterativeTrace } from "@mixtura/core";
import { isIterative } from "@mixtura/core";
import { boundPlot } from "@mixtura/plot";
import { counted, duration, significant } from "@mixtura/wording/internal";
import type { ReportFacts } from "../facts.ts";
import { phrased } from "../facts.ts";
import { Markup, html, NOTHING } from "../html/markup.ts";
import { occupiedComponents } from "../words/occupied.ts";

interface Note {
  readonly warning: boolean;
  readonly text: string;
}

/** Starts whose score is closer to the best than this count as the same solution. */
const SAME_SCORE = 1e-3;

/** What the fit met, what to do about it, and how it converged. */
export function diagnosticsSection(facts: ReportFacts): Markup {
  const { trace } = facts.outcome.model;
  const notes = notesOf(facts);
  const figure = isIterative(trace) ? boundFigure(trace) : NOTHING;
  return html`<section id="diagnostics">
    <h2>Diagnostics</h2>
    <div class="pictures">
      <ul class="notes">
        ${notes.map(({ warning, text }) => (warning ? html`<li class="warning"><b>Warning.</b> ${text}</li>` : html`<li>${text}</li>`))}
      </ul>
      ${figure}
    </div>
  </section>`;
}

function boundFigure({ lowerBounds, restarts, converged }: IterativeTrace): Markup {
  if (lowerBounds.filter(Number.isFinite).length < 2) return NOTHING;
  return html`<figure>
    ${new Markup(boundPlot({ lowerBounds, restarts, converged, background: false }))}
    <figcaption>
      The fit's objective, iteration by iteration. It rises or stays, unless a number is added to every variance or a component is started
      anew.
    </figcaption>
  </figure>`;
}

function notesOf(facts: ReportFacts): Note[] {
  const { outcome, survey, otherRows, agreement, X, sampleWeight } = facts;
  const { trace, objective, criteria } = outcome.model;
  const note = (text: string): Note => ({ warning: false, text });
  const warning = (text: string): Note => ({ warning: true, text: phrased(facts, text) });
  const notes = trace.diagnostics.map(({ severity, message }): Note => ({
    warning: severity === "warning",
    text: phrased(facts, message),
  }));
  if (!isIterative(trace)) notes.push(note("The model was fitted in one go."));
  else if (objective !== undefined || trace.restarts.length > 0) {
    notes.push(
      trace.converged
        ? note(
            `The fit converged after ${counted(trace.iterations, "iteration")}${trace.backend === undefined ? "" : ` on the ${trace.backend} backend`}${outcome.elapsedMilliseconds === undefined ? "" : `; all fits took ${duration(outcome.elapsedMilliseconds).replace(" ", "\u00a0")}`}.`,
          )
        : warning(`The fit stopped after ${counted(trace.iterations, "iteration")}, before it converged. Raise maxIter.`),
    );
    for (const started of startNotes(facts, trace, note)) notes.push(started);
  } else notes.push(note("The model was made from parameters, not fitted."));
  // A posterior leaves components empty on purpose; the model section says how many.
  const occupied = occupiedComponents(outcome.model, survey.sizes);
  const empty = occupied.filter((k) => survey.sizes[k] === 0);
  if (empty.length > 0 && X.rows > 0)
    notes.push(
      note(
        `No row has its likeliest group in ${empty
          .slice(0, 10)
          .map((k) => `group ${k}`)
          .join(", ")}: its rows, if any, are shared with larger groups.`,
      ),
    );
  if (otherRows === true) {
    // What a posterior reached is a bound, which is no density of rows.
    const training = criteria === undefined || objective === undefined ? undefined : criteria.logLikelihood / objective.weight;
    const here = meanOf(survey.logDensities, sampleWeight);
    notes.push(
      note(
        `Mean log-density of these rows: ${significant(here)}${training === undefined ? "" : `; of the rows that the model was fitted on: ${significant(training)}. Much lower here means that these rows differ from those`}.`,
      ),
    );
  }
  if (agreement !== undefined)
    notes.push(
      note(
        `Agreement with ${agreement.column} (${counted(agreement.groups, "group")}): adjusted Rand index ${agreement.adjustedRand.toFixed(3)}; 1 is the same groups, 0 as by chance.`,
      ),
    );
  return notes;
}

/** Whether the starts of the fit agree. */
function startNotes(facts: ReportFacts, { restarts, starts }: IterativeTrace, note: (text: string) => Note): Note[] {
  if (restarts.length === 0) return [];
  if (starts !== undefined) return [note(agreementOfStarts(facts, starts.reached, starts.tried))];
  if (restarts.length === 1)
    return facts.outcome.model.nComponents === 1
      ? []
      : [note(phrased(facts, "The fit had one start. More starts (nInit 5) can find a better solution, and show how stable this one is."))];
  const best = greatestOf(restarts.filter(({ chosen }) => chosen).map(({ score }) => score));
  const same = restarts.filter(({ score }) => Math.abs(best - score) < SAME_SCORE).length;
  return [note(agreementOfStarts(facts, same, restarts.length))];
}

function agreementOfStarts(facts: ReportFacts, same: number, all: number): string {
  const doubt = phrased(facts, " None of the others did, so a better one may exist: try more starts (nInit).");
  return `${same} of ${all} starts came to the same solution.${same === 1 ? doubt : ""}`;
}

function meanOf(values: Float64Array, weights: ArrayLike<number> | undefined): number {
  let [sum, total] = [0, 0];
  values.forEach((value, row) => {
    const weight = weights?.[row] ?? 1;
    if (weight > 0) sum += weight * value;
    total += weight;
  });
  return sum / total;
}
