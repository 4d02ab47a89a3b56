import type { CSVCell } from "@mixtura/io/internal";
import { grouped } from "@mixtura/wording/internal";
import type { Writing } from "../files/dialect.ts";
import { writingOf } from "../files/dialect.ts";
import { outputFormat } from "../files/format.ts";
import { placesInOrder, withBadRows } from "../files/in-order.ts";
import { ColumnWatch } from "../files/column-watch.ts";
import { noteDropped, noteElsewhere, noteReading } from "../files/note-reading.ts";
import { idsAmong, idsOf } from "../files/row-ids.ts";
import { NotJudged } from "../files/not-judged.ts";
import { sourceName } from "../files/table.ts";
import { markedText, tableText } from "../files/text.ts";
import { writeWhole } from "../files/write.ts";
import { shownNames } from "../flags/feature-values.ts";
import type { Terminal } from "../terminal.ts";
import { annotated } from "./columns.ts";
import type { Detection } from "./detection.ts";
import { judgedLine, notJudgedLine } from "./events.ts";
import type { Detector } from "./detector.ts";
import type { ExplainOptions } from "./explain.ts";
import { explainRows } from "./explain.ts";
import { explained, Findings, named } from "./findings.ts";
import type { DetectFlags } from "./flags.ts";
import type { Judgement } from "./judge.ts";
import { judge, outlierRows } from "./judge.ts";
import { anyRow } from "../predict/results.ts";
import { KnownLabels } from "./known.ts";
import type { RowBlock, RowSource } from "./rows.ts";
import { detectionJSON, detectionText } from "./summary.ts";

type Columns = (readonly [name: string, cells: ArrayLike<CSVCell>])[];

/**
 * Judges the rows, and writes what was asked for: the rows with what was said of them, the detector, the report, the summary.
 *
 * @returns how many anomalies were found
 */
export async function writeResults(detection: Detection, flags: DetectFlags, terminal: Terminal): Promise<number> {
  const { each, output, save, report, json } = flags;
  const { detector, rows } = detection;
  const format = json === true && each === true ? "ndjson" : outputFormat(undefined, output);
  const read = rows?.source ?? detection.table;
  const writing = writingOf(format, flags, read === undefined ? undefined : { source: read, ...detection.choice });
  const names = shownNames(detector);
  const findings = new Findings(flags.top);
  const explaining = { method: flags.explain ?? ("shapley" as const), signal: terminal.signal };
  const known = flags.labelColumn === undefined ? undefined : new KnownLabels(flags.labelColumn, flags.outlierLabel);
  const judged: Judgement[] = [];
  const notJudged = new NotJudged(sourceName(detection.path), terminal, each === true);
  const others = detection.model !== undefined || detection.train !== undefined;
  const watch = others ? new ColumnWatch(detection.saved ?? detector) : undefined;
  if (rows !== undefined) {
    const blocks = judgedBlocks(rows, {
      watch,
      detection,
      flags,
      findings,
      known,
      notJudged,
      terminal,
      judged: report === undefined ? undefined : judged,
    });
    if (each !== true && output === undefined) for await (const _ of blocks); // counted as they pass
    else {
      const text =
        rows.ofEvents === true
          ? markedText(eventText(blocks, { detector, flags, names, explaining }), writing.csv.byteOrderMark === true)
          : tableText(judgedColumns(blocks, { detector, flags, names, explaining }, writing), writing);
      if (output !== undefined) await writeWhole(output, text, terminal.signal);
      else for await (const piece of text) await terminal.write(piece);
    }
  }
  const dropped = rows?.dropped() ?? 0;
  noteReading(sourceName(detection.path), rows?.facts?.() ?? {}, detection.choice.options, terminal);
  const savedBytes = save === undefined ? undefined : await writeWhole(save, [`${JSON.stringify(detector)}\n`], terminal.signal);
  const shown = each !== true || report !== undefined;
  const ids = detection.table === undefined ? undefined : idsOf(detection.table, detection.choice);
  const idColumn = ids?.column ?? findings.idColumn;
  const worst = shown ? await explained(findings.worst, detector, names, explaining) : [];
  const found = {
    detection,
    flags,
    findings: { rows: findings.rows, outliers: findings.outliers, worst: named(worst, ids) },
    ...(idColumn === undefined ? {} : { idColumn }),
    dropped,
    notJudged,
    elsewhere: watch?.elsewhere() ?? [],
    ...(known === undefined || known.isEmpty ? {} : { known: known.compared() }),
  };
  notJudged.finish(findings.rows);
  let reportBytes: number | undefined;
  if (report !== undefined && rows !== undefined && findings.rows === 0)
    terminal.note(`note: ${sourceName(detection.path)} has no rows to show, so ${report} is not written.`);
  else if (report !== undefined && rows !== undefined) {
    const { detectionPage } = await import("./page.ts");
    reportBytes = await writeWhole(report, [await detectionPage(found, judged, terminal)], terminal.signal);
  }
  if (each === true) {
    noteDropped(sourceName(detection.path), dropped, terminal);
    if (watch !== undefined) noteElsewhere(sourceName(detection.path), watch, terminal);
    return findings.outliers;
  }
  const facts = {
    ...found,
    ...(savedBytes === undefined ? {} : { savedBytes }),
    ...(reportBytes === undefined ? {} : { reportBytes }),
  };
  await terminal.print(json === true ? `${JSON.stringify(detectionJSON(facts), undefined, 2)}\n` : detectionText(facts, terminal));
  return findings.outliers;
}

