import type { OptionDeclarations } from "@mixtura/core";
import { isMixturaError } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import { expectedText, suggestion } from "@mixtura/core/internal";
import { InvalidArgumentError, Option } from "commander";
import { inFlags } from "./in-flags.ts";
import { flagName } from "./names.ts";
import { describeValue, parseValue, placeholder, showValue } from "./value.ts";

/** Further spellings of a flag. */
const ALIASES: Readonly<Record<string, string>> = { randomState: "--seed" };

/** One flag per declared option; options that only code can give, and those with a single choice, have none. */
export function declaredFlags(declarations: OptionDeclarations, heading: string): Option[] {
  return Object.entries(declarations)
    .filter(([, { flag, range }]) => flag !== false && range.choices?.length !== 1)
    .map(([name]) => declaredFlag(name, declarations, heading));
}

function declaredFlag(name: string, declarations: OptionDeclarations, heading: string): Option {
  const { range, description, unit, default: fallback } = declarations[name]!;
  const notes = [
    describeValue(range),
    unit === undefined || range.kind === "integer" ? "" : `unit: ${unit}`,
    fallback === undefined ? "" : `default: ${showValue(fallback, range)}`,
  ];
  const shown = notes.filter((note) => note !== "").join("; ");
  const spelled = ALIASES[name] === undefined ? flagName(name) : `${ALIASES[name]}, ${flagName(name)}`;
  const option = new Option(`${spelled} <${placeholder(range)}>`, `${inFlags(description)}${shown === "" ? "" : ` (${shown})`}`);
  option.helpGroup(heading);
  return option.argParser((text) => {
    const value = parseValue(text, range);
    try {
      return checkOptions("", { [name]: declarations[name]! }, { [name]: value })[name];
    } catch (error) {
      if (!isMixturaError(error)) throw error;
      const meant = suggestion(range, value);
      const hint = meant === undefined ? "" : ` Did you mean ${showValue(meant, range)}?`;
      throw new InvalidArgumentError(`Expected ${describeValue(range) || expectedText(range)}.${hint}`);
    }
  });
}

/** The values of the flags that were given, for the options of `declarations`. */
export function givenOptions(declarations: OptionDeclarations, flags: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(declarations).filter((name) => flags[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, flags[name]]));
}
