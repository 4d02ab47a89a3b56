import { csvBlockOptionDeclarations } from "@mixtura/io/internal";
import { selectMixtureOptions } from "@mixtura/model-selection/internal";
import { flagName } from "./names.ts";

const options = Object.keys({ ...selectMixtureOptions, ...csvBlockOptionDeclarations });
const camelCase = options.filter((name) => /[A-Z]/.test(name)).join("|");
const all = options.join("|");

/** Where a threshold is a flag of its own: `threshold: { fpr: 0.1 }`, `{ fpr }`. */
const rule =
  /(?:\bthreshold: |\ba threshold |\bthe threshold )?\{ (apart|contamination|gap|score|logDensity|chiSquare|hardinRocke|fpr)(?:: ([^{}]+?))? \}/g;

/** The library's advice in the words of the command line: `missing: "drop"` → `--missing drop`, `regCovar` → `--reg-covar`. */
export function inFlags(text: string): string {
  return text
    .replaceAll(rule, (_, kind: string, amount: string | undefined) => flagName(kind) + (amount === undefined ? "" : ` ${amount}`))
    .replaceAll(/\bnovelty: true\b/g, "--novelty")
    .replaceAll(/\bread it as (json|ndjson)\b/g, "pass --format $1")
    .replaceAll(
      new RegExp(`\\b(${all}): ("[^"]*"|true|false)`, "g"),
      (_, name: string, value: string) => `${flagName(name)} ${shellWord(value)}`,
    )
    .replaceAll(new RegExp(`[\`"](${all})[\`"]`, "g"), (_, name: string) => flagName(name))
    .replaceAll(new RegExp(`(?<![\\w-])(${camelCase})\\b`, "g"), (_, name: string) => flagName(name));
}

/** A mark alone stays in quotes: at the end of a sentence it would not be seen for what it is. */
function shellWord(value: string): string {
  return value.replace(/^"([\w.,-]*\w[\w.,-]*)"$/, "$1");
}
