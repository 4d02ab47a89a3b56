import type { CSVCell, CSVWritable, WritableColumns } from "../table/columns.ts";
import { sameColumns, tablesOf, toColumns } from "../table/columns.ts";
import { JSONText } from "../table/json-text.ts";

/**
 * A table as NDJSON text: one object per row, or one list where the columns have no names.
 *
 * Numbers are written in the shortest text that reads back to the same bits. JSON has no NaN and no Infinity: they become null, as do missing
 * cells; big integers become texts, and a {@link JSONText} is written as it is.
 *
 * @throws MixturaError `invalid-shape` (columns of different length, not a table)
 * @example
 * ```ts run
 * writeNDJSON({ label: ["a", "b"], score: [0.1, -Infinity] })
 * // => '{"label":"a","score":0.1}\n{"label":"b","score":null}\n'
 * ```
 */
export function writeNDJSON(table: CSVWritable): string {
  return [...lineTexts(toColumns(table, "NDJSON"))].join("");
}

/**
 * NDJSON text piece by piece, from tables that come one after the other, such as the blocks of a stream.
 *
 * @throws MixturaError as {@link writeNDJSON} does, and `feature-mismatch` when a later table has other columns than the first
 * @example
 * ```ts run
 * let text = "";
 * for await (const piece of ndjsonText([{ a: [1] }, { a: [2] }])) {
 *   text += piece;
 * }
 * text // => '{"a":1}\n{"a":2}\n'
 * ```
 */
export async function* ndjsonText(tables: Iterable<CSVWritable> | AsyncIterable<CSVWritable>): AsyncGenerator<string, void> {
  let names: readonly string[] | undefined;
  for await (const table of tablesOf(tables, "ndjsonText")) {
    const columns = toColumns(table, "NDJSON");
    names = sameColumns(columns, names, "ndjsonText");
    yield* lineTexts(columns);
  }
}

/** Rows per piece of text. */
const PIECE_ROWS = 4096;

function* lineTexts({ names, rows, cells }: WritableColumns): Generator<string, void> {
  const keys = cells.map((_, column) => (names === undefined ? "" : `${JSON.stringify(names[column])}:`));
  const [open, close] = names === undefined ? ["[", "]\n"] : ["{", "}\n"];
  for (let start = 0; start < rows; start += PIECE_ROWS) {
    let piece = "";
    for (let row = start; row < Math.min(start + PIECE_ROWS, rows); row++) {
      piece += open;
      for (let column = 0; column < cells.length; column++)
        piece += (column === 0 ? "" : ",") + keys[column]! + cellText(cells[column]!(row));
      piece += close;
    }
    yield piece;
  }
}

function cellText(cell: CSVCell): string {
  if (typeof cell === "number") return Object.is(cell, -0) ? "-0" : Number.isFinite(cell) ? String(cell) : "null";
  if (cell instanceof JSONText) return cell.text;
  return JSON.stringify(typeof cell === "bigint" ? String(cell) : (cell ?? null));
}
