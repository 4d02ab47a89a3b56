import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import type { CSVCell, CSVWritable, WritableColumns } from "../table/columns.ts";
import { sameColumns, tablesOf, toColumns } from "../table/columns.ts";
import { JSONText } from "../table/json-text.ts";
import { isDelimiter, settled } from "./options.ts";

/** How a table is written. */
export interface CSVWriteOptions {
  /** What stands between two fields: one ASCII character, or "tab". Default ",". */
  readonly delimiter?: string;
  /** The decimal mark of numbers. Default ".". */
  readonly decimal?: "." | ",";
  /** Whether names are written first, where there are any. Default true. */
  readonly header?: boolean;
  /** Default "\n". */
  readonly lineEnding?: "\n" | "\r\n";
  /** Whether the text begins with a byte order mark, by which spreadsheets know UTF-8. Default false. */
  readonly byteOrderMark?: boolean;
  /**
   * Whether `'` is put before texts and names that a spreadsheet would take for a formula: those that begin with `=`, `+`, `-`, `@`, a tab or a line break
   * and are no numbers. Default false: what is read again is what was written.
   */
  readonly escapeFormulas?: boolean;
}

const declarations = {
  delimiter: {
    range: { kind: "other", words: '"tab" or one character that is no letter, digit, quote, point or sign', accepts: isDelimiter },
    description: "What stands between two fields.",
    default: ",",
  },
  decimal: { range: { kind: "choice", choices: [".", ","] }, description: "The decimal mark of numbers.", default: "." },
  header: { range: { kind: "boolean" }, description: "Whether names are written first, where there are any.", default: true },
  lineEnding: { range: { kind: "choice", choices: ["\n", "\r\n"] }, description: "What ends a row.", default: "\n" },
  byteOrderMark: { range: { kind: "boolean" }, description: "Whether the text begins with a byte order mark.", default: false },
  escapeFormulas: {
    range: { kind: "boolean" },
    description: "Whether ' is put before texts that a spreadsheet would take for a formula.",
    default: false,
  },
} as const satisfies DeclarationsOf<CSVWriteOptions>;

type Checked = Required<CSVWriteOptions>;

/** @throws MixturaError `unknown-option`, `invalid-option` */
function checkWriteOptions(caller: string, options: CSVWriteOptions | undefined): Checked {
  return settled(caller, checkOptions(caller, declarations, options));
}

/**
 * A table as CSV text.
 *
 * Numbers are written in the shortest text that reads back to the same bits ("-0", "NaN" and "Infinity" included). Text is quoted where it
 * holds anything that could be taken for structure under any common delimiter, so a reader that guesses the delimiter guesses right. Spreadsheets run
 * texts that begin like a formula: see `escapeFormulas`.
 *
 * @throws MixturaError `invalid-shape` (columns of different length, not a table), `unknown-option`, `invalid-option`
 * @example
 * ```ts run
 * writeCSV({ label: ["a", 'say "b"'], score: [0.1, -0] })
 * // => 'label,score\na,0.1\n"say ""b""",-0\n'
 * ```
 */
export function writeCSV(table: CSVWritable, options?: CSVWriteOptions): string {
  return [...rowTexts(toColumns(table, "CSV"), checkWriteOptions("writeCSV", options))].join("");
}

/**
 * CSV text piece by piece, from tables that come one after the other, such as the blocks of a stream. The header is written once.
 *
 * @throws MixturaError as {@link writeCSV} does, and `feature-mismatch` when a later table has other columns than the first
 * @example
 * ```ts run
 * let text = "";
 * for await (const piece of csvText([{ a: [1] }, { a: [2, 3] }])) {
 *   text += piece;
 * }
 * text // => "a\n1\n2\n3\n"
 * ```
 */
export async function* csvText(
  tables: Iterable<CSVWritable> | AsyncIterable<CSVWritable>,
  options?: CSVWriteOptions,
): AsyncGenerator<string, void> {
  const checked = checkWriteOptions("csvText", options);
  let names: readonly string[] | undefined;
  for await (const table of tablesOf(tables, "csvText")) {
    const columns = toColumns(table, "CSV");
    const found = sameColumns(columns, names, "csvText");
    yield* rowTexts(columns, names === undefined ? checked : { ...checked, header: false, byteOrderMark: false });
    names ??= found;
  }
}

/** Rows per piece of text. */
const PIECE_ROWS = 4096;

function* rowTexts({ names, rows, cells }: WritableColumns, options: Checked): Generator<string, void> {
  const { delimiter, lineEnding } = options;
  const text = fieldWriter(options, cells.length === 1);
  if (options.byteOrderMark) yield MARK;
  if (options.header && names !== undefined) yield names.map(text).join(delimiter) + lineEnding;
  for (let start = 0; start < rows; start += PIECE_ROWS) {
    let piece = "";
    for (let row = start; row < Math.min(start + PIECE_ROWS, rows); row++) {
      for (let column = 0; column < cells.length; column++) piece += (column === 0 ? "" : delimiter) + text(cells[column]!(row));
      piece += lineEnding;
    }
    yield piece;
  }
}

const MARK = "\uFEFF";

/**
 * How a cell is written.
 *
 * @param single whether the field is a whole row, so that an empty one must not look like a blank line
 */
function fieldWriter({ delimiter, decimal, escapeFormulas }: Checked, single: boolean): (cell: CSVCell) => string {
  // A comma that marks decimals is no delimiter for anybody who reads these numbers.
  const delimiters = [",", ";", "\\t", "|", delimiter === "," ? "" : `\\${delimiter}`].filter((one) => one !== decimal).join("");
  const quoted = new RegExp(`["\\r\\n${delimiters}]|^[\\s\uFEFF]|\\s$`);
  const numeric = decimal === "," ? /^[+-]?(?:\d+,?\d*|,\d+)(?:e[+-]?\d+)?$/i : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
  const marked = (text: string): string => (decimal === "." ? text : text.replace(".", decimal));
  return (cell) => {
    if (typeof cell === "number") return Object.is(cell, -0) ? "-0" : marked(String(cell));
    const bare = cell instanceof JSONText;
    let text = bare ? cell.text : textOf(cell);
    if (bare && /^[-\d]/.test(text)) text = marked(text);
    if (escapeFormulas && FORMULA.test(text) && !numeric.test(text)) text = `'${text}`;
    if (text === "") return single ? '""' : "";
    return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
}

function textOf(cell: Exclude<CSVCell, number | JSONText>): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString();
  return String(cell);
}

/** How texts begin that spreadsheets calculate; they know the wide forms of the signs, too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
