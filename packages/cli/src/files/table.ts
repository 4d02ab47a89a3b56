import type { CSVOptions, CSVTable } from "@mixtura/io";
import { readCSV } from "@mixtura/io";
import { readCSVFile } from "@mixtura/io/node";
import type { Terminal } from "../terminal.ts";
import { standardInput } from "./stdin.ts";

/** Whether a path stands for standard input. */
export function isStdin(path: string | undefined): path is undefined | "-" {
  return path === undefined || path === "-";
}

/** What the data is called in sentences. */
export function sourceName(path: string | undefined): string {
  return isStdin(path) ? "standard input" : path;
}

/** Reads a table into memory, from a file or from standard input. */
export async function readTable(path: string | undefined, options: CSVOptions, terminal: Terminal): Promise<CSVTable> {
  const { signal } = terminal;
  if (!isStdin(path)) return readCSVFile(path, options, { signal });
  const input = standardInput(terminal);
  input.commit();
  return readCSV(input.open(), { ...options, name: sourceName(path) }, { signal });
}
