import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions, createPace, show } from "@mixtura/core/authoring";
import type { TableBlockSource } from "../table/blocks.ts";
import { blockSource } from "../table/blocks.ts";
import { readError } from "../table/errors.ts";
import type { JSONRow } from "../table/json-record.ts";
import { isJSONRow, JSONRecord, namesOf, textFields } from "../table/json-record.ts";
import { chosenNames, resolveLayout, withoutColumns } from "../table/layout.ts";
import { MissingTexts } from "../table/missing.ts";
import type { BlockSize, CheckedTableOptions, TableOptions } from "../table/options.ts";
import { blockSizeDeclarations, tableOptionDeclarations } from "../table/options.ts";
import type { OpenTable, RowProblem } from "../table/record.ts";
import { withPaths } from "../table/paths.ts";
import { refuseBinary, SAMPLE_BYTES } from "../table/sample.ts";
import type { TextForm } from "../text/to-utf8.ts";
import type { TextChoice, TextOpener, TextSource } from "../table/source.ts";
import { openText } from "../table/source.ts";
import type { ReadContext } from "../table/source.ts";
import type { Table } from "../table/whole.ts";
import { readWhole } from "../table/whole.ts";
import type { TableLocator } from "./source.ts";
import { inColumns, inRows } from "./source.ts";

const declarations = {
  ...tableOptionDeclarations,
  name: { ...tableOptionDeclarations.name, default: "the JSON text" },
} as const satisfies DeclarationsOf<TableOptions>;

/** How a JSON table is cut into blocks. */
export interface JSONBlockOptions extends TableOptions, BlockSize {}

const blockDeclarations = { ...declarations, ...blockSizeDeclarations } as const satisfies DeclarationsOf<JSONBlockOptions>;

/**
 * Characters of a text, at most: what the engine of Node holds in one. Others hold more, but a table is read everywhere or nowhere.
 *
 * @see V8, include/v8-primitive.h: String::kMaxLength
 */
const LONGEST_TEXT = 2 ** 29 - 24;

/** Rows that text is told from numbers by. */
const FIRST_ROWS = 1000;

/** Rows between two turns of the event loop. */
const STRIDE = 4096;

/**
 * Reads a table from one JSON value: a list of objects, a list of lists of numbers, or an object of lists of equal length (columns by name).
 *
 * A field that is null, or that an object lacks, is missing. A feature must be a JSON number, not a text. What is kept is handed on as it was
 * written: a number with all its digits.
 *
 * @param source text or bytes, whole or as a stream
 * @throws MixturaError rejects with `unknown-option`, `invalid-option` (also a chosen field that is not there), `read-error` (no JSON, no table, over
 *   half a gigabyte, no rows, no field of numbers, rows or columns of different length), `not-finite` (a cell that is no number; names row and field), `invalid-weight`, `aborted`
 * @remarks The whole text is parsed at once; use NDJSON for what does not fit in memory.
 * @example
 * ```ts run
 * const rows = await readJSON('[{"a":1,"b":2},{"b":4,"a":3}]');
 * rows.X.data // => [1, 2, 3, 4]
 * const columns = await readJSON('{"a":[1,3],"b":[2,4]}');
 * columns.X.featureNames // => ["a", "b"]
 * await readJSON('[{"a":"x"}]') // throws read-error
 * ```
 */
export async function readJSON(source: TextSource, options?: TableOptions, context?: ReadContext): Promise<Table> {
  const checked = checkOptions("readJSON", declarations, options);
  return readWhole(openJSON(parse(await readText(() => source, checked, context), checked.name), checked), checked, context);
}

/**
 * A JSON table as rows that come in blocks. It is read and parsed once, and stays in memory.
 *
 * @param open gives the source
 * @throws MixturaError rejects with `unknown-option`, `invalid-option`, `read-error`, `aborted`
 * @example
 * ```ts run
 * const source = await jsonBlockSource(
 *   () => '[{"a":1},{"a":2},{"a":3}]',
 *   { blockRows: 2 },
 * );
 * const sizes = [];
 * for await (const { X } of source.blocks({})) sizes.push(X.rows);
 * sizes // => [2, 1]
 * ```
 */
export async function jsonBlockSource(open: TextOpener, options?: JSONBlockOptions, context?: ReadContext): Promise<TableBlockSource> {
  const checked = checkOptions("jsonBlockSource", blockDeclarations, options);
  const parsed = parse(await readText(open, checked, context), checked.name);
  const { source } = await blockSource(
    () => Promise.resolve(openJSON(parsed, checked)),
    checked,
    () => true,
    context,
  );
  return source;
}

