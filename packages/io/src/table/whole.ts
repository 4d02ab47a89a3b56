import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { checkSampleWeight } from "@mixtura/core/authoring";
import type { CheckedTableOptions } from "./options.ts";
import type { Layout } from "./layout.ts";
import type { OpenTable } from "./record.ts";
import type { ReadContext } from "./source.ts";
import type { BadRows } from "./bad-rows.ts";
import type { DroppedRows, KeptColumn } from "./rows.ts";
import { emptyColumns, joinedColumns } from "./rows.ts";
import type { TableBlock, TextFacts } from "./walk.ts";
import { defaultBlockRows, featureNames, walkTable } from "./walk.ts";

/** A table in memory, from a file of any format. */
export interface Table extends TextFacts {
  /** The features, shape (rows − dropped.count, features); with `featureNames` when the file has names. */
  readonly X: Matrix;
  /** The weights of `weightColumn`. */
  readonly sampleWeight?: Float64Array;
  /** Rows of data in the file, with those dropped and those that could not be read. */
  readonly rows: number;
  /** Rows that were left out because a value was missing. */
  readonly dropped: DroppedRows;
  /** Rows that were left out because they could not be read. Absent where there are none, or where such a row is an error. */
  readonly bad?: BadRows;
  /** For each row of `X` its index among the file's rows of data, from 0. Absent where no row was left out. */
  readonly rowIndices?: Int32Array;
  /** Names of all columns of the file; absent when it has none. */
  readonly header?: readonly string[];
  /** Columns to which the file gives no name, such as an index, by the names that they got; absent where there are none. */
  readonly unnamedColumns?: readonly string[];
  /** Columns that were neither features, weight nor kept: their names, or their numbers in a file without names. */
  readonly skippedColumns: readonly string[];
  /** The columns of the option `keep`, in its order; without the rows that were dropped. */
  readonly kept?: readonly KeptColumn[];
}

/** Reads an open table to its end, into memory. */
export async function readWhole(table: OpenTable, options: CheckedTableOptions, context: ReadContext | undefined): Promise<Table> {
  const { layout } = table;
  const walk = walkTable(table, options, { blockRows: defaultBlockRows(layout.features.length), reuse: false, signal: context?.signal });
  const blocks: TableBlock[] = [];
  let step = await walk.next();
  for (; step.done !== true; step = await walk.next()) blocks.push(step.value);

  const { rows, dropped, badRows, droppedRows = [], facts } = step.value;
  const count = rows - dropped.count - badRows;
  const columns = layout.features.length;
  const sampleWeight =
    layout.weight === undefined
      ? undefined
      : joined(
          count,
          blocks.map((block) => block.sampleWeight!),
        );
  if (count > 0 || options.noRows !== "allow") checkSampleWeight(sampleWeight, count, options.name);
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
    ...(badRows === 0 ? {} : { bad: joinedBadRows(layout, blocks) }),
    ...(count === rows ? {} : { rowIndices: indicesLeft(rows, droppedRows) }),
    ...(layout.header === undefined ? {} : { header: layout.header }),
    ...(layout.unnamed.length === 0 ? {} : { unnamedColumns: layout.unnamed }),
    skippedColumns: layout.skippedColumns,
    ...(layout.kept.length === 0
      ? {}
      : {
          kept: emptyColumns(layout).map((column, k) =>
            joinedColumns(
              column,
              blocks.map((block) => block.kept![k]!),
            ),
          ),
        }),
    ...facts,
  };
}

function joinedBadRows(layout: Layout, blocks: readonly TableBlock[]): BadRows {
  const parts = blocks.flatMap(({ bad }) => (bad === undefined ? [] : [bad]));
  const kept = emptyColumns(layout).map((column, k) =>
    joinedColumns(
      column,
      parts.map((part) => part.kept![k]!),
    ),
  );
  return { rows: parts.flatMap((part) => part.rows), ...(kept.length === 0 ? {} : { kept }) };
}

/** 0 … rows − 1 without the rows that were dropped, which are in ascending order. */
function indicesLeft(rows: number, dropped: readonly number[]): Int32Array {
  const indices = new Int32Array(rows - dropped.length);
  let passed = 0;
  for (let row = 0; row < rows; row++) {
    if (dropped[passed] === row) passed++;
    else indices[row - passed] = row;
  }
  return indices;
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
