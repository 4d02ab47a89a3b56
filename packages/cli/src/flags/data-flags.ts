import type { TableFormat } from "@mixtura/io";
import { csvOptionDeclarations } from "@mixtura/io/internal";
import type { Command } from "commander";
import { Option } from "commander";
import { inputFormatOption } from "../files/format.ts";
import { FIT_DEFAULTS } from "../files/table.ts";
import { keepingFlags, kindsLeftOut } from "../files/left-out.ts";
import { idOption } from "../files/row-ids.ts";
import type { TableChoice } from "../files/table.ts";
import { declaredFlags, givenOptions } from "./declared.ts";

type DataOption = keyof typeof csvOptionDeclarations;

/** The flags that say how data is read: `--format`, and an option's flag for each of `names`. */
export interface DataFlags {
  addTo(command: Command): Command;
  /** The options that were given. */
  given(flags: Readonly<Record<string, unknown>>): TableChoice;
}

/**
 * @param without options that the command does not have
 * @param fits whether the command fits something, and so leaves out columns that measure nothing
 */
export function dataFlags(without: readonly DataOption[], { fits = false } = {}): DataFlags {
  const { missing } = csvOptionDeclarations;
  const all = fits ? { ...csvOptionDeclarations, missing: { ...missing, default: FIT_DEFAULTS.missing } } : csvOptionDeclarations;
  const declarations = Object.fromEntries(Object.entries(all).filter(([name]) => name !== "name" && !without.includes(name as DataOption)));
  return {
    addTo(command) {
      command.addOption(inputFormatOption());
      command.addOption(idOption());
      for (const option of declaredFlags(declarations, "Data:")) command.addOption(option);
      if (fits) for (const option of keepingFlags()) command.addOption(option);
      return command;
    },
    given: (flags) => ({
      format: flags["format"] as TableFormat | undefined,
      options: givenOptions(declarations, flags),
      ...(flags["id"] === undefined ? {} : { id: flags["id"] as string }),
      ...(fits ? { leavesOut: kindsLeftOut(flags) } : {}),
    }),
  };
}

/** `--label-column`. */
export function labelColumnOption(): Option {
  return new Option(
    "--label-column <name>",
    "A column of known groups. It is not used as a feature; the report compares the labels with it (adjusted Rand index).",
  ).helpGroup("Data:");
}
