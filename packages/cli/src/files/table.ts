import { open, readFile } from "node:fs/promises";
import { MixturaError } from "@mixtura/core";
import type { CSVOptions, Table, TableFormat } from "@mixtura/io";
import { formatOfName, readCSV, readJSON, readNDJSON, sniffFormat } from "@mixtura/io";
import { readCSVFile, readJSONFile, readNDJSONFile } from "@mixtura/io/node";
import type { Terminal } from "../terminal.ts";
import { withoutCSVOptions } from "./format.ts";
import type { StandardInput } from "./stdin.ts";
import { standardInput } from "./stdin.ts";

/** How a table is read: the options of the readers, and which reader. */
export interface TableChoice {
  readonly format: TableFormat | undefined;
  readonly options: CSVOptions;
}

/** Whether a path stands for standard input. */
export function isStdin(path: string | undefined): path is undefined | "-" {
  return path === undefined || path === "-";
}

/** What the data is called in sentences. */
export function sourceName(path: string | undefined): string {
  return isStdin(path) ? "standard input" : path;
}

/** Reads a table into memory, from a file or from standard input. */
export async function readTable(path: string | undefined, { format, options }: TableChoice, terminal: Terminal): Promise<Table> {
  const context = { signal: terminal.signal };
  if (!isStdin(path)) {
    const found = format ?? (await formatOfFile(path));
    if (found === "json") await refuseModel(path);
    if (found === "csv") return readCSVFile(path, options, context);
    const read = found === "ndjson" ? readNDJSONFile : readJSONFile;
    return read(path, withoutCSVOptions(options, found), context);
  }
  const input = standardInput(terminal);
  const found = format ?? (await formatOfInput(input));
  input.commit();
  const named = { ...options, name: sourceName(path) };
  if (found === "csv") return readCSV(input.open(), named, context);
  return (found === "ndjson" ? readNDJSON : readJSON)(input.open(), withoutCSVOptions(named, found), context);
}

/** @throws MixturaError `read-error` where a model stands in the place of the data */
async function refuseModel(path: string): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (!/^\s*\{\s*"format":\s*"mixtura-model"/.test(text)) return;
  throw new MixturaError("read-error", `${path}: this is a model, not a table. Pass the data after it.`, { source: path });
}

/** What the name says, else what the first bytes look like. A file that cannot be opened is left to the reader to complain about. */
export async function formatOfFile(path: string): Promise<TableFormat> {
  const named = formatOfName(path);
  if (named !== undefined) return named;
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return "csv";
  try {
    if (!(await file.stat()).isFile()) return "csv"; // a pipe gives its first bytes only once
    const { buffer, bytesRead } = await file.read(new Uint8Array(2 ** 16), 0, 2 ** 16, 0);
    return sniffFormat(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** What the first bytes look like; they are kept. */
export async function formatOfInput(input: StandardInput): Promise<TableFormat> {
  const first = await input.open().next();
  return sniffFormat(first.done === true ? new Uint8Array(0) : first.value);
}
