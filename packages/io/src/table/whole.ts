import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { checkSampleWeight } from "@mixtura/core/authoring";
import type { CheckedTableOptions } from "./options.ts";
import type { Layout } from "./layout.ts";
import type { OpenTable } from "./record.ts";
import type { ReadContext } from "./source.ts";
import type { BadRows } from "./bad-rows.ts";
import { LateFindings } from "./late.ts";
import type { Remark } from "./remarks.ts";
import { leftOutRemarks, rowsRemark } from "./remarks.ts";
import type { Settled } from "./settle.ts";
import { settle } from "./settle.ts";
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
  /** Rows of data in the file, without names, units and footers, with those dropped and those that could not be read. */
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
  /** What the reading took for granted and what it left out besides; absent where there is nothing to say. */
  readonly remarks?: readonly Remark[];
}

/** Reads an open table to its end, into memory. */
export async function readWhole(table: OpenTable, options: CheckedTableOptions, context: ReadContext | undefined): Promise<Table> {
  const { layout: asked } = table;
  // Where bad rows are reported one by one, each is judged as it comes.
  const late = options.badRows === "report" ? undefined : new LateFindings(asked.features.length);
  const walking = { blockRows: defaultBlockRows(asked.features.length), reuse: false, signal: context?.signal };
  const walk = walkTable(table, options, late === undefined ? walking : { ...walking, late });
  const blocks: TableBlock[] = [];
  let step = await walk.next();
  for (; step.done !== true; step = await walk.next()) blocks.push(step.value);

  const { rows: met, dropped: droppedBefore, badRows, droppedRows = [], facts, lastText } = step.value;
  const count = met - droppedRows.length;
  const data = joined(
    count * asked.features.length,
    blocks.map((block) => block.X.data),
  );
  const indices = count === met ? undefined : indicesLeft(met, droppedRows);
  const gathered = { layout: asked, data, indices: indices ?? { length: count }, rows: met, dropped: droppedBefore, lastText };
  const settled: Settled =
    late === undefined || met === 0 ? { layout: asked, dropped: droppedBefore, footers: 0 } : settle(gathered, late, options);
  const { layout, dropped, footers } = settled;
  const rows = met - footers;
  const columns = layout.features.length;
  const left = settled.keptRows?.length ?? count;
  const weights = joined(count, layout.weight === undefined ? [] : blocks.map((block) => block.sampleWeight!));
  const sampleWeight = layout.weight === undefined ? undefined : rowsLeft(weights, 1, settled.keptRows, undefined);
  if (left > 0 || options.noRows !== "allow") checkSampleWeight(sampleWeight, left, options.name);
  const remarks = [
    ...leftOutRemarks(layout, layout.leftOut),
    ...rowsRemark("footer-rows", footers, "footer", "footers"),
    ...(table.remarks?.() ?? []).filter(
      ({ columns: about = [] }) => about.length === 0 || !about.every((name) => layout.skippedColumns.includes(name)),
    ),
  ];
  return {
    X: matrix(rowsLeft(data, asked.features.length, settled.keptRows, settled.features), left, columns, featureNames(layout)),
    ...(sampleWeight === undefined ? {} : { sampleWeight }),
    rows,
    dropped: Object.freeze(dropped),
    ...(badRows === 0 ? {} : { bad: joinedBadRows(layout, blocks) }),
    ...(left === rows ? {} : { rowIndices: indicesOf(settled.keptRows, indices, left) }),
    ...(layout.header === undefined ? {} : { header: layout.header }),
    ...(layout.unnamed.length === 0 ? {} : { unnamedColumns: layout.unnamed }),
    skippedColumns: layout.skippedColumns,
    ...(layout.kept.length === 0
      ? {}
      : {
          kept: emptyColumns(layout).map((column, k) =>
            rowsKept(
              joinedColumns(
                column,
                blocks.map((block) => block.kept![k]!),
              ),
              settled.keptRows,
            ),
          ),
        }),
    ...(remarks.length === 0 ? {} : { remarks }),
    ...facts,
  };
}

/** Rows and features of a matrix that stay. */
function rowsLeft(
  data: Float64Array,
  width: number,
  rows: readonly number[] | undefined,
  features: readonly number[] | undefined,
): Float64Array {
  if (rows === undefined && features === undefined) return data;
  const count = rows?.length ?? data.length / width;
  const columns = features?.length ?? width;
  const left = new Float64Array(count * columns);
  for (let row = 0, at = 0; row < count; row++) {
    const from = (rows?.[row] ?? row) * width;
    for (let j = 0; j < columns; j++) left[at++] = data[from + (features?.[j] ?? j)]!;
  }
  return left;
}

function rowsKept(column: KeptColumn, rows: readonly number[] | undefined): KeptColumn {
  if (rows === undefined) return column;
  const { cells, bare } = column;
  return { ...column, cells: rows.map((row) => cells[row]!), ...(bare === undefined ? {} : { bare: rows.map((row) => bare[row]!) }) };
}

/** The rows of the file that the rows left were. */
function indicesOf(rows: readonly number[] | undefined, indices: Int32Array | undefined, left: number): Int32Array {
  return Int32Array.from({ length: left }, (_, row) => {
    const at = rows?.[row] ?? row;
    return indices?.[at] ?? at;
  });
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
