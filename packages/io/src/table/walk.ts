import type { Block } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace } from "@mixtura/core/authoring";
import { readError } from "./errors.ts";
import type { TextEncoding } from "../text/to-utf8.ts";
import type { LateFindings } from "./late.ts";
import type { Layout } from "./layout.ts";
import { columnName } from "./layout.ts";
import type { CheckedTableOptions } from "./options.ts";
import type { DroppedRows, FillingColumn, KeptColumn } from "./rows.ts";
import type { BadRows } from "./bad-rows.ts";
import { BadRowList } from "./bad-rows.ts";
import { emptyColumns, keepField, RowReader } from "./rows.ts";
import type { OpenTable } from "./record.ts";

/** A block of rows from a file, with the columns that were kept as text. */
export interface TableBlock extends Block {
  /** The columns of the option `keep`, in its order; as many cells as the block has rows. Absent when nothing was to be kept. */
  readonly kept?: readonly KeptColumn[];
  /** For each row of the block its index among the file's rows of data, from 0. Absent where no row can be left out. */
  readonly rowIndices?: Float64Array;
  /** Rows that could not be read, of those between the last row of the block before and the last of this one. Absent where there are none. */
  readonly bad?: BadRows;
}

/** What a walk met, once it is done. */
export interface WalkSummary {
  /** Rows of data in the file, with those dropped. */
  readonly rows: number;
  readonly dropped: DroppedRows;
  /** How many rows could not be read, where such rows are reported. */
  readonly badRows: number;
  /** Which rows were dropped or bad, from 0; only from a walk whose blocks stay. */
  readonly droppedRows?: readonly number[];
  readonly facts: TextFacts;
  /** What the last row begins with, where the format may have a footer. */
  readonly lastText: string;
}

/** What a reading found out about a text besides its rows. */
export interface TextFacts {
  /** How its bytes were read as text; "utf-8" where it came as text. */
  readonly encoding: TextEncoding;
  /** Whether it begins with a byte order mark. */
  readonly byteOrderMark: boolean;
  /**
   * Features that hold integers beyond ±2⁵³, where doubles leave numbers out: two different ones may have become equal. Names, or numbers from 1 in a
   * table without names; absent where there are none.
   */
  readonly inexactColumns?: readonly string[];
}

/** Numbers that a block holds at most by default, 32 MiB of them. */
const BLOCK_NUMBERS = 2 ** 22;
const BLOCK_ROWS = 2 ** 16;

/** Rows per block when none are asked for. */
export function defaultBlockRows(columns: number): number {
  return Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_NUMBERS / columns)));
}

/** How rows are walked. */
interface Walking {
  readonly blockRows: number;
  readonly reuse: boolean;
  readonly signal: AbortSignal | undefined;
  readonly late?: LateFindings;
}

/**
 * Walks the rows of an open table in blocks, and closes it.
 *
 * @param late takes what is to be judged once all rows are there: such cells are NaN, and no row is left out for them
 * @param reuse whether the next block may take the memory of the one before
 * @throws MixturaError `read-error`, `not-finite`, `invalid-weight`, `aborted`
 */
export async function* walkTable(
  table: OpenTable,
  options: CheckedTableOptions,
  { blockRows, reuse, signal, late }: Walking,
): AsyncGenerator<TableBlock, WalkSummary> {
  const { layout, record } = table;
  const columns = layout.features.length;
  const pace = createPace(signal);
  const reader = new RowReader(layout, options, late);
  const droppedRows: number[] = [];
  const droppable = options.missing === "drop" || options.badRows === "report";
  const bad = new BadRowList(layout);
  let badRows = 0;
  let block = newBlock(layout, blockRows, droppable);
  let count = 0;
  try {
    let more = table.empty !== true;
    if (!more) yield asBlock(layout, block, 0, bad); // its columns are known
    while (more) {
      if (reader.read(record, block.data, count * columns, block.weights, count)) {
        for (let k = 0; k < block.kept.length; k++) keepField(block.kept[k]!, record, layout.kept[k]!);
        if (block.indices !== undefined) block.indices[count] = reader.rows - 1;
        count++;
      } else {
        if (reader.problem !== undefined) {
          bad.add(record, reader.rows - 1, reader.problem);
          badRows++;
        }
        if (!reuse) droppedRows.push(reader.rows - 1);
      }
      if (count + bad.count >= blockRows) {
        pace.check();
        yield asBlock(layout, block, count, bad);
        block = reuse ? { ...block, kept: emptyColumns(layout) } : newBlock(layout, blockRows, droppable);
        count = 0;
      }
      const step = table.advance();
      if (typeof step === "boolean") more = step;
      else {
        more = await step;
        if (pace.due()) await pace.turn();
      }
    }
    if (count + bad.count > 0) yield asBlock(layout, block, count, bad);
    if (late === undefined && reader.dropped === reader.rows && options.noRows !== "allow") {
      throw readError(
        options.name,
        `${reader.rows === 1 ? "its only row" : `each of its ${reader.rows} rows`} lacks a value, so none is left. Choose columns that are filled with \`columns\` or \`drop\`.`,
      );
    }
    return {
      rows: reader.rows,
      dropped: Object.freeze({ count: reader.dropped, lines: Object.freeze(reader.droppedLines) }),
      facts: {
        ...table.text.form,
        ...(reader.inexact.size === 0
          ? {}
          : { inexactColumns: Array.from(reader.inexact, (j) => columnName(layout, layout.features[j]!)) }),
      },
      badRows,
      lastText: record.firstText?.() ?? "",
      ...(reuse ? {} : { droppedRows }),
    };
  } finally {
    await table.close();
  }
}

interface BlockMemory {
  readonly data: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly kept: FillingColumn[];
  readonly indices: Float64Array | undefined;
}

function newBlock(layout: Layout, blockRows: number, droppable: boolean): BlockMemory {
  return {
    data: new Float64Array(blockRows * layout.features.length),
    weights: layout.weight === undefined ? undefined : new Float64Array(blockRows),
    kept: emptyColumns(layout),
    indices: droppable ? new Float64Array(blockRows) : undefined,
  };
}

function asBlock(layout: Layout, { data, weights, kept, indices }: BlockMemory, count: number, bad: BadRowList): TableBlock {
  const columns = layout.features.length;
  return {
    X: matrix(data.subarray(0, count * columns), count, columns, featureNames(layout)),
    ...(weights === undefined ? {} : { sampleWeight: weights.subarray(0, count) }),
    ...(layout.kept.length === 0 ? {} : { kept }),
    ...(indices === undefined ? {} : { rowIndices: indices.subarray(0, count) }),
    ...(bad.count === 0 ? {} : { bad: bad.take() }),
  };
}

/** Names of the features, when the file has names. */
export function featureNames(layout: Layout): readonly string[] | undefined {
  return layout.header === undefined ? undefined : Array.from(layout.features, (column) => layout.header![column]!);
}
