import { readFileSync, statSync } from "node:fs";
import type { Mixture } from "@mixtura/core";
import type { Candidate, MixtureSelection, PartialSelection, Stability } from "@mixtura/model-selection";
import { selectMixture } from "@mixtura/model-selection";
import type { SelectionProgress } from "@mixtura/model-selection/internal";
import { criterionNames, selectMixtureOptions } from "@mixtura/model-selection/internal";
import { choiceSentences, stabilitySentences } from "@mixtura/report/internal";
import { counted, duration, wrap } from "@mixtura/wording/internal";
import { Command, Option } from "commander";
import type { BackendName } from "../backends.ts";
import { loadBackend } from "../backends.ts";
import { CommandError } from "../command-error.ts";
import type { DialectFlags, Writing } from "../files/dialect.ts";
import { addDialectFlags, writingOf } from "../files/dialect.ts";
import { aroundTable, droppedSentence } from "../files/note-reading.ts";
import { outputFormat } from "../files/format.ts";
import type { FeatureTable } from "../files/left-out.ts";
import { provenanceOf } from "../files/provenance.ts";
import type { TableChoice } from "../files/table.ts";
import { readFeatures, sourceName } from "../files/table.ts";
import { markedText, tableText } from "../files/text.ts";
import { prepareOutputs, writeWhole } from "../files/write.ts";
import { progressLine } from "../fit/choose.ts";
import type { MixtureTypes } from "../fit/estimator.ts";
import { addEstimatorFlags, mixtureChoice, mixtureTypes, selectionOptions } from "../fit/estimator.ts";
import { stabilityOf, stabilityOption } from "../fit/stability.ts";
import { surveyTable } from "../fit/survey.ts";
import { backendOption } from "../flags/backend-option.ts";
import { dataFlags } from "../flags/data-flags.ts";
import { declaredFlags } from "../flags/declared.ts";
import { inWords } from "../flags/in-flags.ts";
import { columnSentences } from "../report/column-sentences.ts";
import { candidateColumns, candidateRecord } from "../report/candidate-columns.ts";
import { fitRecipes } from "../report/recipes.ts";
import { selectionTable } from "../report/selection-table.ts";
import { stabilityRecord, stabilityTable } from "../report/stability-table.ts";
import type { Terminal } from "../terminal.ts";

const data = dataFlags(["keep"], { fits: true });

/** Rows that a report lists as unusual. */
const PAGE_ROWS = 10;

const EXAMPLES = `
Examples:
  mixtura select data.csv --seed 7
  mixtura select data.csv --n-components 1:12 --covariance-type full,tied --criterion icl --output model.json
  mixtura select data.csv --criterion cv --rule one-standard-error --table candidates.csv --report choice.html
  mixtura select data.csv --stability 50 --report choice.html
  mixtura select big.csv --state sweep.json             goes on where it was interrupted`;

interface SelectFlags extends DialectFlags, Readonly<Record<string, unknown>> {
  readonly output?: string;
  readonly report?: string;
  readonly table?: string;
  readonly state?: string;
  readonly stability?: number;
  readonly json?: boolean;
  readonly backend: BackendName;
}

/** `mixtura select`: every candidate with all its criteria, and the winner. */
export async function selectCommand(terminal: Terminal, args: readonly string[]): Promise<Command> {
  const types = await mixtureTypes(terminal, args);
  const command = new Command("select")
    .description("Compare numbers of components and covariances: every candidate with all its criteria, and the winner by --criterion.")
    .argument("[data]", "a CSV, NDJSON or JSON file, compressed or not, or an .xlsx workbook; standard input if it is - or absent")
    .allowExcessArguments(false);
  for (const option of declaredFlags(selectMixtureOptions, "Selection:")) command.addOption(option);
  addEstimatorFlags(command, types);
  const output = (flags: string, description: string): Option => new Option(flags, description).helpGroup("Output:");
  data
    .addTo(command)
    .addOption(output("-o, --output <file>", "Save the winner, as JSON. Its folder is created."))
    .addOption(output("--table <file>", "Write the candidates as a table: CSV, or NDJSON or JSON by the file's name."));
  return addDialectFlags(command, "Output:")
    .addOption(output("--report <file>", "Write an HTML report with the criterion's curves. Its folder is created."))
    .addOption(stabilityOption())
    .addOption(output("--json", "Print the result as JSON instead of a table."))
    .addOption(output("--state <file>", "Save finished candidates in this file, and resume from it."))
    .addOption(backendOption())
    .addHelpText("after", EXAMPLES)
    .action((path: string | undefined, flags: SelectFlags) => select(path, flags, types, terminal));
}

