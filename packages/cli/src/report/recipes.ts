import { csvOptionDeclarations } from "@mixtura/io/internal";
import { gaussianMixturePlugin } from "@mixtura/mixture";
import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import type { Outcome } from "@mixtura/report/internal";
import { spellKeeping } from "../files/left-out.ts";
import { spellId } from "../files/row-ids.ts";
import type { TableChoice } from "../files/table.ts";
import type { MixtureChoice } from "../fit/estimator.ts";
import { ownOptions } from "../fit/estimator.ts";
import { pluginFlags } from "../flags/plugin-option.ts";
import { spellFlags } from "../flags/spell.ts";
import { shellPath } from "./shell-path.ts";

/** A command or some code, with what it does. */
interface Recipe {
  readonly caption: string;
  readonly text: string;
}

/** A fit as it was asked for. */
interface FitCall {
  readonly command: "fit" | "select" | "report";
  readonly path: string | undefined;
  readonly asked: MixtureChoice;
  readonly choice: TableChoice;
  readonly labelColumn: string | undefined;
  readonly outcome: Outcome;
  /** Where the page goes. */
  readonly output: string;
  /** Samples of the look at stability, where there was one. */
  readonly stability?: number;
  /** Where the model was saved. */
  readonly model?: string;
}

/** The command lines that repeat a fit, and that use its model. */
export function fitRecipes({ command, path, asked, choice, labelColumn, outcome, output, stability, model }: FitCall): Recipe[] {
  const { format, options: reading } = choice;
  const flags = [
    ...pluginFlags(asked.modules),
    ...(asked.plugin === gaussianMixturePlugin ? [] : [`--estimator ${asked.plugin.type}`]),
    ...spellFlags(selectMixtureOptions, { ...asked.options, randomState: outcome.seed }),
    ...spellFlags(ownOptions(asked.plugin), asked.own),
    ...spellFlags(csvOptionDeclarations, { ...reading }),
    ...(format === undefined ? [] : [`--format ${format}`]),
    ...spellId(choice.id),
    ...spellKeeping(choice),
    ...(labelColumn === undefined ? [] : [`--label-column ${shellPath(labelColumn)}`]),
  ];
  const call = (name: string, ...outputs: readonly string[]): string => `mixtura ${[name, dataPath(path), ...flags, ...outputs].join(" ")}`;
  const again = stability === undefined ? [] : [`--stability ${stability}`];
  const saved = model ?? "model.json";
  return [
    {
      caption: "The same result again",
      text:
        command === "report"
          ? call("report", ...again, `--output ${shellPath(output)}`)
          : call(command, ...again, ...(model === undefined ? [] : [`--output ${shellPath(model)}`]), `--report ${shellPath(output)}`),
    },
    ...(model === undefined ? [{ caption: "To save the model as well", text: call("fit", `--output ${saved}`) }] : []),
    {
      caption: "To label rows with the saved model",
      text: predictCall(saved, path, asked.modules),
    },
  ];
}

function predictCall(model: string, path: string | undefined, modules: readonly string[]): string {
  return [
    "mixtura predict",
    shellPath(model),
    dataPath(path),
    ...pluginFlags(modules),
    "--with labels,log-density --output labels.csv",
  ].join(" ");
}

/** The command lines that show a saved model again, and that use it. */
export function modelRecipes(model: string, path: string, output: string, modules: readonly string[]): Recipe[] {
  const brought = pluginFlags(modules);
  return [
    {
      caption: "The same page again",
      text: ["mixtura report", shellPath(model), dataPath(path), ...brought, `--output ${shellPath(output)}`].join(" "),
    },
    { caption: "What the model is", text: ["mixtura describe", shellPath(model), ...brought].join(" ") },
    { caption: "To label rows with it", text: predictCall(model, path, modules) },
  ];
}

function dataPath(path: string | undefined): string {
  return path === undefined || path === "-" ? "data.csv" : shellPath(path);
}
