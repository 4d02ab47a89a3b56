import { basename } from "node:path";
import type { Matrix } from "@mixtura/core";
import { viewOf } from "@mixtura/outliers/internal";
import type { DetectionFacts } from "@mixtura/report";
import { renderDetection } from "@mixtura/report";
import type { Anomaly } from "@mixtura/report/internal";
import { counted } from "@mixtura/wording/internal";
import { isStdin } from "../files/once.ts";
import { badRowText } from "../files/not-judged.ts";
import { idsOf } from "../files/row-ids.ts";
import { sourceName } from "../files/table.ts";
import { inWords } from "../flags/in-flags.ts";
import type { Terminal } from "../terminal.ts";
import { cleaningOf } from "./cleaning.ts";
import { thresholdOf } from "./detector.ts";
import { densityThreshold, distancesOf } from "./distances.ts";
import type { Judgement } from "./judge.ts";
import { detectRecipes } from "./recipes.ts";
import type { DetectionResult } from "./summary.ts";
import { detectorSentences, scoreKind, thresholdSentence, verdict } from "./words.ts";

/** The HTML page about a detection whose rows lie in memory. */
export async function detectionPage(result: DetectionResult, judged: readonly Judgement[], terminal: Terminal): Promise<string> {
  const { detection, findings, known, notJudged, elsewhere } = result;
  const { detector, path } = detection;
  const table = detection.table!;
  const { X, rowIndices, dropped, skippedColumns } = table;
  const ids = idsOf(table, detection.choice);
  const scores = joined(
    judged.map((judgement) => judgement.scores),
    X.rows,
  );
  const outliers = Uint8Array.from(
    joined(
      judged.map((judgement) => judgement.outliers),
      X.rows,
    ),
  );
  const source = isStdin(path) ? "standard input" : basename(sourceName(path));
  const components = viewOf(detector);
  const logDensityThreshold = components === undefined ? undefined : densityThreshold(detector, components);
  const distances = await distancesOf(detector, X, scores, terminal.signal);
  const cleaned = cleaningOf(detector);
  const facts: DetectionFacts = {
    source,
    X,
    ...(rowIndices === undefined ? {} : { rowIndices }),
    ...(ids === undefined ? {} : { ids }),
    droppedRows: dropped.count,
    skippedColumns,
    ...(notJudged.count === 0 ? {} : { notJudged: { count: notJudged.count, first: notJudged.first.map(badRowText) } }),
    detector: {
      type: detector.type,
      sentences: detectorSentences(detection),
      verdict: verdict(findings.outliers, `${counted(X.rows, "row")} of ${source}`, detection),
      thresholdSentence: thresholdSentence(detector, detection.rule),
      scoreName: scoreKind(detector),
    },
    scores,
    threshold: thresholdOf(detector),
    outliers,
    anomalies: findings.worst.map(({ row: _, id: _id, ...anomaly }): Anomaly => anomaly),
    ...(components === undefined ? {} : { components }),
    ...(logDensityThreshold === undefined ? {} : { logDensityThreshold }),
    ...(distances === undefined ? {} : { distances }),
    ...(cleaned === undefined || detection.train !== undefined || detection.model !== undefined
      ? {}
      : {
          cleaning: {
            removed: marks(cleaned.removedRows, X),
            ...(cleaned.before === undefined ? {} : { before: cleaned.before }),
            ...(cleaned.after === undefined ? {} : { after: cleaned.after }),
            sentences: cleaned.sentences,
          },
        }),
    ...(known === undefined ? {} : { known: { ...known, column: `column ${known.column}` } }),
    diagnostics: [
      ...elsewhere.map(({ message }) => ({ code: "column-elsewhere", severity: "warning" as const, message })),
      ...detector.trace.diagnostics,
    ],
    recipes: detectRecipes(result),
    phrase: (text) => inWords(text, detector),
    createdAt: new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC",
  };
  return renderDetection(facts);
}

function marks(rows: Int32Array, { rows: count }: Matrix): Uint8Array {
  const marked = new Uint8Array(count);
  for (const row of rows) marked[row] = 1;
  return marked;
}

function joined(parts: readonly ArrayLike<number>[], length: number): Float64Array {
  const whole = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
