import { grouped } from "@mixtura/wording/internal";
import { Command, InvalidArgumentError, Option } from "commander";
import type { BackendName } from "../backends.ts";
import { loadBackend } from "../backends.ts";
import { readModel } from "../files/model.ts";
import { handingOnIds } from "../files/row-ids.ts";
import { sourceName } from "../files/table.ts";
import { prepareOutputs, writeWhole } from "../files/write.ts";
import type { DialectFlags } from "../files/dialect.ts";
import { addDialectFlags, writingOf } from "../files/dialect.ts";
import { outputFormat } from "../files/format.ts";
import type { Column } from "../files/kept.ts";
import { withBadRows } from "../files/in-order.ts";
import { ColumnWatch } from "../files/column-watch.ts";
import { noteDropped, noteElsewhere, noteReading } from "../files/note-reading.ts";
import { forgiving, NotJudged, strictOption } from "../files/not-judged.ts";
import { tableText } from "../files/text.ts";
import { dataFlags } from "../flags/data-flags.ts";
import { backendOption } from "../flags/backend-option.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import { pluginSource } from "../plugins/source.ts";
import { openRows } from "../predict/open-rows.ts";
import type { ResultKind } from "../predict/results.ts";
import { RESULT_KINDS, resultsOf } from "../predict/results.ts";
import type { Terminal } from "../terminal.ts";

const data = dataFlags(["weightColumn"]);

const EXAMPLES = `
Examples:
  mixtura predict model.json data.csv > labels.csv
  mixtura predict model.json tonight.csv --with labels,reasons --keep id --output labels.csv
  mixtura predict model.json data.csv --with labels,responsibilities,log-density --keep all --output scored.csv
  cat data.csv | mixtura predict model.json --json | head
A row that cannot be read has a line without a result, and is reported with the reason; exit code 4 then, 0 otherwise.`;

interface PredictFlags extends DialectFlags, Readonly<Record<string, unknown>> {
  readonly strict?: boolean;
  readonly with: readonly ResultKind[];
  readonly output?: string;
  readonly json?: boolean;
  readonly backend: BackendName;
  readonly plugin: readonly string[];
}

/** `mixtura predict`: applies a saved model to the rows of a table, block by block. */
export function predictCommand(terminal: Terminal): Command {
  const command = new Command("predict")
    .description(
      "Apply a saved model to the rows of a table. Features are found by name; other columns are ignored. Files may be larger than memory.",
    )
    .argument("<model>", "a model file, as `mixtura fit --output` writes it")
    .argument("[data]", "a CSV, NDJSON or JSON file, compressed or not, or an .xlsx workbook; standard input if it is - or absent")
    .allowExcessArguments(false)
    .addOption(
      new Option("--with <list>", `What to write for each row: ${RESULT_KINDS.join(", ")}.`)
        .argParser(parseKinds)
        .default(["labels"], "labels")
        .helpGroup("Result:"),
    );
  data
    .addTo(command)
    .addOption(strictOption())
    .addOption(
      new Option("-o, --output <file>", "Write to a file instead of standard output. The file appears when it is complete.").helpGroup(
        "Result:",
      ),
    );
  return addDialectFlags(command, "Result:")
    .addOption(
      new Option("--json", "Write one JSON object per row (NDJSON) instead of CSV; --output x.ndjson does so, too.").helpGroup("Result:"),
    )
    .addOption(backendOption())
    .addOption(pluginOption())
    .addHelpText("after", EXAMPLES)
    .action((model: string, path: string | undefined, flags: PredictFlags) => predict(model, path, flags, terminal));
}

function parseKinds(text: string): readonly ResultKind[] {
  const kinds = new Set(text === "all" ? RESULT_KINDS : text.split(",").map((part) => part.trim()));
  for (const kind of kinds) {
    if (!RESULT_KINDS.includes(kind as ResultKind))
      throw new InvalidArgumentError(`It must be a list of ${RESULT_KINDS.join(", ")}, found "${kind}".`);
  }
  return [...kinds] as ResultKind[];
}

async function predict(modelPath: string, dataPath: string | undefined, flags: PredictFlags, terminal: Terminal): Promise<void> {
  const { output, json } = flags;
  const plugins = await pluginSource(flags.plugin, terminal);
  const { model, capabilities } = await readModel(modelPath, plugins, terminal, await loadBackend(flags.backend));
  const results = resultsOf(model, capabilities, flags.with);
  await prepareOutputs({ "--output": output }, [modelPath, dataPath]);
  const choice = forgiving(handingOnIds(data.given(flags)), flags.strict);
  const rows = await openRows(dataPath, choice, model, terminal);
  const writing = writingOf(json === true ? "ndjson" : outputFormat(undefined, output), flags, { source: rows, ...choice });

  let done = 0;
  const notJudged = new NotJudged(sourceName(dataPath), terminal);
  const watch = new ColumnWatch(model);
  async function* tables(): AsyncGenerator<Column[]> {
    for await (const { X, kept, rowIndices, bad } of rows.blocks({ signal: terminal.signal })) {
      const columns = await results(X, kept ?? [], writing, terminal.signal);
      done += X.rows;
      terminal.progress(`${sourceName(dataPath)}: ${grouped(done)} rows`);
      notJudged.add(bad, choice.id);
      watch.add(X);
      yield withBadRows(columns, (row) => rowIndices![row]! + 1, bad, writing);
    }
  }
  const pieces = tableText(tables(), writing);
  if (output === undefined) for await (const piece of pieces) await terminal.write(piece);
  else await writeWhole(output, pieces, terminal.signal);

  notJudged.finish(done);
  noteElsewhere(sourceName(dataPath), watch, terminal);
  noteDropped(sourceName(dataPath), rows.dropped?.count ?? 0, terminal);
  noteReading(sourceName(dataPath), rows, choice.options, terminal);
}
