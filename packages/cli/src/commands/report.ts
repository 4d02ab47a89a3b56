import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import type { Outcome } from "@mixtura/report/internal";
import { isMixture, MixturaError } from "@mixtura/core";
import { movedTo } from "@mixtura/core/internal";
import { counted, fileSize, wrap } from "@mixtura/wording/internal";
import { Command, Option } from "commander";
import type { BackendName } from "../backends.ts";
import { loadBackend } from "../backends.ts";
import { CommandError } from "../command-error.ts";
import { leaveOutAsIn } from "../files/left-out.ts";
import { modelColumns } from "../files/model-columns.ts";
import { readModel } from "../files/model.ts";
import { idsOf } from "../files/row-ids.ts";
import { sourceName } from "../files/table.ts";
import { prepareOutputs, writeWhole } from "../files/write.ts";
import { chooseMixture } from "../fit/choose.ts";
import type { MixtureTypes } from "../fit/estimator.ts";
import { addEstimatorFlags, fitFlags, mixtureChoice, mixtureTypes } from "../fit/estimator.ts";
import { agreementWith, readLabelled } from "../fit/known-groups.ts";
import { stabilityOf, stabilityOption } from "../fit/stability.ts";
import { surveyTable } from "../fit/survey.ts";
import { dataFlags, labelColumnOption } from "../flags/data-flags.ts";
import { declaredFlags } from "../flags/declared.ts";
import { backendOption } from "../flags/backend-option.ts";
import { columnSentences } from "../report/column-sentences.ts";
import { htmlReport } from "../report/html-report.ts";
import { fitRecipes, modelRecipes } from "../report/recipes.ts";
import type { Terminal } from "../terminal.ts";

const data = dataFlags(["keep"], { fits: true });

/** Rows that a page lists as unusual. */
const PAGE_ROWS = 10;

const EXAMPLES = `
Examples:
  mixtura report data.csv --drop id --seed 7 --output report.html
  mixtura report model.json new-data.csv --output report.html`;

interface ReportFlags extends Readonly<Record<string, unknown>> {
  readonly output: string;
  readonly labelColumn?: string;
  readonly stability?: number;
  readonly plugin: readonly string[];
  readonly backend: BackendName;
}

/** `mixtura report`: one HTML page about a table and its mixture. */
export async function reportCommand(terminal: Terminal, args: readonly string[]): Promise<Command> {
  const types = await mixtureTypes(terminal, args);
  const command = new Command("report")
    .description(
      "Write one self-contained HTML page about a table: the mixture that fits it best, pictures, groups in words and numbers, unusual rows, diagnostics. " +
        "With a model file before the data, that model is shown instead.",
    )
    .argument("[model-or-data]", "a table to fit, or a model file that is followed by a table; standard input if it is - or absent")
    .argument("[data]", "the table to see through the model; - is standard input")
    .allowExcessArguments(false);
  for (const option of declaredFlags(selectMixtureOptions, "Model:")) command.addOption(option);
  addEstimatorFlags(command, types);
  return data
    .addTo(command)
    .addOption(labelColumnOption())
    .addOption(stabilityOption())
    .addOption(new Option("-o, --output <file>", "The page to write. Its folder is created.").default("report.html").helpGroup("Output:"))
    .addOption(backendOption())
    .addHelpText("after", EXAMPLES)
    .action((first: string | undefined, second: string | undefined, flags: ReportFlags) =>
      second === undefined ? reportFit(first, flags, types, terminal) : reportModel(first!, second, flags, types, terminal),
    );
}

