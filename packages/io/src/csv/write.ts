import type { Matrix } from "@mixtura/core";
import { checkOptions, MixturaError, show } from "@mixtura/core";
import * as z from "zod/mini";

/** What a cell may hold; `null` and `undefined` make an empty cell. */
export type CSVCell = number | string | bigint | boolean | null | undefined;

/**
 * A table to write: a matrix, columns by name (of equal length; a list of pairs keeps any order of names), or rows as records.
 * A matrix without feature names is written without a header.
 */
export type CSVWritable =
  | Matrix
  | Readonly<Record<string, ArrayLike<CSVCell>>>
  | readonly (readonly [name: string, cells: ArrayLike<CSVCell>])[]
  | readonly Readonly<Record<string, CSVCell>>[];

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
  delimiter: { schema: z.enum([",", ";", "\t", "|"]), description: "What stands between two fields.", default: "," },
  header: { schema: z.boolean(), description: "Whether names are written first, where there are any.", default: true },
  lineEnding: { schema: z.enum(["\n", "\r\n"]), description: "What ends a row.", default: "\n" },
} as const;

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
  return [...rowTexts(toColumns(table), checkOptions("writeCSV", declarations, options) as Required<CSVWriteOptions>)].join("");
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
  const checked = checkOptions("csvText", declarations, options) as Required<CSVWriteOptions>;
  let names: readonly string[] | undefined;
  for await (const table of tables) {
    const columns = toColumns(table);
    const found = columns.names ?? columns.cells.map((_, column) => String(column + 1));
    if (names !== undefined && (found.length !== names.length || found.some((name, column) => name !== names![column]))) {
      throw new MixturaError(
        "feature-mismatch",
        `csvText: a later table has the columns ${found.join(", ")}, the first had ${names.join(", ")}.`,
        { expected: names, found },
      );
    }
    yield* rowTexts(columns, names === undefined ? checked : { ...checked, header: false });
    names ??= found;
  }
}

/** Rows per piece of text. */
const PIECE_ROWS = 4096;

interface Columns {
  readonly names?: readonly string[];
  readonly rows: number;
  readonly cells: readonly ((row: number) => CSVCell)[];
}

function* rowTexts({ names, rows, cells }: Columns, options: Required<CSVWriteOptions>): Generator<string, void> {
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

function toColumns(table: CSVWritable): Columns {
  const value: unknown = table;
  if (Array.isArray(value))
    return value.every(Array.isArray)
      ? fromPairs(value as [string, ArrayLike<CSVCell>][])
      : fromRecords(value as Record<string, CSVCell>[]);
  if (typeof value !== "object" || value === null) throw notATable(value);
  if ("data" in value && value.data instanceof Float64Array && "columns" in value) return fromMatrix(value as Matrix);
  return fromPairs(Object.entries(value as Record<string, ArrayLike<CSVCell>>));
}

function fromMatrix({ data, rows, columns, featureNames }: Matrix): Columns {
  const cells = Array.from({ length: columns }, (_, column) => (row: number) => data[row * columns + column]!);
  return featureNames === undefined ? { rows, cells } : { names: featureNames, rows, cells };
}

function fromPairs(pairs: readonly (readonly [string, ArrayLike<CSVCell>])[]): Columns {
  const rows = pairs[0]?.[1]?.length ?? 0;
  for (const [name, cells] of pairs) {
    if (typeof cells !== "object" || typeof cells?.length !== "number") throw notATable(cells);
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

function fromRecords(records: readonly Readonly<Record<string, CSVCell>>[]): Columns {
  const broken = records.find((record) => typeof record !== "object" || record === null);
  if (broken !== undefined) throw notATable(broken);
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return {
    names,
    rows: records.length,
    cells: names.map((name) => (row) => (Object.hasOwn(records[row]!, name) ? records[row]![name] : undefined)),
  };
}

function notATable(value: unknown): MixturaError<"invalid-shape"> {
  return new MixturaError(
    "invalid-shape",
    `Cannot write ${show(value)} as CSV. Pass a matrix, columns by name, pairs of name and cells, or records.`,
    {
      expected: "a table",
      found: show(value),
    },
  );
}
