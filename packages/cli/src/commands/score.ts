import type { FittedModel } from "@mixtura/core";
import { isMixture, MixturaError } from "@mixtura/core";
import { counted, grouped } from "@mixtura/wording/internal";
import { Command, Option } from "commander";
import type { BackendName } from "../backends.ts";
import { loadBackend } from "../backends.ts";
import type { DialectFlags } from "../files/dialect.ts";
import { addDialectFlags, writingOf } from "../files/dialect.ts";
import { outputFormat } from "../files/format.ts";
import type { Column } from "../files/kept.ts";
import { readModel } from "../files/model.ts";
import { withBadRows } from "../files/in-order.ts";
import { ColumnWatch } from "../files/column-watch.ts";
import { noteDropped, noteElsewhere, noteReading } from "../files/note-reading.ts";
import { forgiving, NotJudged, strictOption } from "../files/not-judged.ts";
import { handingOnIds } from "../files/row-ids.ts";
import { sourceName } from "../files/table.ts";
import { tableText } from "../files/text.ts";
import { prepareOutputs, writeWhole } from "../files/write.ts";
import { dataFlags } from "../flags/data-flags.ts";
import { backendOption } from "../flags/backend-option.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import { pluginSource } from "../plugins/source.ts";
import { openRows } from "../predict/open-rows.ts";
import { resultsOf } from "../predict/results.ts";
import { tableLines } from "../report/layout.ts";
import { ScoreSum } from "../score/score-sum.ts";
import type { Terminal } from "../terminal.ts";

const data = dataFlags([]);

const EXAMPLES = `
Examples:
  mixtura score model.json held-out.csv
  mixtura score model.json data.csv --weight-column n --json
  mixtura score model.json data.csv --each --keep id --output densities.csv
A row that cannot be read is left out of the figures, and reported with the reason; exit code 4 then, 0 otherwise.`;

interface ScoreFlags extends DialectFlags, Readonly<Record<string, unknown>> {
  readonly each?: boolean;
  readonly strict?: boolean;
  readonly output?: string;
  readonly json?: boolean;
  readonly backend: BackendName;
  readonly plugin: readonly string[];
}

/** `mixtura score`: how well a saved model describes the rows of a table, read block by block. */
export function scoreCommand(terminal: Terminal): Command {
  const command = new Command("score")
    .description(
      "Score the rows of a table under a saved model: the mean of their natural-log density, and the criteria of these rows. Files may be larger than memory.",
    )
    .argument("<model>", "a model file, as `mixtura fit --output` writes it")
    .argument("[data]", "a CSV, NDJSON or JSON file, compressed or not, or an .xlsx workbook; standard input if it is - or absent")
    .allowExcessArguments(false)
    .addOption(new Option("--each", "Write the log-density of each row instead of a summary.").helpGroup("Result:"));
  data
    .addTo(command)
    .addOption(strictOption())
    .addOption(new Option("-o, --output <file>", "Write the result to a file. The file appears when it is complete.").helpGroup("Result:"));
  return addDialectFlags(command, "Result:")
    .addOption(new Option("--json", "Write JSON: one object, or one per row (NDJSON) with --each.").helpGroup("Result:"))
    .addOption(backendOption())
    .addOption(pluginOption())
    .addHelpText("after", EXAMPLES)
    .action((model: string, path: string | undefined, flags: ScoreFlags) => score(model, path, flags, terminal));
}

