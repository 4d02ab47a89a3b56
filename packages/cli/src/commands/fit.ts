import { csvOptionDeclarations } from "@mixtura/io";
import { selectMixtureOptions } from "@mixtura/model-selection";
import { Command, Option } from "commander";
import type { BackendName } from "../backends.ts";
import { BACKENDS } from "../backends.ts";
import { readTable, sourceName } from "../files/table.ts";
import { prepareOutput, writeWhole } from "../files/write.ts";
import { chooseMixture } from "../fit/choose.ts";
import { surveyRows } from "../fit/survey.ts";
import { declaredFlags, givenOptions } from "../flags/declared.ts";
import { fitReport } from "../report/fit-report.ts";
import { fitSummary } from "../report/fit-summary.ts";
import type { Terminal } from "../terminal.ts";

const { keep: _keep, name: _name, ...csvDeclarations } = csvOptionDeclarations;

const EXAMPLES = `
Examples:
  mixtura fit data.csv                                   choose among 1 to 9 components and all covariances
  mixtura fit data.csv --drop id --n-init 5 --seed 7 --output model.json
  mixtura fit data.csv --n-components 3 --covariance-type tied
  cat data.csv | mixtura fit --json > result.json`;

interface FitFlags extends Readonly<Record<string, unknown>> {
  readonly output?: string;
  readonly json?: boolean;
  readonly backend: BackendName;
}

/** `mixtura fit`: chooses and fits a mixture, says what it found, saves the model. */
export function fitCommand(terminal: Terminal): Command {
  const command = new Command("fit")
    .description(
      "Fit a Gaussian mixture to a table. Where several numbers of components or covariances are tried, the best by --criterion is chosen.",
    )
    .argument("[data]", "a CSV file; standard input where it is - or absent")
    .allowExcessArguments(false);
  for (const option of declaredFlags(selectMixtureOptions, "Model:")) command.addOption(option);
  for (const option of declaredFlags(csvDeclarations, "Data:")) command.addOption(option);
  return command
    .addOption(new Option("-o, --output <file>", "Save the model, as JSON. Its folder is created.").helpGroup("Output:"))
    .addOption(new Option("--json", "Print the result as JSON instead of a summary.").helpGroup("Output:"))
    .addOption(
      new Option("--backend <name>", "Where the arithmetic runs.").choices(Object.keys(BACKENDS)).default("reference").helpGroup("Output:"),
    )
    .addHelpText("after", EXAMPLES)
    .action((path: string | undefined, flags: FitFlags) => fit(path, flags, terminal));
}

async function fit(path: string | undefined, flags: FitFlags, terminal: Terminal): Promise<void> {
  const { output, json, backend: backendName } = flags;
  if (output !== undefined) await prepareOutput(output);
  const backend = await BACKENDS[backendName]();
  const table = await readTable(path, givenOptions(csvDeclarations, flags), terminal);
  const outcome = await chooseMixture(table, { ...givenOptions(selectMixtureOptions, flags), backend }, terminal);
  const survey = await surveyRows(outcome.model, table, outcome.seed, terminal.signal);
  const savedBytes = output === undefined ? undefined : await writeWhole(output, [`${JSON.stringify(outcome.model)}\n`]);

  const facts = {
    source: sourceName(path),
    path,
    table,
    outcome,
    survey,
    ...(output === undefined ? {} : { output, savedBytes: savedBytes! }),
  };
  await terminal.print(json === true ? `${JSON.stringify(fitReport(facts), undefined, 2)}\n` : fitSummary(facts, terminal));
}