async function reportFit(path: string | undefined, flags: ReportFlags, types: MixtureTypes, terminal: Terminal): Promise<void> {
  await prepareOutputs({ "--output": flags.output }, [path]);
  const backend = await loadBackend(flags.backend);
  const choice = data.given(flags);
  const { table, known } = await readLabelled(path, choice, flags.labelColumn, terminal);
  const asked = mixtureChoice(flags, types);
  const { stability: samples } = flags;
  if (samples !== undefined && asked.plugin.mixture.isPosterior)
    throw new CommandError("usage", "--stability needs mixtures fitted by maximum likelihood: leave out --stability or --estimator.");
  const place = backend === undefined ? {} : { backend };
  const outcome = await chooseMixture(path, table, asked, place, terminal);
  const stability = samples === undefined ? undefined : await stabilityOf(table, outcome, asked, place, samples, terminal);
  const survey = await surveyTable(outcome, table, terminal, PAGE_ROWS);
  const agreement = known === undefined ? undefined : agreementWith(known, survey.labels);
  const call = { path, asked, choice, labelColumn: flags.labelColumn, outcome, output: flags.output } as const;
  const recipes = fitRecipes({ command: "report", ...call, ...(samples === undefined ? {} : { stability: samples }) });
  const ids = idsOf(table, choice);
  const page = htmlReport({
    path,
    table,
    ...(ids === undefined ? {} : { ids }),
    outcome,
    survey,
    stability,
    ...(agreement === undefined ? {} : { agreement }),
    recipes,
  });
  await finish(page, flags.output, path, outcome, table.X.rows, terminal, columnSentences(outcome.model, table, choice));
}

async function reportModel(modelPath: string, path: string, flags: ReportFlags, types: MixtureTypes, terminal: Terminal): Promise<void> {
  const unused = [...fitFlags(flags, types), ...(flags.stability === undefined ? [] : ["--stability"])];
  if (unused.length > 0)
    throw new CommandError(
      "usage",
      `"${modelPath}" is a model already, so nothing is fitted: leave out the flags of the fit (${unused.join(", ")}).`,
    );
  const { model: found, capabilities } = await readModel(modelPath, types.source, terminal);
  if (!isMixture(found))
    throw new MixturaError(
      "not-supported",
      `A report needs a mixture, such as a GaussianMixture or a posterior of one; ${modelPath} holds a ${found.type}.${capabilities.includes("outlier") ? " It is a detector: see mixtura detect --model with --report." : ""}`,
      { feature: "report" },
    );
  const backend = await loadBackend(flags.backend);
  const model = movedTo(found, backend);
  await prepareOutputs({ "--output": flags.output }, [modelPath, path]);
  const choice = data.given(flags);
  const read = await readLabelled(path, modelColumns({ ...choice, leavesOut: [] }, model), flags.labelColumn, terminal);
  const { known } = read;
  const table = leaveOutAsIn(model, read.table, choice);
  const outcome: Outcome = { model, candidates: [], criterion: "bic", seed: model.trace.seed ?? 0 };
  const survey = await surveyTable(outcome, table, terminal, PAGE_ROWS);
  const agreement = known === undefined ? undefined : agreementWith(known, survey.labels);
  const ids = idsOf(table, choice);
  const page = htmlReport({
    path,
    table,
    ...(ids === undefined ? {} : { ids }),
    outcome,
    survey,
    ...(agreement === undefined ? {} : { agreement }),
    otherRows: true,
    recipes: modelRecipes(modelPath, path, flags.output, flags.plugin),
  });
  await finish(page, flags.output, path, outcome, table.X.rows, terminal);
}

async function finish(
  page: string,
  output: string,
  path: string | undefined,
  { model }: Outcome,
  rows: number,
  terminal: Terminal,
  notes: readonly string[] = [],
): Promise<void> {
  const bytes = await writeWhole(output, [page], terminal.signal);
  await terminal.print(
    `${sourceName(path)}: ${counted(rows, "row")}, ${counted(model.nComponents, "group")}${model.form === undefined ? "" : ` (${model.form.name})`}\n${notes.flatMap((note) => wrap(note, terminal.width, { rest: "  " })).join("\n")}${notes.length === 0 ? "" : "\n"}Report written to ${output} (${fileSize(bytes)}).\n`,
  );
}
