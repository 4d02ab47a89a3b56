import type { Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import { MixturaError } from "@mixtura/core";
import type { CSVBlockSource } from "../csv/blocks.ts";
import { csvBlockSource } from "../csv/blocks.ts";
import type { CSVBlockOptions, CSVOptions } from "../csv/options.ts";
import type { CSVTable } from "../csv/read.ts";
import { readCSV } from "../csv/read.ts";
import type { JSONBlockOptions } from "../json/read.ts";
import { jsonBlockSource, readJSON } from "../json/read.ts";
import type { NDJSONBlockOptions } from "../ndjson/read.ts";
import { ndjsonBlockSource, readNDJSON } from "../ndjson/read.ts";
import type { TableBlockSource } from "../table/blocks.ts";
import { changedBetweenPasses } from "../table/blocks.ts";
import { readError } from "../table/errors.ts";
import type { TableOptions } from "../table/options.ts";
import type { TextOpener, TextSource } from "../table/source.ts";
import type { ReadContext } from "../table/source.ts";
import type { Table } from "../table/whole.ts";

/** The path that stands for standard input. */
const STDIN = "-";

/** Bytes asked of the system at a time. */
const READ_BYTES = 2 ** 18;

/**
 * Reads a CSV file into memory.
 *
 * @param path a file, or "-" for standard input
 * @param options as for `readCSV`; `name` is the path unless given
 * @throws MixturaError rejects as `readCSV` does, and with `read-error` (the system's error is its cause) when the file cannot be read
 * @remarks About 10 ns per byte. Memory is twice the numbers at the peak.
 * @example
 * ```ts run
 * import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { readCSVFile } from "@mixtura/io/node";
 *
 * const folder = mkdtempSync(join(tmpdir(), "example-"));
 * writeFileSync(join(folder, "a.csv"), "x,y\n1,2\n3,4\n");
 * const { X } = await readCSVFile(join(folder, "a.csv"));
 * X
 * // => {
 * //     data: [1, 2, 3, 4],
 * //     rows: 2,
 * //     columns: 2,
 * //     featureNames: ["x", "y"],
 * //   }
 * await readCSVFile(join(folder, "b.csv")) // throws read-error
 * rmSync(folder, { recursive: true });
 * ```
 */
export async function readCSVFile(path: string, options?: CSVOptions, context?: ReadContext): Promise<CSVTable> {
  return readCSV(bytesOf(path), { name: nameOf(path), ...options }, context);
}

/**
 * Reads an NDJSON file into memory.
 *
 * @param path a file, or "-" for standard input
 * @param options as for `readNDJSON`; `name` is the path unless given
 * @throws MixturaError rejects as `readNDJSON` does, and with `read-error` (the system's error is its cause) when the file cannot be read
 */
export async function readNDJSONFile(path: string, options?: TableOptions, context?: ReadContext): Promise<Table> {
  return readNDJSON(bytesOf(path), { name: nameOf(path), ...options }, context);
}

/**
 * Reads a JSON file into memory.
 *
 * @param path a file, or "-" for standard input
 * @param options as for `readJSON`; `name` is the path unless given
 * @throws MixturaError rejects as `readJSON` does, and with `read-error` (the system's error is its cause) when the file cannot be read
 */
export async function readJSONFile(path: string, options?: TableOptions, context?: ReadContext): Promise<Table> {
  return readJSON(bytesOf(path), { name: nameOf(path), ...options }, context);
}

/**
 * A CSV file as rows that come in blocks: each walk opens it anew, so that it need not fit in memory.
 *
 * @param path a file; not standard input or a pipe, which can be read only once
 * @param options as for `csvBlockSource`; `name` is the path unless given
 * @throws MixturaError rejects with `unknown-option`, `invalid-option`, `read-error`, `not-supported` (a pipe), `aborted`; a walk rejects with
 *   `read-error` when the file was written to since it was first opened
 * @remarks Memory is one block, by default 65,536 rows or fewer (32 MiB at most).
 */
export async function csvBlocks(path: string, options?: CSVBlockOptions, context?: ReadContext): Promise<CSVBlockSource> {
  return csvBlockSource(openerOf(path), { name: nameOf(path), ...options }, context);
}

/**
 * An NDJSON file as rows that come in blocks: each walk opens it anew, so that it need not fit in memory.
 *
 * @param path a file; not standard input or a pipe, which can be read only once
 * @param options as for `ndjsonBlockSource`; `name` is the path unless given
 * @throws MixturaError rejects as `csvBlocks` does
 */
export async function ndjsonBlocks(path: string, options?: NDJSONBlockOptions, context?: ReadContext): Promise<TableBlockSource> {
  return ndjsonBlockSource(openerOf(path), { name: nameOf(path), ...options }, context);
}

/**
 * A JSON file as rows that come in blocks. It is read once and stays in memory; NDJSON need not.
 *
 * @param path a file, or "-" for standard input
 * @param options as for `jsonBlockSource`; `name` is the path unless given
 * @throws MixturaError rejects as `readJSONFile` does
 */
export async function jsonBlocks(path: string, options?: JSONBlockOptions, context?: ReadContext): Promise<TableBlockSource> {
  return jsonBlockSource(() => bytesOf(path), { name: nameOf(path), ...options }, context);
}

function bytesOf(path: string): TextSource {
  return path === STDIN ? process.stdin : fileChunks(path);
}

/** Opens a file again and again, as long as nobody writes to it. */
function openerOf(path: string): TextOpener {
  if (path === STDIN) throw readOnce("standard input");
  let before: Stats | undefined;
  const checkSame = (now: Stats): void => {
    if (before !== undefined && (now.size !== before.size || now.mtimeMs !== before.mtimeMs))
      throw changedBetweenPasses(path, "it was written to");
    before = now;
  };
  return async () => {
    if ((await stat(path).catch(() => undefined))?.isFIFO() === true) throw readOnce(path); // before it is opened, which would wait for a writer
    return fileChunks(path, checkSame);
  };
}

function nameOf(path: string): string {
  return path === STDIN ? "standard input" : path;
}

/** Does something with a file; what the system says against it comes with our code and in our words. */
async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem =
      code === "ENOENT"
        ? "there is no such file."
        : code === "EISDIR"
          ? "this is a folder, not a table. Name a file in it."
          : code === "EACCES"
            ? "reading it is not permitted."
            : `the file cannot be read (${message}).`;
    throw readError(path, problem, {}, { cause: error });
  }
}

/** The bytes of a file, in one buffer that is used again and again. It is opened when the first bytes are asked for, and closed in the end. */
async function* fileChunks(path: string, check?: (stats: Stats) => void): AsyncGenerator<Uint8Array, void> {
  const file = await attempt(path, () => open(path));
  try {
    if (check !== undefined) check(await file.stat());
    const buffer = new Uint8Array(READ_BYTES);
    for (;;) {
      const { bytesRead } = await attempt(path, () => file.read(buffer, 0, READ_BYTES, null)); // a folder is opened, but not read
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function readOnce(source: string): MixturaError<"not-supported"> {
  return new MixturaError(
    "not-supported",
    `${source} can be read only once, and a fit from blocks needs many passes. Save it to a file, or read it whole.`,
    {
      feature: "blocks from a pipe",
    },
  );
}
