import type { Diagnostic } from "@mixtura/core";
import type { KnownOutliers } from "@mixtura/report/internal";
import { counted, duration, fileSize, grouped, listed, plural, significant, wrap } from "@mixtura/wording/internal";
import { aroundTable } from "../files/note-reading.ts";
import { leftOutColumns, skippedByChoice } from "../files/left-out.ts";
import { sourceName } from "../files/table.ts";
import { inWords } from "../flags/in-flags.ts";
import { shownNames } from "../flags/feature-values.ts";
import { columnSentences, otherDiagnostics } from "../report/column-sentences.ts";
import { commandName } from "../report/command-name.ts";
import { linesWidth, tableLines } from "../report/layout.ts";
import { badRowText } from "../files/not-judged.ts";
import type { ColumnElsewhere } from "../files/column-watch.ts";
import type { NotJudged } from "../files/not-judged.ts";
import { shellPath } from "../report/shell-path.ts";
import type { Terminal } from "../terminal.ts";
import { cleaningOf } from "./cleaning.ts";
import { choiceSentence } from "./default-detector.ts";
import type { Detection } from "./detection.ts";
import type { Finding } from "./findings.ts";
import type { DetectFlags } from "./flags.ts";
import { thresholdSentence, verdict } from "./words.ts";

/** Everything that a detection has to tell. */
export interface DetectionResult {
  readonly detection: Detection;
  readonly flags: DetectFlags;
  readonly findings: {
    readonly rows: number;
    readonly outliers: number;
    /** The most extreme rows with their reasons, the worst first. */
    readonly worst: readonly Finding[];
  };
  /** The column that rows are named by, where there is one. */
  readonly idColumn?: string;
  readonly known?: KnownOutliers;
  /** Rows that were left out for a missing value. */
  readonly dropped: number;
  /** Rows that could not be read. */
  readonly notJudged: NotJudged;
  /** Columns that are not where they were when the detector was fitted. */
  readonly elsewhere: readonly ColumnElsewhere[];
  readonly savedBytes?: number;
  readonly reportBytes?: number;
}

