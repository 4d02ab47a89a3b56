import type { FittedModel, Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { createRandom, drawSeed } from "@mixtura/core/authoring";
import { SEED_LIMIT } from "@mixtura/core/internal";
import type { TableFormat } from "@mixtura/io";
import type { CSVCell } from "@mixtura/io/internal";
import { tableFormats } from "@mixtura/io/internal";
import { Command, InvalidArgumentError, Option } from "commander";
import type { DialectFlags } from "../files/dialect.ts";
import { addDialectFlags, writingOf } from "../files/dialect.ts";
import { outputFormat } from "../files/format.ts";
import { readModel } from "../files/model.ts";
import { tableText } from "../files/text.ts";
import { prepareOutputs, writeWhole } from "../files/write.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import { pluginSource } from "../plugins/source.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  mixtura sample model.json -n 1000 --seed 1 > drawn.csv
  mixtura sample model.json -n 1000000 --seed 1 --labels --output drawn.ndjson`;

/** Rows drawn at a time, so that memory stays small. */
const BLOCK_ROWS = 2 ** 16;
const MOST_ROWS = 1e9;

interface SampleFlags extends DialectFlags {
  readonly rows: number;
  readonly seed?: number;
  readonly labels?: boolean;
  readonly output?: string;
  readonly format?: TableFormat;
  readonly plugin: readonly string[];
}

/** `mixtura sample`: draws rows from a saved model. */
export function sampleCommand(terminal: Terminal): Command {
  const command = new Command("sample")
    .description(
      "Draw rows from a saved model. The same seed gives the same rows; the first rows do not depend on how many are drawn after them.",
    )
    .argument("<model>", "a model file, as `mixtura fit --output` writes it")
    .allowExcessArguments(false)
    .addOption(new Option("-n, --rows <integer>", "How many rows.").argParser(wholeNumber(1, MOST_ROWS)).default(100).helpGroup("Sample:"))
    .addOption(
      new Option("--seed, --random-state <integer>", "The seed; drawn, and shown, when absent.")
        .argParser(wholeNumber(0, SEED_LIMIT - 1))
        .helpGroup("Sample:"),
    )
    .addOption(new Option("--labels", "Write the component that each row came from, as the last column.").helpGroup("Sample:"))
    .addOption(new Option("-o, --output <file>", "Write to a file. The file appears when it is complete.").helpGroup("Sample:"))
    .addOption(
      new Option("--format <name>", "The format to write; by default what the file's name says, else csv.")
        .choices([...tableFormats])
        .helpGroup("Sample:"),
    );
  return addDialectFlags(command, "Sample:")
    .addOption(pluginOption())
    .addHelpText("after", EXAMPLES)
    .action((path: string) => {
      const { randomState, ...flags } = command.opts<SampleFlags & { randomState?: number }>();
      return sample(path, randomState === undefined ? flags : { ...flags, seed: randomState }, terminal);
    });
}

async function sample(path: string, flags: SampleFlags, terminal: Terminal): Promise<void> {
  const { rows, seed, labels, output, format, plugin } = flags;
  const { model, capabilities } = await readModel(path, await pluginSource(plugin, terminal), terminal);
  if (!capabilities.includes("sampling"))
    throw new MixturaError("not-supported", `A ${model.type} model cannot draw rows.`, { feature: "sampling" });
  await prepareOutputs({ "--output": output }, [path]);
  const used = seed ?? drawSeed();
  const pieces = tableText(draws(model as Sampler, rows, used, labels === true, terminal), writingOf(outputFormat(format, output), flags));
  if (output === undefined) for await (const piece of pieces) await terminal.write(piece);
  else await writeWhole(output, pieces, terminal.signal);
  if (seed === undefined) terminal.note(`note: --seed ${used} draws the same rows again.`);
}

interface Sampler extends FittedModel {
  sample(n: number, options: { readonly randomState: number }): { readonly X: Matrix; readonly labels: Int32Array };
}

/** Blocks of rows, the first from the seed itself, each other from a seed that follows from it. */
async function* draws(
  model: Sampler,
  rows: number,
  seed: number,
  withLabels: boolean,
  { signal }: Terminal,
): AsyncGenerator<(readonly [string, ArrayLike<CSVCell>])[]> {
  const seeds = createRandom(seed);
  for (let done = 0; done < rows; done += BLOCK_ROWS) {
    signal.throwIfAborted();
    const count = Math.min(BLOCK_ROWS, rows - done);
    const { X, labels } = model.sample(count, { randomState: done === 0 ? seed : Math.floor(seeds.uniform() * SEED_LIMIT) });
    const names = X.featureNames ?? Array.from({ length: X.columns }, (_, column) => `x${column + 1}`);
    const columns = names.map((name, j) => [name, Float64Array.from({ length: count }, (_, i) => X.data[i * X.columns + j]!)] as const);
    yield withLabels ? [...columns, [names.includes("label") ? "component" : "label", labels]] : columns;
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };
}
