import type { Matrix } from "@mixtura/core";
import { checkSampleWeight, matrix } from "@mixtura/core";
import type { CSVOptions } from "./options.ts";
import { checkCSVOptions } from "./options.ts";
import type { DroppedRows, KeptColumn } from "./rows.ts";
import { emptyColumns } from "./rows.ts";
import type { CSVSource } from "./source.ts";
import { byteChunks } from "./source.ts";
import { openTable } from "./table.ts";
import type { CSVBlock } from "./walk.ts";
import { defaultBlockRows, featureNames, walkTable } from "./walk.ts";

/** A CSV table in memory. */
export interface CSVTable {
  /** The features, shape (rows − dropped.count, features); with `featureNames` when the file has a header. */
  readonly X: Matrix;
  /** The weights of `weightColumn`. */
  readonly sampleWeight?: Float64Array;
  /** Rows of data in the file, with those dropped. */
  readonly rows: number;
  /** Rows that were left out because a value was missing. */
  readonly dropped: DroppedRows;
  /** Names of all columns of the file; absent when it has no header. */
  readonly header?: readonly string[];
  /** The delimiter that was given or found. */
  readonly delimiter: string;
  /** Columns that were neither features, weight nor kept: their names, or their numbers in a file without header. */
  readonly skippedColumns: readonly string[];
  /** The columns of the option `keep`, in its order; without the rows that were dropped. */
  readonly kept?: readonly KeptColumn[];
}

/** What a reading can be told besides its options. */
export interface ReadContext {
  /** Calls the reading off: it rejects with code `aborted`, even while a stream keeps it waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a CSV table into memory.
 *
 * Fields follow RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes. Rows end with LF, CRLF or CR; a byte order mark
 * and blank lines are passed over. Text is UTF-8. A cell of a feature must be a decimal number; `1e-3`, `+.5` and `" 7 "` are.
 *
 * @param source text or bytes, whole or as a stream cut anywhere
 * @returns new memory throughout; nothing refers to the source
 * @throws MixturaError rejects with `unknown-option`, `invalid-option` (also a chosen column that is not there), `read-error` (empty, header
 *   only, ragged, repeated names, broken quotes, a failing source), `not-finite` (text, a missing or an infinite value in a feature; names
 *   row, line and column), `invalid-weight`, `aborted`
 * @remarks About 10 ns per byte. Memory is twice the numbers at the peak.
 * @example
 * ```ts run
 * const table = await readCSV("name,height,mass\nann,1.7,62\nbob,NA,80\n", { keep: ["name"], missing: "drop" });
 * table.X.featureNames // => ["height", "mass"]
 * table.X.data // => Float64Array.of(1.7, 62)
 * table.kept // => [{ name: "name", cells: ["ann"] }]
 * table.dropped // => { count: 1, lines: [3] }
 * ```
 */
export async function readCSV(source: CSVSource, options?: CSVOptions, context?: ReadContext): Promise<CSVTable> {
  const checked = checkCSVOptions("readCSV", options);
  const table = await openTable(
    byteChunks(() => source, checked.name, context?.signal),
    checked,
  );
  const { layout } = table;
  const walk = walkTable(table, checked, { blockRows: defaultBlockRows(layout.features.length), reuse: false, signal: context?.signal });
  const blocks: CSVBlock[] = [];
  let step = await walk.next();
  for (; step.done !== true; step = await walk.next()) blocks.push(step.value);

  const { rows, dropped } = step.value;
  const count = rows - dropped.count;
  const columns = layout.features.length;
  const sampleWeight =
    layout.weight === undefined
      ? undefined
      : joined(
          count,
          blocks.map((block) => block.sampleWeight!),
        );
  checkSampleWeight(sampleWeight, count, checked.name);
  const names = featureNames(layout);
  return {
    X: matrix(
      joined(
        count * columns,
        blocks.map((block) => block.X.data),
      ),
      count,
      columns,
      names,
    ),
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    rows,
    dropped,
    ...(layout.header === undefined ? {} : { header: layout.header }),
    delimiter: layout.delimiter,
    skippedColumns: layout.skippedColumns,
    ...(layout.kept.length === 0
      ? {}
      : { kept: emptyColumns(layout).map(({ name }, k) => ({ name, cells: blocks.flatMap((block) => block.kept![k]!.cells) })) }),
  };
}

function joined(length: number, parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