async function select(path: string | undefined, flags: SelectFlags, types: MixtureTypes, terminal: Terminal): Promise<void> {
  const { output, report, table: tableFile, state, stability: samples, json, backend: backendName } = flags;
  await prepareOutputs({ "--output": output, "--report": report, "--table": tableFile, "--state": state }, [path]);
  const resume = state === undefined ? undefined : savedState(state);
  const backend = await loadBackend(backendName);
  const choice = data.given(flags);
  const table = await readFeatures(path, choice, terminal);
  const asked = mixtureChoice(flags, types);
  if (samples !== undefined && asked.plugin.mixture.isPosterior)
    throw new CommandError("usage", "--stability needs mixtures fitted by maximum likelihood: leave out --stability or --estimator.");
  const place = backend === undefined ? {} : { backend };
  const { X, sampleWeight } = table;
  let saved = Promise.resolve();
  const keep = async (before: Promise<void>, file: string, done: PartialSelection<Mixture>): Promise<void> => {
    await before;
    await writeWhole(file, [`${JSON.stringify(done)}\n`], new AbortController().signal); // also what was finished when the work is interrupted
  };
  const context = {
    signal: terminal.signal,
    provenance: provenanceOf(path, table),
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    ...(resume === undefined ? {} : { resume }),
    onProgress: (event: SelectionProgress) => terminal.progress(progressLine(event, asked)),
    onCandidate: (_: Candidate<Mixture>, done: PartialSelection<Mixture>) => {
      if (state !== undefined) saved = keep(saved, state, done);
    },
  };
  let selection: MixtureSelection<Mixture>;
  try {
    selection = await selectMixture(X, { ...selectionOptions(asked), ...place }, context);
  } finally {
    await saved;
  }
  const outcome = { ...selection, model: selection.best };
  const steadiness = samples === undefined ? undefined : await stabilityOf(table, outcome, asked, place, samples, terminal);

  if (output !== undefined) await writeWhole(output, [`${JSON.stringify(selection.best)}\n`], terminal.signal);
  if (tableFile !== undefined) {
    const writing = writingOf(outputFormat(undefined, tableFile), flags, { source: table, ...choice });
    await writeWhole(tableFile, candidatesText(selection, writing), terminal.signal);
  }
  if (report !== undefined) {
    const { htmlReport } = await import("../report/html-report.ts");
    const survey = await surveyTable(outcome, table, terminal, PAGE_ROWS);
    const call = {
      command: "select",
      path,
      asked,
      choice,
      labelColumn: undefined,
      outcome,
      output: report,
      ...(samples === undefined ? {} : { stability: samples }),
      ...(output === undefined ? {} : { model: output }),
    } as const;
    const page = htmlReport({ path, table, outcome, survey, stability: steadiness, recipes: fitRecipes(call) });
    await writeWhole(report, [page], terminal.signal);
  }
  await terminal.print(
    json === true
      ? `${JSON.stringify({ ...selectionReport(selection), ...(steadiness === undefined ? {} : { stability: steadiness.rows.map(stabilityRecord) }) }, undefined, 2)}\n`
      : summary(selection, steadiness, path, [table, choice], flags, terminal),
  );
}

/**
 * What an earlier run left in the file of `--state`; nothing where there is none yet.
 *
 * @throws CommandError `usage` for what is no file, such as a pipe: it is read and written again and again
 */
function savedState(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new CommandError("usage", `--state ${path}: this is not a file, so nothing can be kept in it. Name a file.`);
  return readFileSync(path, "utf8");
}

/** The candidates, in the form that the data has. */
function candidatesText({ candidates }: MixtureSelection<Mixture>, writing: Writing): AsyncIterable<string> {
  if (writing.format === "json")
    return markedText([`${JSON.stringify(candidates.map(candidateRecord), undefined, 2)}\n`], writing.csv.byteOrderMark === true);
  return tableText([candidateColumns(candidates)], writing);
}

/** The result as plain data, for `--json`. */
function selectionReport({
  candidates,
  openComponents,
  criterion,
  rule,
  seed,
  elapsedMilliseconds,
  winner,
  best,
}: MixtureSelection<Mixture>): object {
  return {
    criterion,
    rule,
    seed,
    elapsedMilliseconds,
    candidates: candidates.map(candidateRecord),
    openComponents,
    winner: candidateRecord(winner),
    model: best,
  };
}

function summary(
  selection: MixtureSelection<Mixture>,
  steadiness: Stability | undefined,
  path: string | undefined,
  [table, choice]: readonly [FeatureTable, TableChoice],
  { output, table: candidatesFile, report }: SelectFlags,
  { width, bold }: Pick<Terminal, "width" | "bold">,
): string {
  const { candidates, criterion, seed, elapsedMilliseconds, best } = selection;
  const sentences = (lines: readonly string[]): string =>
    lines.flatMap((line) => wrap(inWords(line, best), width, { rest: "  " })).join("\n");
  const { X } = table;
  const kept = [output, candidatesFile, report].filter((file) => file !== undefined);
  return `${[
    sentences([
      `${sourceName(path)}: ${counted(X.rows, "row")} × ${counted(X.columns, "feature")}${aroundTable(table)}`,
      ...(table.dropped.count > 0 ? [droppedSentence(table)] : []),
      ...columnSentences(best, table, choice),
    ]),
    [bold(`Candidates by ${criterionNames[criterion]} (criteria: lower is better)`), ...selectionTable(selection, width)].join("\n"),
    sentences(choiceSentences({ ...selection, model: best })),
    ...(steadiness === undefined
      ? []
      : [
          [
            bold(`Stability of the groups${best.form === undefined ? "" : `, ${best.form.name}`} (adjusted Rand index)`),
            ...stabilityTable(steadiness, best.nComponents),
            sentences(stabilitySentences(steadiness, best.nComponents)),
          ].join("\n"),
        ]),
    sentences([
      `Fitted ${counted(candidates.length, "candidate")} in ${duration(elapsedMilliseconds)}; --seed ${seed} gives the same result again.`,
      ...(kept.length === 0 ? ["The winner was not saved; --output model.json keeps it."] : [`Written: ${kept.join(", ")}.`]),
    ]),
  ].join("\n\n")}\n`;
}
