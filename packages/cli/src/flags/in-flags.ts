import { csvBlockOptionDeclarations } from "@mixtura/io/internal";
import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import type { FittedModel } from "@mixtura/core";
import { shellPath } from "../report/shell-path.ts";
import { inShownNames } from "./feature-values.ts";
import { flagName } from "./names.ts";

const options = Object.keys({ ...selectMixtureOptions, ...csvBlockOptionDeclarations });
const camelCase = options.filter((name) => /[A-Z]/.test(name)).join("|");
const all = options.join("|");
const optionNames: ReadonlySet<string> = new Set(options);

/** Where a threshold is a flag of its own: `threshold: { fpr: 0.1 }`, `{ fpr }`. */
const rule =
  /(?:\bthreshold: |\ba threshold |\bthe threshold )?\{ (apart|contamination|gap|score|logDensity|chiSquare|hardinRocke|fpr)(?:: ([^{}]+?))? \}/g;

/** Options that take several texts, such as `drop: ["a", "b"]`. */
const LIST = new RegExp(`\\b((?:${all}): \\[(?:"(?:[^"\\\\]|\\\\.)*"(?:, )?)+\\])`);
const LIST_PARTS = /^(\w+): (\[.*\])$/;

/** What quotes hold in the library's texts: names and values of the data, an option that is complained of, the value of an option. */
const QUOTED = /("(?:[^"\\]|\\.)*")/;

/** The value that is advised for an option: `missing: "drop"`. */
const ADVISED = new RegExp(`\\b(${all}): $`);

/** What may be named in a text. */
export interface Named {
  /** Options that the text complains of: they stand in quotes, as names of the data do, which stay. */
  readonly options?: readonly string[];
  /** Names of the data, which are names even where they are spelled like options. */
  readonly names?: readonly string[] | undefined;
}

/**
 * The library's advice in the words of the command line: `missing: "drop"` → `--missing drop`, `regCovar` → `--reg-covar`. What stands in quotes is the
 * data's own, unless it is the value of an option, or an option itself: one that is complained of, or `"folds" = 3`.
 */
export function inFlags(text: string, named: Named = {}): string {
  return text
    .split(LIST)
    .map((part, index) => {
      const [, name, values] = (index % 2 === 1 && LIST_PARTS.exec(part)) || [];
      return values === undefined ? withoutLists(part, named) : `${flagName(name!)} ${shellPath(flagList(JSON.parse(values) as string[]))}`;
    })
    .join("");
}

function withoutLists(text: string, { options = [], names = [] }: Named): string {
  const parts = text.split(QUOTED);
  return parts
    .map((part, index) => {
      const [before, after] = [parts[index - 1] ?? "", parts[index + 1] ?? ""];
      if (index % 2 === 0) return outsideQuotes(ADVISED.test(part) && index < parts.length - 1 ? part.replace(ADVISED, "") : part, names);
      const option = ADVISED.exec(before)?.[1];
      if (option !== undefined) return `${flagName(option)} ${shellWord(part)}`;
      const name = part.slice(1, -1);
      const isOption = optionNames.has(name) && !/\bcolumns? $/.test(before) && (options.includes(name) || after.startsWith(" = "));
      return isOption ? flagName(name) : part;
    })
    .join("");
}

/** What the library says of a model, in the words of the commands: its advice in flags, its features by their names, or as x1, x2, … without. */
export function inWords(text: string, model: Pick<FittedModel, "featureNames">): string {
  return inShownNames(inFlags(text, { names: model.featureNames }), model);
}

function outsideQuotes(text: string, names: readonly string[]): string {
  return text
    .replaceAll(rule, (_, kind: string, amount: string | undefined) => flagName(kind) + (amount === undefined ? "" : ` ${amount}`))
    .replaceAll(/\bnovelty: true\b/g, "--novelty")
    .replaceAll(/\bread it as (json|ndjson)\b/g, "pass --format $1")
    .replaceAll(new RegExp(`\\b(${all}): (true|false|\\d+)\\b`, "g"), (_, name: string, value: string) => `${flagName(name)} ${value}`)
    .replaceAll(new RegExp(`\`(${all})\``, "g"), (_, name: string) => flagName(name))
    .replaceAll(new RegExp(`(?<![\\w-])(${camelCase})\\b`, "g"), (_, name: string) => (names.includes(name) ? name : flagName(name)));
}

/** Texts in a list as they are typed: `["a", "b,c"]` → `a,"b,c"`. */
function flagList(texts: readonly string[]): string {
  return texts.map((text) => (/[",]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text)).join(",");
}

/** A mark alone stays in quotes: at the end of a sentence it would not be seen for what it is. */
function shellWord(value: string): string {
  return value.replace(/^"([\w.,-]*\w[\w.,-]*)"$/, "$1");
}
