import type { CSVOptions, TableFormat } from "@mixtura/io";
import { csvOptionDeclarations } from "@mixtura/io/internal";
import type { Command } from "commander";
import { Option } from "commander";
import { inputFormatOption } from "../files/format.ts";
import { declaredFlags, givenOptions } from "./declared.ts";

type DataOption = keyof typeof csvOptionDeclarations;

/** The flags that say how data is read: `--format`, and an option's flag for each of `names`. */
export interface DataFlags {
  addTo(command: Command): Command;
  /** The options that were given. */
  given(flags: Readonly<Record<string, unknown>>): { readonly format: TableFormat | undefined; readonly options: CSVOptions };
}

/** @param without options that the command does not have */
export function dataFlags(without: readonly DataOption[]): DataFlags {
  const declarations = Object.fromEntries(
    Object.entries(csvOptionDeclarations).filter(([name]) => name !== "name" && !without.includes(name as DataOption)),
  );
  return {
    addTo(command) {
      command.addOption(inputFormatOption());
      for (const option of declaredFlags(declarations, "Data:")) command.addOption(option);
      return command;
    },
    given: (flags) => ({ format: flags["format"] as TableFormat | undefined, options: givenOptions(declarations, flags) }),
  };
}

/** `--label-column`. */
export function labelColumnOption(): Option {
  return new Option(
    "--label-column <name>",
    "A column of known groups. It is not used as a feature; the report compares the labels with it (adjusted Rand index).",
  ).helpGroup("Data:");
}
