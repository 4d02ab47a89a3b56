import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions, createPace, show } from "@mixtura/core/authoring";
import type { TableBlockSource } from "../table/blocks.ts";
import { blockSource } from "../table/blocks.ts";
import { readError } from "../table/errors.ts";
import type { JSONRow } from "../table/json-record.ts";
import { isJSONRow, JSONRecord, namesOf } from "../table/json-record.ts";
import { resolveLayout } from "../table/layout.ts";
import type { BlockSize, CheckedTableOptions, TableOptions } from "../table/options.ts";
import { blockSizeDeclarations, tableOptionDeclarations } from "../table/options.ts";
import type { OpenTable } from "../table/record.ts";
import { withoutMark } from "../table/sample.ts";
import type { TextOpener, TextSource } from "../table/source.ts";
import { byteChunks } from "../table/source.ts";
import type { ReadContext, Table } from "../table/whole.ts";
import { readWhole } from "../table/whole.ts";

const declarations = {
  ...tableOptionDeclarations,
  name: { ...tableOptionDeclarations.name, default: "the JSON text" },
} as const satisfies DeclarationsOf<TableOptions>;

/** How a JSON table is cut into blocks. */
export interface JSONBlockOptions extends TableOptions, BlockSize {}

const blockDeclarations = { ...declarations, ...blockSizeDeclarations } as const satisfies DeclarationsOf<JSONBlockOptions>;

/** Rows between two turns of the event loop. */
const STRIDE = 4096;

/**
 * Reads a table from one JSON value: a list of objects, a list of lists of numbers, or an object of lists of equal length (columns by name).
 *
 * A field that is null, or that an object lacks, is missing. A feature must be a JSON number, not a text.
 *
 * @param source text or bytes, whole or as a stream
 * @throws MixturaError rejects with `unknown-option`, `invalid-option` (also a chosen field that is not there), `read-error` (no JSON, no table, no
 *   rows, rows or columns of different length), `not-finite` (a feature that is no number; names row and field), `invalid-weight`, `aborted`
 * @remarks The whole text is parsed at once; use NDJSON for what does not fit in memory.
 * @example
 * ```ts run
 * const rows = await readJSON('[{"a":1,"b":2},{"b":4,"a":3}]');
 * rows.X.data // => [1, 2, 3, 4]
 * const columns = await readJSON('{"a":[1,3],"b":[2,4]}');
 * columns.X.featureNames // => ["a", "b"]
 * await readJSON('[{"a":"x"}]') // throws not-finite
 * ```
 */
export async function readJSON(source: TextSource, options?: TableOptions, context?: ReadContext): Promise<Table> {
  const checked = checkOptions("readJSON", declarations, options);
  const text = await textOf(() => source, checked.name, context);
  return readWhole(openJSON(parse(text, checked.name), checked), checked, context);
}

/**
 * A JSON table as rows that come in blocks. It is read and parsed once, and stays in memory.
 *
 * @param open gives the source
 * @throws MixturaError rejects with `unknown-option`, `invalid-option`, `read-error`, `aborted`
 * @example
 * ```ts run
 * const source = await jsonBlockSource(() => '[{"a":1},{"a":2},{"a":3}]', { blockRows: 2 });
 * const sizes = [];
 * for await (const { X } of source.blocks({})) sizes.push(X.rows);
 * sizes // => [2, 1]
 * ```
 */
export async function jsonBlockSource(open: TextOpener, options?: JSONBlockOptions, context?: ReadContext): Promise<TableBlockSource> {
  const checked = checkOptions("jsonBlockSource", blockDeclarations, options);
  const value = parse(await textOf(open, checked.name, context), checked.name);
  const { source } = await blockSource(
    () => Promise.resolve(openJSON(value, checked)),
    checked,
    () => true,
    context,
  );
  return source;
}

async function textOf(open: TextOpener, name: string, context: ReadContext | undefined): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const pace = createPace(context?.signal);
  let text = "";
  for await (const chunk of byteChunks(open, name, context?.signal)) {
    text += decoder.decode(text === "" ? withoutMark(chunk, name) : chunk, { stream: true });
    if (pace.due()) await pace.turn();
  }
  return text + decoder.decode();
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const advice = /^\s*[[{].*[\]}]\s*\n\s*[[{]/.test(text) ? " If it holds one JSON value per line, read it as ndjson." : "";
    throw readError(name, `the text is not JSON (${(error as Error).message}).${advice}`, {}, { cause: error });
  }
}

/** The rows of a table in one of its three forms, with its names. */
function rowsOf(value: unknown, source: string): { readonly rows: readonly JSONRow[]; readonly names: readonly string[] | undefined } {
  if (Array.isArray(value)) {
    const broken = value.findIndex((row) => !isJSONRow(row));
    if (broken !== -1)
      throw readError(source, `row ${broken + 1} is ${show(value[broken])}. Expected objects, or lists of numbers.`, { row: broken });
    if (value.length === 0) throw readError(source, "the list is empty. Expected at least one row of numbers.");
    return { rows: value as readonly JSONRow[], names: namesOf(value as readonly JSONRow[]) };
  }
  const columns = isJSONRow(value) ? Object.entries(value) : [];
  if (columns.length === 0 || !columns.every(([, cells]) => Array.isArray(cells)))
    throw readError(source, `found ${show(value)}, which is no table. Expected a list of objects, a list of lists, or an object of lists.`);
  const lists = columns as [string, unknown[]][];
  const [first] = lists;
  const odd = lists.find(([, cells]) => cells.length !== first![1].length);
  if (odd !== undefined)
    throw readError(
      source,
      `column "${first![0]}" has ${first![1].length} values, "${odd[0]}" has ${odd[1].length}. Columns need one length.`,
      {
        column: odd[0],
      },
    );
  if (first![1].length === 0) throw readError(source, "its columns are empty. Expected at least one row of numbers.");
  return { rows: first![1].map((_, row) => lists.map(([, cells]) => cells[row])), names: lists.map(([name]) => name) };
}

function openJSON(value: unknown, options: CheckedTableOptions): OpenTable {
  const { rows, names } = rowsOf(value, options.name);
  const width = names?.length ?? (rows[0] as readonly unknown[]).length;
  const record = new JSONRecord(names, width, true);
  const layout = resolveLayout(width, names, options);
  let at = 0;
  record.row = rows[at++]!;
  const advance = (): boolean | Promise<boolean> => {
    if (at === rows.length) return false;
    record.row = rows[at++]!;
    return at % STRIDE === 0 ? Promise.resolve(true) : true;
  };
  return { layout, record, advance, close: () => Promise.resolve() };
}
