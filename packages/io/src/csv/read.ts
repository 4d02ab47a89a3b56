import type { TextSource } from "../table/source.ts";
import { openText } from "../table/source.ts";
import type { ReadContext } from "../table/source.ts";
import type { Table } from "../table/whole.ts";
import { readWhole } from "../table/whole.ts";
import { withHint } from "./hint.ts";
import type { OpenCSV } from "./open.ts";
import { openCSV } from "./open.ts";
import type { CSVOptions } from "./options.ts";
import { checkCSVOptions, textChoice } from "./options.ts";

/** A CSV table in memory. */
export interface CSVTable extends Table {
  /** The delimiter that was given or found. */
  readonly delimiter: string;
  /** The decimal mark that was given or found. */
  readonly decimal: "." | ",";
}

/**
 * Reads a CSV table into memory.
 *
 * Fields follow RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes. Rows end with LF, CRLF or CR; a byte order mark
 * and blank lines are passed over. Bytes are UTF-8, which is checked, or what `encoding` says. A cell of a feature is a number as programs write it (`1e-3`, `+.5`, `" 7 "`) or people do
 * (`1,234.5`, `€ 7`, `12 %`). Unless `columns` chooses, what holds no numbers is left out; `remarks` says so, and what else was taken for granted.
 *
 * @param source text or bytes, whole or as a stream cut anywhere
 * @returns new memory throughout; nothing refers to the source
 * @throws MixturaError rejects with `unknown-option`, `invalid-option` (also a chosen column that is not there), `read-error` (empty, header
 *   only, ragged, no column of numbers, broken quotes, not UTF-8, a failing source), `not-finite` (text, a missing or an infinite value in a feature;
 *   names row, line and column), `invalid-weight`, `aborted`; an option that is advised was tried on the first rows and those that could not be read
 * @remarks About 10 ns per byte. Memory is twice the numbers at the peak.
 * @example
 * ```ts run
 * const table = await readCSV(
 *   "name,height,mass\nann,1.7,62\nbob,NA,80\n",
 *   { keep: ["name"], missing: "drop" },
 * );
 * table.X.featureNames // => ["height", "mass"]
 * table.X.data // => Float64Array.of(1.7, 62)
 * table.kept // => [{ name: "name", cells: ["ann"] }]
 * table.dropped // => { count: 1, lines: [3] }
 * ```
 */
export async function readCSV(source: TextSource, options?: CSVOptions, context?: ReadContext): Promise<CSVTable> {
  const checked = checkCSVOptions("readCSV", options);
  let table: OpenCSV | undefined;
  try {
    table = await openCSV(
      openText(() => source, textChoice(checked), context),
      checked,
    );
    return { ...(await readWhole(table, checked, context)), delimiter: table.delimiter, decimal: table.decimal };
  } catch (error) {
    throw await withHint(error, table, checked);
  }
}
