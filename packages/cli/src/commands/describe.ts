import { Command, Option } from "commander";
import { cardOf } from "../describe/card.ts";
import { cardMarkdown } from "../describe/markdown.ts";
import { cardText } from "../describe/text.ts";
import { readModel } from "../files/model.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import { pluginSource } from "../plugins/source.ts";
import { commandName } from "../report/command-name.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  mixtura describe model.json
  mixtura describe model.json --markdown > MODEL_CARD.md`;

interface DescribeFlags {
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly plugin: readonly string[];
}

/** `mixtura describe`: a model card. */
export function describeCommand(terminal: Terminal): Command {
  return new Command("describe")
    .description("Show what is in a model file: its features, its components in words and numbers, how it was fitted, and how to use it.")
    .argument("<model>", "a model file, as `mixtura fit --output` writes it")
    .allowExcessArguments(false)
    .addOption(new Option("--markdown", "Write the card as Markdown.").conflicts("json").helpGroup("Output:"))
    .addOption(new Option("--json", "Write the card as JSON.").helpGroup("Output:"))
    .addOption(pluginOption())
    .addHelpText("after", EXAMPLES)
    .action((path: string, flags: DescribeFlags) => describe(path, flags, terminal));
}

async function describe(path: string, { markdown, json, plugin }: DescribeFlags, terminal: Terminal): Promise<void> {
  const { model, plugin: reader, capabilities, bytes } = await readModel(path, await pluginSource(plugin, terminal), terminal);
  const card = cardOf(model, {
    path,
    bytes,
    summary: reader.summary,
    capabilities,
    modules: plugin,
    program: commandName(process.argv[1] ?? "", process.cwd()),
  });
  const text =
    json === true ? `${JSON.stringify(card, undefined, 2)}\n` : markdown === true ? cardMarkdown(card) : cardText(card, terminal);
  await terminal.print(text);
}
