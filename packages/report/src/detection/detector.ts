import { counted, plural } from "@mixtura/wording/internal";
import { phrased } from "../facts.ts";
import type { Markup } from "../html/markup.ts";
import { html, NOTHING, withFlags } from "../html/markup.ts";
import type { DetectionFacts } from "./facts.ts";
import { outlierCount } from "./head.ts";

/** What the detector is, and how it agrees with what was known. */
export function detectorSection(facts: DetectionFacts): Markup {
  const { detector, known } = facts;
  return html`<section id="detector">
    <h2>Detector</h2>
    <p><b>${detector.type}.</b> ${detector.sentences.map((sentence) => phrased(facts, sentence)).join(" ")}</p>
    <p>${withFlags(phrased(facts, detector.thresholdSentence))}</p>
    ${known === undefined ? NOTHING : html`<p>${knownSentence(facts)}</p>`}
  </section>`;
}

function knownSentence(facts: DetectionFacts): string {
  const { column, positive, count, found, rocAuc, averagePrecision } = facts.known!;
  const marked = outlierCount(facts);
  return (
    `${counted(count, "row")} of ${column} ${plural(count, "is", "are")} known to be anomalies (“${positive}”): ${found} of them ${plural(found, "is", "are")} among the ${counted(marked, "row")} found. ` +
    `ROC AUC ${rocAuc.toFixed(3)} (1: all known anomalies score lowest; 0.5: as by chance), average precision ${averagePrecision.toFixed(3)} (by chance ${(count / facts.X.rows).toFixed(3)}).`
  );
}

/** What the fit met, with advice. */
export function findingsSection(facts: DetectionFacts): Markup {
  const { diagnostics } = facts;
  return html`<section id="findings">
    <h2>Findings</h2>
    ${
      diagnostics.length === 0
        ? html`<p>The fit met nothing that needs a look.</p>`
        : html`<ul class="notes">
            ${diagnostics.map(({ severity, message }) =>
              severity === "warning"
                ? html`<li class="warning"><b>Warning.</b> ${withFlags(phrased(facts, message))}</li>`
                : html`<li>${withFlags(phrased(facts, message))}</li>`,
            )}
          </ul>`
    }
  </section>`;
}