async function score(modelPath: string, path: string | undefined, flags: ScoreFlags, terminal: Terminal): Promise<void> {
  const { each, output, json, plugin } = flags;
  const plugins = await pluginSource(plugin, terminal);
  const { model, capabilities } = await readModel(modelPath, plugins, terminal, await loadBackend(flags.backend));
  if (!capabilities.includes("density"))
    throw new MixturaError(
      "not-supported",
      `A ${model.type} model has no density, so it cannot score rows.${capabilities.includes("outlier") ? " It is a detector: see mixtura detect --model." : ""}`,
      { feature: "log-density" },
    );
  const results = resultsOf(model, capabilities, ["log-density"]);
  await prepareOutputs({ "--output": output }, [modelPath, path]);
  const choice = forgiving(handingOnIds(data.given(flags)), flags.strict);
  const rows = await openRows(path, choice, model, terminal);
  const writing = writingOf(json === true ? "ndjson" : outputFormat(undefined, output), flags, { source: rows, ...choice });
  const sum = new ScoreSum();
  const notJudged = new NotJudged(sourceName(path), terminal);
  const watch = new ColumnWatch(model);

  async function* tables(): AsyncGenerator<Column[]> {
    for await (const { X, kept, sampleWeight, rowIndices, bad } of rows.blocks({ signal: terminal.signal })) {
      const columns = await results(X, kept ?? [], writing, terminal.signal);
      sum.add(columns.at(-1)![1] as ArrayLike<number>, sampleWeight);
      terminal.progress(`${sourceName(path)}: ${grouped(sum.rows)} rows`);
      notJudged.add(bad, choice.id);
      watch.add(X);
      yield withBadRows(columns, (row) => rowIndices![row]! + 1, bad, writing);
    }
  }
  const write = async (pieces: Iterable<string> | AsyncIterable<string>): Promise<void> => {
    if (output !== undefined) return void (await writeWhole(output, pieces, terminal.signal));
    for await (const piece of pieces) await (each === true ? terminal.write(piece) : terminal.print(piece));
  };
  if (each === true) await write(tableText(tables(), writing));
  else {
    for await (const _ of tables()); // summed up as they pass
    const figures = { ...figuresOf(model, sum), ...(notJudged.count === 0 ? {} : { notJudged: notJudged.count }) };
    await write([
      json === true
        ? `${JSON.stringify({ model: modelPath, data: sourceName(path), ...figures }, undefined, 2)}\n`
        : summary(sourceName(path), figures),
    ]);
  }
  notJudged.finish(sum.rows);
  noteElsewhere(sourceName(path), watch, terminal);
  noteDropped(sourceName(path), rows.dropped?.count ?? 0, terminal);
  noteReading(sourceName(path), rows, choice.options, terminal);
}

/** What a scoring of rows comes to; only the counts where there were none. */
interface Figures {
  readonly rows: number;
  readonly weight: number;
  readonly meanLogDensity?: number;
  readonly deviation?: number;
  readonly lowest?: number;
  readonly impossibleRows?: number;
  readonly logLikelihood?: number;
  readonly nParameters?: number;
  readonly aic?: number;
  readonly bic?: number;
  readonly meanLogDensityOfTraining?: number;
}

/** The figures of a scoring; criteria where the model knows its number of parameters. */
function figuresOf(model: FittedModel, sum: ScoreSum): Figures {
  const { rows, weight, mean, deviation, lowest, impossible } = sum;
  if (rows === 0) return { rows, weight };
  const logLikelihood = mean * weight;
  const mixture = isMixture(model) && !model.isPosterior ? model : undefined;
  const parameters = mixture?.nParameters;
  const objective = mixture?.objective;
  const training = objective && objective.value / objective.weight;
  return {
    rows,
    weight,
    meanLogDensity: mean,
    deviation,
    lowest,
    impossibleRows: impossible,
    logLikelihood,
    ...(parameters === undefined
      ? {}
      : { nParameters: parameters, aic: -2 * logLikelihood + 2 * parameters, bic: -2 * logLikelihood + parameters * Math.log(weight) }),
    ...(training === undefined ? {} : { meanLogDensityOfTraining: training }),
  };
}

function hasRows(
  figures: Figures,
): figures is Figures & Required<Pick<Figures, "meanLogDensity" | "deviation" | "lowest" | "impossibleRows" | "logLikelihood">> {
  return figures.rows > 0;
}

function summary(source: string, figures: Figures): string {
  if (!hasRows(figures)) return `${source}: 0 rows, so there is nothing to score.\n`;
  const {
    rows,
    weight,
    meanLogDensity,
    deviation,
    lowest,
    impossibleRows,
    logLikelihood,
    aic,
    bic,
    nParameters,
    meanLogDensityOfTraining,
  } = figures;
  const lines = [
    ["mean log-density", meanLogDensity.toFixed(6), "natural log, per row; higher is better"],
    ["standard deviation", deviation.toFixed(4), "of the rows' log-densities"],
    ["lowest", lowest.toFixed(4), "the most unusual row"],
    ["log-likelihood", logLikelihood.toFixed(4), "the sum"],
    ...(aic === undefined || bic === undefined
      ? []
      : [
          ["AIC", aic.toFixed(2), `of these rows, with ${counted(nParameters!, "parameter")}; lower is better`],
          ["BIC", bic.toFixed(2), "the same"],
        ]),
    ...(meanLogDensityOfTraining === undefined
      ? []
      : [["training rows", meanLogDensityOfTraining.toFixed(6), "mean log-density when the model was fitted"]]),
  ];
  const head = `${source}: ${counted(rows, "row")}${weight === rows ? "" : `, weights sum to ${Number(weight.toPrecision(10))}`}`;
  const impossible =
    impossibleRows === 0 ? "" : `\n\n  ${counted(impossibleRows, "row")} have density 0 in floating point (log-density −∞).`;
  return `${head}\n\n${tableLines(lines, ["left", "right", "left"]).join("\n")}${impossible}\n`;
}
