import { open } from "node:fs/promises";
import type { UnmeasuredKind } from "@mixtura/backend/internal/columns";
import type { FittedModel } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { CSVOptions, Table, TableFormat } from "@mixtura/io";
import { formatOfName, readCSV, readJSON, readNDJSON, sniffFormat } from "@mixtura/io";
import { readCSVFile, readJSONFile, readNDJSONFile } from "@mixtura/io/node";
import type { Terminal } from "../terminal.ts";
import { aboutId } from "./row-ids.ts";
import { modelColumns } from "./model-columns.ts";
import type { FeatureTable } from "./left-out.ts";
import { leaveOut, leaveOutAsIn } from "./left-out.ts";
import { withoutCSVOptions } from "./format.ts";
import { readingContext } from "./reading.ts";
import { noteReading } from "./note-reading.ts";
import { packingOf, startOfText } from "@mixtura/io/internal";
import type { OnceInput } from "./once.ts";
import { isStdin, onceInput } from "./once.ts";

/** How a table is read: the options of the readers, and which reader. */
export interface TableChoice {
  readonly format: TableFormat | undefined;
  readonly options: CSVOptions;
  /** The column that rows are named by, where one was given. */
  readonly id?: string;
  /** Kinds of columns that a fit leaves out; none where absent. */
  readonly leavesOut?: readonly UnmeasuredKind[];
}

/** How the rows of a fit are read unless flags say otherwise: a row without all its values says nothing, and is counted. */
export const FIT_DEFAULTS = { missing: "drop" } as const satisfies CSVOptions;

/** What the data is called in sentences. */
export function sourceName(path: string | undefined): string {
  return isStdin(path) ? "standard input" : path;
}

/** Reads the rows of a fit: a table without the columns that it leaves out. */
export async function readFeatures(path: string | undefined, choice: TableChoice, terminal: Terminal): Promise<FeatureTable> {
  return leaveOut(
    await readTable(path, { ...choice, options: { ...FIT_DEFAULTS, ...choice.options } }, terminal),
    choice,
    choice.leavesOut ?? [],
  );
}

/** Reads the rows that a model is applied to: its features, in its order, and nothing that was left out of its training rows. */
export async function readModelRows(path: string | undefined, choice: TableChoice, model: FittedModel, terminal: Terminal): Promise<Table> {
  return leaveOutAsIn(model, await readTable(path, modelColumns(choice, model), terminal), choice);
}

/** Reads a table into memory, from a file, a pipe or standard input, and says what there is to say of its text. */
export async function readTable(path: string | undefined, choice: TableChoice, terminal: Terminal): Promise<Table> {
  const table = await readWholeTable(path, choice, terminal).catch((error: unknown) => {
    throw aboutId(error, choice);
  });
  noteReading(sourceName(path), table, choice.options, terminal);
  return table;
}

async function readWholeTable(path: string | undefined, { format, options }: TableChoice, terminal: Terminal): Promise<Table> {
  const context = readingContext(terminal);
  const input = await onceInput(path, terminal);
  const found = format ?? (await formatOf(path, input));
  if (found === "json") await refuseModel(path, input);
  if (input === undefined) {
    if (found === "csv") return readCSVFile(path!, options, context);
    return (found === "ndjson" ? readNDJSONFile : readJSONFile)(path!, withoutCSVOptions(options, found), context);
  }
  input.commit();
  const named = { ...options, name: sourceName(path) };
  if (found === "csv") return readCSV(input.open(), named, context);
  return (found === "ndjson" ? readNDJSON : readJSON)(input.open(), withoutCSVOptions(named, found), context);
}

/** @throws MixturaError `read-error` where a model stands in the place of the data */
async function refuseModel(path: string | undefined, input: OnceInput | undefined): Promise<void> {
  const start = new TextDecoder().decode((await firstBytes(path, input)).subarray(0, 1024));
  if (!/^\s*\{\s*"format":\s*"mixtura-model"/.test(start)) return;
  const source = sourceName(path);
  throw new MixturaError("read-error", `${source}: this is a model, not a table. Pass the data after it.`, { source });
}

/** What the name says, else what the first bytes look like. */
export async function formatOf(path: string | undefined, input: OnceInput | undefined): Promise<TableFormat> {
  const named = isStdin(path) ? undefined : formatOfName(path);
  if (named !== undefined) return named;
  const start = await firstBytes(path, input);
  const packing = packingOf(start);
  return sniffFormat(packing === undefined ? start : await startOfText(start, packing));
}

/** Bytes that a format is recognised by; of compressed ones more than a block, without which none is unpacked. */
const FIRST_BYTES = 2 ** 16;
const FIRST_PACKED_BYTES = 2 ** 18;
const LINE_FEED = 10;

/** The first bytes of a file, or of what comes once, which keeps them. A file that cannot be read is left to the reader to complain about. */
async function firstBytes(path: string | undefined, input: OnceInput | undefined): Promise<Uint8Array> {
  if (input !== undefined) {
    // A first line, or as much as is looked at: what comes once may come in pieces of any size.
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of input.open()) {
      pieces.push(piece);
      length += piece.length;
      const isPacked = packingOf(pieces[0]!) !== undefined;
      if (length >= (isPacked ? FIRST_PACKED_BYTES : FIRST_BYTES) || (!isPacked && piece.includes(LINE_FEED))) break;
    }
    return Buffer.concat(pieces);
  }
  const file = await open(path!).catch(() => undefined);
  if (file === undefined) return new Uint8Array(0);
  try {
    if (!(await file.stat()).isFile()) return new Uint8Array(0); // a device may give its first bytes only once
    const { buffer, bytesRead } = await file.read(new Uint8Array(FIRST_PACKED_BYTES), 0, FIRST_PACKED_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
