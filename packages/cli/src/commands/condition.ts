import { leastOf } from "@mixtura/core/internal";
import { MixturaError } from "@mixtura/core";
import { FittedGaussianMixture } from "@mixtura/mixture";
import { condition } from "@mixtura/mixture/density";
import { decimalsFor, fixed, percent } from "@mixtura/wording/internal";
import { Command, Option } from "commander";
import { gaussianOf } from "../files/gaussian.ts";
import { readModel } from "../files/model.ts";
import { prepareOutputs, writeWhole } from "../files/write.ts";
import type { TypedValues } from "../flags/feature-values.ts";
import { byFeature, parseFeatureValues, shownNames } from "../flags/feature-values.ts";
import { pluginOption } from "../flags/plugin-option.ts";
import { pluginSource } from "../plugins/source.ts";
import { tableLines } from "../report/layout.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  mixtura condition model.json --given eruptions=4.5
  mixtura condition model.json --given eruptions=4.5 --output waiting.json`;

interface ConditionFlags {
  readonly given?: TypedValues;
  readonly output?: string;
  readonly json?: boolean;
  readonly plugin: readonly string[];
}

/** `mixtura condition`: what a mixture says of the other features once some are known. */
export function conditionCommand(terminal: Terminal): Command {
  return new Command("condition")
    .description(
      "Say what a saved mixture tells about the remaining features once some are known. The result is a mixture itself; --output saves it for the other commands.",
    )
    .argument("<model>", "a model file, as `mixtura fit --output` writes it")
    .allowExcessArguments(false)
    .addOption(
      new Option("--given <values>", "Known values by feature: length=1.5,depth=-2.").argParser(parseFeatureValues).helpGroup("Condition:"),
    )
    .addOption(
      new Option("-o, --output <file>", "Save the mixture of the remaining features. The file appears when it is complete.").helpGroup(
        "Result:",
      ),
    )
    .addOption(new Option("--json", "Write the mixture as JSON instead of a table.").helpGroup("Result:"))
    .addOption(pluginOption())
    .addHelpText("after", EXAMPLES)
    .action((path: string, flags: ConditionFlags) => run(path, flags, terminal));
}

async function run(path: string, { given, output, json, plugin }: ConditionFlags, terminal: Terminal): Promise<void> {
  const { model: read } = await readModel(path, await pluginSource(plugin, terminal), terminal);
  // Of a posterior, the mixture at its means is asked.
  const model = gaussianOf(read);
  if (model === undefined)
    throw new MixturaError("not-supported", `A ${read.type} model cannot be conditioned. Use a GaussianMixture.`, {
      feature: "condition",
    });
  if (given === undefined)
    throw new MixturaError("invalid-option", "No known feature: add --given, such as --given length=1.5.", {
      option: "given",
      found: undefined,
    });
  const names = shownNames(model);
  const left = names.filter((name) => !Object.hasOwn(given, name));
  const found = named(condition(model, byFeature(model, given)), left);
  await prepareOutputs({ "--output": output }, [path]);
  const text = JSON.stringify(found, undefined, 2);
  if (output !== undefined) await writeWhole(output, [`${text}\n`], terminal.signal);
  await terminal.print(json === true ? `${text}\n` : summary(path, given, found, left));
}

/** Features that had no names keep the ones they are shown under, since their places have changed. */
function named(model: FittedGaussianMixture, names: readonly string[]): FittedGaussianMixture {
  if (model.featureNames !== undefined) return model;
  return FittedGaussianMixture.fromJSON({ ...model.toJSON(), features: { count: names.length, names } });
}

function summary(path: string, given: TypedValues, model: FittedGaussianMixture, names: readonly string[]): string {
  const { weights, nComponents: count, featureCount: d, means } = model;
  const deviations = Array.from({ length: count }, (_, k) =>
    model
      .covariance(k)
      .data.filter((_value, at) => at % (d + 1) === 0)
      .map(Math.sqrt),
  );
  const columns = names.map((_, j) => {
    const mean = weights.reduce((sum, weight, k) => sum + weight * means.data[k * d + j]!, 0);
    const variance = weights.reduce((sum, weight, k) => sum + weight * (deviations[k]![j]! ** 2 + (means.data[k * d + j]! - mean) ** 2), 0);
    const spreads = [...deviations.map((own) => own[j]!), Math.sqrt(variance)];
    const coarse = decimalsFor(leastOf(spreads));
    const decimals = coarse === -1 ? -1 : coarse + 1; // these are answers, which somebody goes on with
    return spreads.map((spread, k) => `${fixed(k < count ? means.data[k * d + j]! : mean, decimals)} ± ${fixed(spread, decimals)}`);
  });
  const rows = [
    ["label", "weight", ...names],
    ...Array.from(weights, (weight, k) => [String(k), percent(weight), ...columns.map((cells) => cells[k]!)]),
    ["all", "", ...columns.map((cells) => cells[count]!)],
  ];
  const known = Object.entries(given).map(([name, value]) => `${name} = ${value}`);
  return `${path}, given ${known.join(", ")}\n\n${tableLines(rows, ["right", "right", ...names.map(() => "right" as const)]).join("\n")}\n`;
}
