import type { OptionDeclarations } from "@mixtura/core";
import { shellPath } from "../report/shell-path.ts";
import { flagName } from "./names.ts";
import { showValue } from "./value.ts";

/** The flags that give these options, as they would be typed. */
export function spellFlags(declarations: OptionDeclarations, options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const declaration = declarations[name];
    if (declaration === undefined || declaration.flag === false || value === undefined) return [];
    return [`${flagName(name)} ${shellPath(spelled(value, declaration))}`];
  });
}

function spelled(value: unknown, { range }: OptionDeclarations[string]): string {
  const list = Array.isArray(value) && value.every((item) => typeof item === "string");
  // A list of names may hold names with commas.
  return list && value.some((item) => /[",]/.test(item))
    ? value.map((item) => `"${item.replaceAll('"', '""')}"`).join(",")
    : showValue(value, range);
}
