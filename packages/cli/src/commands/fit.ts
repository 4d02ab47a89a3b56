import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import { Command, Option } from "commander";
import type { BackendName } from "../backends.ts";
import { loadBackend } from "../backends.ts";
import { idsOf } from "../files/row-ids.ts";
import { sourceName } from "../files/table.ts";
import { prepareOutputs, writeWhole } from "../files/write.ts";
import { chooseMixture } from "../fit/choose.ts";
import type { MixtureTypes } from "../fit/estimator.ts";
import { addEstimatorFlags, mixtureChoice, mixtureTypes } from "../fit/estimator.ts";
import { agreementWith, readLabelled } from "../fit/known-groups.ts";
import { surveyTable } from "../fit/survey.ts";
import { dataFlags, labelColumnOption } from "../flags/data-flags.ts";
import { backendOption } from "../flags/backend-option.ts";
import { declaredFlags } from "../flags/declared.ts";
import { fitRecipes } from "../report/recipes.ts";
import { fitReport } from "../report/fit-report.ts";
import { fitSummary } from "../report/fit-summary.ts";
import type { Terminal } from "../terminal.ts";

const data = dataFlags(["keep"], { fits: true });

/** Rows that are listed as unusual: in the summary, and in a report. */
const SUMMARY_ROWS = 5;
const PAGE_ROWS = 10;

const EXAMPLES = `
Examples:
  mixtura fit data.csv                                   choose among 1 to 9 components and all covariances
  mixtura fit data.csv --drop id --seed 7 --output model.json
  mixtura fit data.csv --n-components 3 --covariance-type tied
  mixtura fit data.csv --estimator BayesianGaussianMixture --n-components 12 --moves true
  mixtura fit rows.ndjson --columns height,mass --weight-column n --label-column species
  cat data.csv | mixtura fit --json > result.json`;

interface FitFlags extends Readonly<Record<string, unknown>> {
  readonly labelColumn?: string;
  readonly output?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly backend: BackendName;
}

/** `mixtura fit`: chooses and fits a mixture, says what it found, saves the model. */
export async function fitCommand(terminal: Terminal, args: readonly string[]): Promise<Command> {
  const types = await mixtureTypes(terminal, args);
  const command = new Command("fit")
    .description(
      "Fit a mixture to a table: Gaussian, unless --estimator says otherwise. Where several numbers of components or covariances are tried, the best by --criterion is chosen.",
    )
    .argument("[data]", "a CSV, NDJSON or JSON file, compressed or not, or an .xlsx workbook; standard input if it is - or absent")
    .allowExcessArguments(false);
  for (const option of declaredFlags(selectMixtureOptions, "Model:")) command.addOption(option);
  addEstimatorFlags(command, types);
  return data
    .addTo(command)
    .addOption(labelColumnOption())
    .addOption(new Option("-o, --output <file>", "Save the model, as JSON. Its folder is created.").helpGroup("Output:"))
    .addOption(new Option("--json", "Print the result as JSON instead of a summary.").helpGroup("Output:"))
    .addOption(new Option("--report <file>", "Write an HTML report as well. Its folder is created.").helpGroup("Output:"))
    .addOption(backendOption())
    .addHelpText("after", EXAMPLES)
    .action((path: string | undefined, flags: FitFlags) => fit(path, flags, types, terminal));
}

async function fit(path: string | undefined, flags: FitFlags, types: MixtureTypes, terminal: Terminal): Promise<void> {
  const { output, report, json, labelColumn, backend: backendName } = flags;
  await prepareOutputs({ "--output": output, "--report": report }, [path]);
  const backend = await loadBackend(backendName);
  const choice = data.given(flags);
  const { table, known } = await readLabelled(path, choice, labelColumn, terminal);
  const asked = mixtureChoice(flags, types);
  const outcome = await chooseMixture(path, table, asked, backend === undefined ? {} : { backend }, terminal);
  const survey = await surveyTable(outcome, table, terminal, PAGE_ROWS);
  const ids = idsOf(table, choice);
  const found = {
    path,
    table,
    choice,
    outcome,
    ...(ids === undefined ? {} : { ids }),
    ...(known === undefined ? {} : { agreement: agreementWith(known, survey.labels) }),
  };
  const savedBytes = output === undefined ? undefined : await writeWhole(output, [`${JSON.stringify(outcome.model)}\n`], terminal.signal);
  let reportBytes: number | undefined;
  if (report !== undefined) {
    const { htmlReport } = await import("../report/html-report.ts");
    const call = {
      command: "fit",
      path,
      asked,
      choice,
      labelColumn,
      outcome,
      output: report,
      ...(output === undefined ? {} : { model: output }),
    } as const;
    reportBytes = await writeWhole(report, [htmlReport({ ...found, survey, recipes: fitRecipes(call) })], terminal.signal);
  }
  const facts = {
    ...found,
    modules: asked.modules,
    source: sourceName(path),
    survey: { ...survey, unusual: survey.unusual.slice(0, SUMMARY_ROWS) },
    ...(output === undefined ? {} : { output, savedBytes: savedBytes! }),
    ...(report === undefined ? {} : { report, reportBytes: reportBytes! }),
  };
  await terminal.print(json === true ? `${JSON.stringify(fitReport(facts), undefined, 2)}\n` : fitSummary(facts, terminal));
}