interface Pass {
  readonly detection: Detection;
  readonly flags: DetectFlags;
  readonly findings: Findings;
  readonly known: KnownLabels | undefined;
  readonly notJudged: NotJudged;
  /** Looks at the rows where they are others than those of the fit. */
  readonly watch: ColumnWatch | undefined;
  readonly terminal: Terminal;
  /** Where the judgements are kept, if they are. */
  readonly judged: Judgement[] | undefined;
}

type JudgedBlock = readonly [block: RowBlock, judgement: Judgement];

/** Judges block by block, and takes note of what was found. */
async function* judgedBlocks(rows: RowSource, pass: Pass): AsyncGenerator<JudgedBlock> {
  const { detection, flags, findings, known, notJudged, watch, terminal, judged } = pass;
  const { detector, path } = detection;
  for await (const block of rows.blocks()) {
    const judgement = block.judgement ?? (await judge(detector, block.X, terminal.signal));
    known?.add(block.kept.find(({ name }) => name === flags.labelColumn)!.cells, judgement.scores, judgement.outliers);
    const ids = detection.table === undefined ? idsAmong(block.kept, detection.choice.id, false) : undefined;
    findings.add(block.X, judgement, block.rowOf, ids);
    notJudged.add(block.bad, detection.choice.id);
    watch?.add(block.X);
    judged?.push(judgement);
    terminal.progress(`${sourceName(path)}: ${grouped(findings.rows)} rows, ${grouped(findings.outliers)} anomalies`);
    yield [block, judgement];
  }
  if (known?.isEmpty === false) known.compared(); // labels that say nothing are refused before a file is there
}

interface Annotating {
  readonly detector: Detector;
  readonly flags: DetectFlags;
  readonly names: readonly string[];
  readonly explaining: ExplainOptions;
}

/** The rows whose reasons are written: outliers, or all that are written where everything is explained. */
function explainedRows({ explain, onlyOutliers }: DetectFlags, { X }: RowBlock, judgement: Judgement): Int32Array {
  return explain === undefined || onlyOutliers === true ? outlierRows(judgement) : Int32Array.from({ length: X.rows }, (_, row) => row);
}

/** Tables with further columns. */
async function* judgedColumns(
  blocks: AsyncIterable<JudgedBlock>,
  { detector, flags, names, explaining }: Annotating,
  writing: Writing,
): AsyncGenerator<Columns> {
  const { onlyOutliers } = flags;
  const explainAll = flags.explain !== undefined;
  for await (const [block, judgement] of blocks) {
    const { X, kept, rowOf, bad } = block;
    const rows = explainedRows(flags, block, judgement);
    // Which columns an explanation has is seen from any row, and all blocks have the same.
    const reasons =
      rows.length === 0 && explainAll
        ? await explainRows(detector, X.rows === 0 ? anyRow(detector) : X, Int32Array.of(0), explaining)
        : await explainRows(detector, X, rows, explaining);
    const columns = annotated(X, kept, judgement, reasons, { writing, names, explainAll });
    if (onlyOutliers === true)
      yield columns.map(([name, cells]) => [name, Array.from(cells).filter((_, row) => judgement.outliers[row] === 1)] as const);
    else yield withBadRows(columns, rowOf, bad, writing);
  }
}

/** Events as they came, with what was said of them, one JSON object per line. */
async function* eventText(blocks: AsyncIterable<JudgedBlock>, { detector, flags, names, explaining }: Annotating): AsyncGenerator<string> {
  const { explain, onlyOutliers, keep } = flags;
  const options = { names, keep: Array.isArray(keep) ? (keep as readonly string[]) : undefined, explainAll: explain !== undefined };
  for await (const [block, judgement] of blocks) {
    const { events = [], badEvents = [], X, rowOf } = block;
    const reasons = await explainRows(detector, X, explainedRows(flags, block, judgement), explaining);
    const line = (row: number): string => judgedLine(events[row]!, row, judgement, reasons, options);
    const lines =
      onlyOutliers === true
        ? Array.from(outlierRows(judgement), line)
        : Array.from(placesInOrder(events.length, rowOf, badEvents), (place) =>
            place >= 0
              ? line(place)
              : notJudgedLine(badEvents[-1 - place]!, { keep: options.keep, calibrated: judgement.pValues !== undefined }),
          );
    if (lines.length > 0) yield lines.join("");
  }
}