interface ReadText {
  readonly text: string;
  readonly form: TextForm;
}

/**
 * A source as one text.
 *
 * @param longest characters that a text may have
 * @throws MixturaError `read-error`, `aborted`
 */
export async function readText(
  open: TextOpener,
  choice: TextChoice,
  context: ReadContext | undefined,
  longest = LONGEST_TEXT,
): Promise<ReadText> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const pace = createPace(context?.signal);
  const source = openText(open, choice, context);
  let text = "";
  for await (const chunk of source.chunks) {
    const piece = decoder.decode(chunk, { stream: true });
    if (text.length + piece.length > longest)
      throw readError(
        choice.name,
        `the text is longer than ${longest} characters, which is too long for one JSON value. Write one JSON value per line (NDJSON), which is read row by row.`,
      );
    text += piece;
    if (pace.due()) await pace.turn();
  }
  return { text: text + decoder.decode(), form: source.form };
}

interface ParsedText extends ReadText {
  readonly value: unknown;
}

function parse({ text, form }: ReadText, name: string): ParsedText {
  try {
    return { text, form, value: JSON.parse(text) as unknown };
  } catch (error) {
    refuseBinary(new TextEncoder().encode(text.slice(0, SAMPLE_BYTES)), name);
    const advice = /^\s*[[{].*[\]}]\s*\n\s*[[{]/.test(text) ? " If it holds one JSON value per line, read it as ndjson." : "";
    throw readError(name, `the text is not JSON (${(error as Error).message}).${advice}`, {}, { cause: error });
  }
}

/** A table in one of its three forms as rows. */
interface TableRows {
  readonly rows: readonly JSONRow[];
  readonly names: readonly string[] | undefined;
  /** Finds the fields of its rows in the text. */
  readonly locate: () => TableLocator;
}

function rowsOf({ value, text }: ParsedText, options: CheckedTableOptions): TableRows {
  const { name: source, badRows, noRows } = options;
  if (Array.isArray(value)) {
    const first = value.findIndex(isJSONRow);
    const broken = value.findIndex((row) => !isJSONRow(row));
    if (broken !== -1 && (badRows !== "report" || first === -1)) {
      const { reason, advice } = noRow(value[broken]);
      throw readError(source, `row ${broken + 1} ${reason}. ${advice}`, { row: broken });
    }
    if (value.length === 0) {
      if (noRows === "allow") return { rows: [], names: chosenNames(options), locate: () => () => undefined };
      throw readError(source, "the list is empty. Expected at least one row of numbers.");
    }
    const good = value.filter(isJSONRow);
    const own = namesOf(good, source);
    const names = own && withPaths(own, good, options);
    return { rows: value as readonly JSONRow[], names, locate: () => inRows(text, names) };
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
  if (first![1].length === 0 && noRows !== "allow") throw readError(source, "its columns are empty. Expected at least one row of numbers.");
  const names = lists.map(([name]) => name);
  return {
    rows: first![1].map((_, row) => lists.map(([, cells]) => cells[row])),
    names,
    locate: () => inColumns(text, names),
  };
}

/** What is wrong with an item of a list that is no row. */
function noRow(item: unknown): RowProblem {
  return { reason: `is ${show(item)}`, advice: "Expected objects, or lists of numbers." };
}

function openJSON(parsed: ParsedText, options: CheckedTableOptions): OpenTable {
  const { rows, names, locate } = rowsOf(parsed, options);
  const width = names?.length ?? (rows.find(isJSONRow) as readonly unknown[]).length;
  const missing = new MissingTexts(options.na);
  const first = rows.slice(0, FIRST_ROWS).filter(isJSONRow);
  const layout = names?.length === 0 ? withoutColumns : resolveLayout(width, names, options, textFields(first, names, width, missing));
  let at = 0;
  let locator: TableLocator | undefined;
  const record = new JSONRecord(names, width, missing, (spans) => (locator ??= locate())(at - 1, spans));
  const stand = (row: unknown): true => {
    record.problem = isJSONRow(row) ? undefined : noRow(row);
    record.row = isJSONRow(row) ? row : [];
    return true;
  };
  const empty = rows.length === 0;
  if (!empty) stand(rows[at++]);
  const advance = (): boolean | Promise<boolean> => {
    if (at === rows.length) return false;
    stand(rows[at++]);
    return at % STRIDE === 0 ? Promise.resolve(true) : true;
  };
  return { layout, text: parsed, record, empty, advance, close: () => Promise.resolve(), remarks: () => record.remarks(layout) };
}
