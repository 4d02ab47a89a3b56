import type { DeclarationsOf } from "@mixtura/core";
import { checkOptions } from "@mixtura/core/authoring";
import type { CSVCell, CSVWritable, WritableColumns } from "../table/columns.ts";
import { sameColumns, toColumns } from "../table/columns.ts";

/** How a table is written. */
export interface CSVWriteOptions {
  /** What stands between two fields. Default ",". */
  readonly delimiter?: "," | ";" | "\t" | "|";
  /** Whether names are written first, where there are any. Default true. */
  readonly header?: boolean;
  /** Default "\n". */
  readonly lineEnding?: "\n" | "\r\n";
}

const declarations = {
  delimiter: { range: { kind: "choice", choices: [",", ";", "\t", "|"] }, description: "What stands between two fields.", default: "," },
  header: { range: { kind: "boolean" }, description: "Whether names are written first, where there are any.", default: true },
  lineEnding: { range: { kind: "choice", choices: ["\n", "\r\n"] }, description: "What ends a row.", default: "\n" },
} as const satisfies DeclarationsOf<CSVWriteOptions>;

/**
 * A table as CSV text.
 *
 * Numbers are written in the shortest text that reads back to the same bits ("-0", "NaN" and "Infinity" included). Text is quoted where it
 * holds anything that could be taken for structure under any common delimiter, so a reader that guesses the delimiter guesses right.
 *
 * @throws MixturaError `invalid-shape` (columns of different length, not a table), `unknown-option`, `invalid-option`
 * @example
 * ```ts run
 * writeCSV({ label: ["a", 'say "b"'], score: [0.1, -0] }) // => 'label,score\na,0.1\n"say ""b""",-0\n'
 * ```
 */
export function writeCSV(table: CSVWritable, options?: CSVWriteOptions): string {
  return [...rowTexts(toColumns(table, "CSV"), checkOptions("writeCSV", declarations, options))].join("");
}

/**
 * CSV text piece by piece, from tables that come one after the other, such as the blocks of a stream. The header is written once.
 *
 * @throws MixturaError as {@link writeCSV} does, and `feature-mismatch` when a later table has other columns than the first
 * @example
 * ```ts run
 * let text = "";
 * for await (const piece of csvText([{ a: [1] }, { a: [2, 3] }])) text += piece;
 * text // => "a\n1\n2\n3\n"
 * ```
 */
export async function* csvText(
  tables: Iterable<CSVWritable> | AsyncIterable<CSVWritable>,
  options?: CSVWriteOptions,
): AsyncGenerator<string, void> {
  const checked = checkOptions("csvText", declarations, options);
  let names: readonly string[] | undefined;
  for await (const table of tables) {
    const columns = toColumns(table, "CSV");
    const found = sameColumns(columns, names, "csvText");
    yield* rowTexts(columns, names === undefined ? checked : { ...checked, header: false });
    names ??= found;
  }
}

/** Rows per piece of text. */
const PIECE_ROWS = 4096;

function* rowTexts({ names, rows, cells }: WritableColumns, options: Required<CSVWriteOptions>): Generator<string, void> {
  const { delimiter, lineEnding } = options;
  const single = cells.length === 1;
  if (options.header && names !== undefined) yield names.map((name) => fieldText(name, single)).join(delimiter) + lineEnding;
  for (let start = 0; start < rows; start += PIECE_ROWS) {
    let piece = "";
    for (let row = start; row < Math.min(start + PIECE_ROWS, rows); row++) {
      for (let column = 0; column < cells.length; column++)
        piece += (column === 0 ? "" : delimiter) + fieldText(cells[column]!(row), single);
      piece += lineEnding;
    }
    yield piece;
  }
}

/** @param single whether the field is a whole row, so that an empty one must not look like a blank line */
function fieldText(cell: CSVCell, single: boolean): string {
  if (typeof cell === "number") return Object.is(cell, -0) ? "-0" : String(cell);
  const text = cell === null || cell === undefined ? "" : String(cell);
  if (text === "") return single ? '""' : "";
  return /["\r\n,;\t|]|^[\s\uFEFF]|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