/** The result for people. */
export function detectionText(result: DetectionResult, { width, bold }: Pick<Terminal, "width" | "bold">): string {
  const { detection, findings } = result;
  const { detector, rows } = detection;
  const sentences = (lines: readonly string[]): string[] => lines.flatMap((line) => wrap(inWords(line, detector), width, { rest: "  " }));
  const sections: string[][] = [
    sentences(dataSentences(result)),
    ...(rows === undefined
      ? []
      : [[...wrap(heading(result), width, { rest: "  " }).map(bold), ...(findings.outliers === 0 ? [] : findingLines(result, width))]]),
    sentences([choiceSentence(detection) ?? ""].filter((sentence) => sentence !== "")),
    sentences([thresholdSentence(detector, detection.rule), ...(cleaningOf(detector)?.sentences ?? [])]),
    notJudgedLines(result, width),
    result.elsewhere.flatMap(({ message }) => wrap(`Warning: ${message}`, width, { rest: "  " })),
    sentences(result.known === undefined ? [] : [knownSentence(result.known)]),
    sentences(notesOf(detection).map(({ severity, message }) => `${severity === "warning" ? "Warning" : "Note"}: ${message}`)),
    [...sentences(closing(result)), ...nextCommand(result)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** What the fit met, where there was one now, except what is reported elsewhere. */
function notesOf({ detector, trained }: Detection): readonly Diagnostic[] {
  return trained === undefined ? [] : otherDiagnostics(detector).filter(({ code }) => code !== "rows-removed");
}

function dataSentences({ detection, findings, dropped }: DetectionResult): string[] {
  const { detector, path, trained, train, table, model } = detection;
  const names = listed(shownNames(detector));
  const features = `${counted(detector.featureCount, "feature")} (${names})`;
  const lines =
    detection.rows === undefined
      ? [`${sourceName(path)}: ${counted(trained!.X.rows, "clean row")} × ${features}`]
      : [`${sourceName(path)}: ${counted(findings.rows, "row")} × ${features}${table === undefined ? "" : aroundTable(table)}`];
  if (train !== undefined) lines.push(`Fitted on ${train}: ${counted(trained!.X.rows, "row")}.`);
  if (model !== undefined) lines.push(`Judged by ${model}: ${detector.type}.`);
  const skipped = table === undefined ? [] : skippedByChoice(table);
  if (skipped.length > 0) lines.push(`Left out: ${plural(skipped.length, "column")} ${listed(skipped)}.`);
  if (dropped > 0) lines.push(`Left out: ${counted(dropped, "row")} with a missing value; row numbers are those of the file.`);
  return trained === undefined ? lines : [...lines, ...columnSentences(detector, trained, detection.choice)];
}

/** The rows without a verdict, each with its reason. */
function notJudgedLines({ notJudged, findings }: DetectionResult, width: number): string[] {
  const { count, first } = notJudged;
  if (count === 0) return [];
  return [
    `Not judged: ${counted(count, "row")} that could not be read`,
    ...first.flatMap((row) => wrap(badRowText(row), width, { first: "  ", rest: "    " })),
    ...notJudged.closing(findings.rows).flatMap((line) => wrap(line, width, { first: "  ", rest: "    " })),
  ];
}

function heading({ detection, findings: { outliers, rows, worst } }: DetectionResult): string {
  const shown = worst.length < outliers ? `; the ${worst.length === 1 ? "" : `${worst.length} `}most extreme:` : "";
  return `${verdict(outliers, counted(rows, "row"), detection)}${shown}`;
}

/** The anomalies as a table; reasons go on below where they are long. */
function findingLines({ findings: { worst }, idColumn }: DetectionResult, width: number): string[] {
  const calibrated = worst.some(({ pValue }) => pValue !== undefined);
  const reasons = worst.some(({ reason }) => reason !== "");
  const head = [idColumn ?? "row", "score", ...(calibrated ? ["p-value"] : [])];
  const lines = tableLines(
    [
      head,
      ...worst.map(({ row, id, score, pValue }) => [
        id ?? grouped(row),
        significant(score, 5),
        ...(calibrated ? [pValue === undefined ? "" : significant(pValue, 3)] : []),
      ]),
    ],
    head.map((_, column) => (column === 0 && idColumn !== undefined ? "left" : "right")),
  );
  if (!reasons) return lines;
  const indent = linesWidth(lines) + 2;
  return lines.flatMap((line, index) => {
    const start = line.padEnd(indent);
    return index === 0 ? [`${start}why`] : wrap(worst[index - 1]!.reason, width, { first: start, rest: " ".repeat(indent + 2) });
  });
}

/** How the scores agree with what was known. */
function knownSentence({ column, positive, count, found, rocAuc, averagePrecision }: KnownOutliers): string {
  return (
    `Column ${column} knows ${counted(count, "anomaly", "anomalies")} (“${positive}”), ${found} of them among those found. ` +
    `ROC AUC ${rocAuc.toFixed(3)} (1: they score lowest of all; 0.5: as by chance), average precision ${averagePrecision.toFixed(3)}.`
  );
}

function closing({ detection, flags, savedBytes, reportBytes }: DetectionResult): string[] {
  const { detector, trained } = detection;
  const { seed, elapsedMilliseconds = 0 } = detector.trace;
  const lines =
    trained === undefined
      ? []
      : [`Fitted ${detector.type} in ${duration(elapsedMilliseconds)}${seed === undefined ? "" : `; seed ${seed}`}.`];
  if (flags.output !== undefined) lines.push(`Rows written to ${flags.output}.`);
  if (reportBytes !== undefined) lines.push(`Report written to ${flags.report!} (${fileSize(reportBytes)}); open it in a browser.`);
  if (trained === undefined) return lines;
  if (savedBytes === undefined) return [...lines, "The detector was not saved; --save detector.json keeps it."];
  return [...lines, `Detector saved to ${flags.save!} (${fileSize(savedBytes)}). To judge other rows by it:`];
}

/** One line, however long, so that it can be copied. */
function nextCommand({ flags: { save } }: DetectionResult): string[] {
  return save === undefined ? [] : [`  ${commandName(process.argv[1] ?? "", process.cwd())} detect new.csv --model ${shellPath(save)}`];
}

function leftOutFacts({ trained }: Detection): object {
  return trained === undefined ? {} : { leftOutColumns: leftOutColumns(trained) ?? [] };
}

/** The result as plain data, for `--json`. */
export function detectionJSON({ detection, flags, findings, known, dropped, notJudged, elsewhere }: DetectionResult): object {
  const { detector, path, trained, train, model } = detection;
  const names = shownNames(detector);
  const byName = (values: Float64Array | undefined): object | undefined =>
    values === undefined ? undefined : Object.fromEntries(names.map((name, j) => [name, values[j]]));
  const cleaning = cleaningOf(detector);
  return {
    data: {
      source: sourceName(path),
      rows: findings.rows,
      features: names,
      droppedRows: dropped,
      notJudgedRows: notJudged.count,
      ...leftOutFacts(detection),
    },
    detector: {
      type: detector.type,
      chosen: choiceSentence(detection),
      threshold: detector.threshold,
      rule: detection.rule,
      novelty: detector.novelty,
      ...(trained === undefined ? { model } : { trainingRows: trained.X.rows, ...(train === undefined ? {} : { train }) }),
      converged: detector.trace.converged,
      seed: detector.trace.seed,
      diagnostics: detector.trace.diagnostics,
    },
    anomalies: { count: findings.outliers, fraction: findings.rows === 0 ? 0 : findings.outliers / findings.rows },
    worst: findings.worst.map(({ row, id, score, pValue, reason, values, contributions, expected, deviation }) => ({
      row,
      ...(id === undefined ? {} : { id }),
      score,
      ...(pValue === undefined ? {} : { pValue }),
      reason,
      values: byName(values),
      contributions: byName(contributions),
      expected: byName(expected),
      deviation: byName(deviation),
    })),
    ...(notJudged.count === 0
      ? {}
      : { notJudged: notJudged.first.map(({ row, line, id, reason }) => ({ row: row + 1, line, id, reason })) }),
    ...(elsewhere.length === 0 ? {} : { warnings: elsewhere }),
    ...(cleaning === undefined ? {} : { cleaning: { removedRows: [...cleaning.removedRows] } }),
    ...(known === undefined ? {} : { known }),
    savedTo: flags.save ?? null,
  };
}
