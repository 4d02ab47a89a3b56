import { MixturaError } from "@mixtura/core";
import type { Probability } from "@mixtura/mixture/density";
import { probability } from "@mixtura/mixture/density";
import { probabilityOptions } from "@mixtura/mixture/internal";
import { grouped, percent, significant } from "@mixtura/wording/internal";
import { Command, Option } from "commander";
import { gaussianOf } from "../files/gaussian.ts";
import { readModel } from "../files/model.ts";
import { declaredFlags, givenOptions } from "../flags/declared.ts";
import type { TypedValues } from "../flags/feature-values.ts";
import { byFeature, parseFeatureValues, shownNames } from "../flags/feature-values.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import { pluginSource } from "../plugins/source.ts";
import { tableLines } from "../report/layout.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  mixtura probability model.json --lower eruptions=3
  mixtura probability model.json --lower eruptions=3,waiting=60 --upper waiting=80 --json`;

interface ProbabilityFlags extends Readonly<Record<string, unknown>> {
  readonly lower?: TypedValues;
  readonly upper?: TypedValues;
  readonly json?: boolean;
  readonly plugin: readonly string[];
}

/** `mixtura probability`: how likely a row is to fall into a box. */
export function probabilityCommand(terminal: Terminal): Command {
  const command = new Command("probability")
    .description(
      "Say how likely a row of a saved mixture is to fall into a box: between --lower and --upper in the features that they name, anywhere in the others.",
    )
    .argument("<model>", "a model file, as `mixtura fit --output` writes it")
    .allowExcessArguments(false)
    .addOption(boundOption("--lower <values>", "Lower bounds by feature: length=1.5,depth=-2."))
    .addOption(boundOption("--upper <values>", "Upper bounds by feature."));
  for (const option of declaredFlags(probabilityOptions, "Precision:")) command.addOption(option);
  return command
    .addOption(new Option("--json", "Write JSON.").helpGroup("Result:"))
    .addOption(pluginOption())
    .addHelpText("after", EXAMPLES)
    .action((path: string, flags: ProbabilityFlags) => run(path, flags, terminal));
}

function boundOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(parseFeatureValues).helpGroup("Box:");
}

async function run(path: string, flags: ProbabilityFlags, terminal: Terminal): Promise<void> {
  const { model: found } = await readModel(path, await pluginSource(flags.plugin, terminal), terminal);
  // Of a posterior, the mixture at its means is asked.
  const model = gaussianOf(found);
  if (model === undefined)
    throw new MixturaError("not-supported", `A ${found.type} model has no box probabilities. Use a GaussianMixture.`, {
      feature: "probability",
    });
  const [lower, upper] = [flags.lower, flags.upper].map((values) => (values === undefined ? undefined : byFeature(model, values)));
  if (lower === undefined && upper === undefined)
    throw new MixturaError("invalid-option", "No box: add --lower, --upper or both, such as --lower length=1.5.", {
      option: "lower",
      found: undefined,
    });
  const answer = await probability(
    model,
    { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) },
    {
      ...givenOptions(probabilityOptions, flags),
      signal: terminal.signal,
      onProgress: ({ points, errorBound }) => terminal.progress(`${grouped(points)} points: ± ${errorBound.toExponential(1)}`),
    },
  );
  const box = shownNames(model)
    .map((name) => ({ name, lower: flags.lower?.[name] ?? -Infinity, upper: flags.upper?.[name] ?? Infinity }))
    .filter((side) => side.lower > -Infinity || side.upper < Infinity);
  await terminal.print(
    flags.json === true
      ? `${JSON.stringify({ model: path, box: box.map(withoutInfinity), ...answer }, undefined, 2)}\n`
      : summary(path, box, answer),
  );
}

interface Side {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
}

/** JSON has no infinity: a bound that is not there is left out. */
function withoutInfinity({ name, lower, upper }: Side): object {
  return { feature: name, ...(lower === -Infinity ? {} : { lower }), ...(upper === Infinity ? {} : { upper }) };
}

const METHODS: Readonly<Record<Probability["method"], string>> = {
  "closed-form": "closed form",
  quadrature: "quadrature",
  "quasi-monte-carlo": "quasi-Monte-Carlo, 99% confidence",
};

function summary(path: string, box: readonly Side[], { probability: value, errorBound, method }: Probability): string {
  const sides = box.map(({ name, lower, upper }) => [
    name,
    lower === -Infinity ? "" : `≥ ${lower}`,
    upper === Infinity ? "" : `≤ ${upper}`,
  ]);
  const [from, to] = [Math.max(0, value - errorBound), Math.min(1, value + errorBound)];
  const lines = [
    [
      "probability",
      String(Number(value.toPrecision(10))),
      value > 0 && value < 1e-3 ? `one row in ${significant(1 / value)}` : `${percent(value, 4)} of rows`,
    ],
    ["error", `± ${errorBound.toExponential(1)}`, METHODS[method]],
    ...(method === "quasi-monte-carlo" ? [["interval", `${from.toPrecision(6)} to ${to.toPrecision(6)}`, ""]] : []),
  ];
  const head = box.length === 0 ? "no bounds: all rows" : tableLines(sides, ["left", "right", "right"]).join("\n");
  return `${path}: rows with\n\n${head}\n\n${tableLines(lines, ["left", "right", "left"]).join("\n")}\n`;
}
