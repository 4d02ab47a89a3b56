import type { Matrix } from "@mixtura/core";
import { matrix, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import type { JSONText } from "./json-text.ts";

/** What a cell may hold; `null` and `undefined` make an empty cell, as does a date that is none. Dates are written as ISO 8601 has them, in UTC. */
export type CSVCell = number | string | bigint | boolean | Date | JSONText | null | undefined;

/**
 * A table to write: a matrix, columns by name (of equal length; a list of pairs keeps any order of names), or rows as records.
 * A matrix without feature names is written without a header.
 */
export type CSVWritable =
  | Matrix
  | Readonly<Record<string, ArrayLike<CSVCell>>>
  | readonly (readonly [name: string, cells: ArrayLike<CSVCell>])[]
  | readonly Readonly<Record<string, CSVCell>>[];

/** A table as columns, ready to be written row by row. */
export interface WritableColumns {
  readonly names?: readonly string[];
  readonly rows: number;
  readonly cells: readonly ((row: number) => CSVCell)[];
}

/**
 * The columns of a table in any of its forms.
 *
 * @throws MixturaError `invalid-shape`
 */
export function toColumns(table: CSVWritable, format: string): WritableColumns {
  const value: unknown = table;
  if (Array.isArray(value))
    return !value.includes(undefined) && value.every(Array.isArray) // which passes over holes
      ? fromPairs(value as [string, ArrayLike<CSVCell>][], format)
      : fromRecords(value as Record<string, CSVCell>[], format);
  if (typeof value !== "object" || value === null) throw notATable(value, format);
  if ("data" in value && value.data instanceof Float64Array && "columns" in value) return fromMatrix(value as Matrix);
  return fromPairs(Object.entries(value as Record<string, ArrayLike<CSVCell>>), format);
}

/** @throws MixturaError `invalid-shape` where it has other numbers than its sizes say */
function fromMatrix(table: Matrix): WritableColumns {
  const { data, rows, columns, featureNames } = matrix(table.data, table.rows, table.columns, table.featureNames);
  const cells = Array.from({ length: columns }, (_, column) => (row: number) => data[row * columns + column]!);
  return featureNames === undefined ? { rows, cells } : { names: featureNames, rows, cells };
}

function fromPairs(pairs: readonly (readonly [string, ArrayLike<CSVCell>])[], format: string): WritableColumns {
  const rows = pairs[0]?.[1]?.length ?? 0;
  for (const [name, cells] of pairs) {
    if (typeof cells !== "object" || !isLength(cells?.length)) throw notATable(cells, format);
    if (cells.length !== rows) {
      throw new MixturaError(
        "invalid-shape",
        `A table needs columns of one length; "${pairs[0]![0]}" has ${rows} cells, "${name}" has ${cells.length}.`,
        {
          expected: `${rows} cells`,
          found: `${cells.length} cells in "${name}"`,
        },
      );
    }
    // What says that it is longer than it is would be written for ever.
    if (rows > 0 && !(rows - 1 in cells)) {
      throw new MixturaError("invalid-shape", `The column "${name}" says that it has ${rows} cells, and the last is not there.`, {
        expected: `${rows} cells`,
        found: show(cells),
      });
    }
  }
  return {
    names: pairs.map(([name]) => name),
    rows,
    cells: pairs.map(
      ([, cells]) =>
        (row) =>
          cells[row],
    ),
  };
}

function isLength(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function fromRecords(records: readonly Readonly<Record<string, CSVCell>>[], format: string): WritableColumns {
  const broken = records.findIndex((record) => typeof record !== "object" || record === null);
  if (broken !== -1) throw notATable(records[broken], format);
  const found = new Set<string>();
  for (const record of records) for (const name of Object.keys(record)) found.add(name);
  const names = [...found];
  return {
    names,
    rows: records.length,
    cells: names.map((name) => (row) => (Object.hasOwn(records[row]!, name) ? records[row]![name] : undefined)),
  };
}

function notATable(value: unknown, format: string): MixturaError<"invalid-shape"> {
  return new MixturaError(
    "invalid-shape",
    `Cannot write ${show(value)} as ${format}. Pass a matrix, columns by name, pairs of name and cells, or records.`,
    {
      expected: "a table",
      found: show(value),
    },
  );
}

/**
 * The names (or numbers) of columns, which must be those of the table before.
 *
 * @throws MixturaError `feature-mismatch`
 */
export function sameColumns(columns: WritableColumns, before: readonly string[] | undefined, caller: string): readonly string[] {
  const found = columns.names ?? columns.cells.map((_, column) => String(column + 1));
  if (before !== undefined && (found.length !== before.length || found.some((name, column) => name !== before[column]))) {
    throw new MixturaError(
      "feature-mismatch",
      `${caller}: a later table has the columns ${found.join(", ")}, the first had ${before.join(", ")}.`,
      {
        expected: before,
        found,
      },
    );
  }
  return found;
}

/**
 * Tables that come one after the other.
 *
 * @throws MixturaError `invalid-shape` for what is no iterable
 */
export function tablesOf<Table>(tables: Iterable<Table> | AsyncIterable<Table>, caller: string): Iterable<Table> | AsyncIterable<Table> {
  const given: object = Object(tables);
  if (typeof tables !== "string" && !ArrayBuffer.isView(tables) && (Symbol.asyncIterator in given || Symbol.iterator in given))
    return tables;
  throw new MixturaError("invalid-shape", `${caller}: an iterable of tables is needed, found ${show(tables)}.`, {
    expected: "an iterable of tables",
    found: show(tables),
  });
}
