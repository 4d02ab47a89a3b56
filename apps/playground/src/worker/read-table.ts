import type { CSVTable, Table } from "@mixtura/io";
import { unmeasuredClause, unmeasuredColumns } from "@mixtura/backend/internal/columns";
import type { LoadLibrary } from "@mixtura/io/internal";
import { packingOf, startOfText } from "@mixtura/io/internal";
import { formatOfName, readCSV, sniffFormat } from "@mixtura/io";
import { counted, plural } from "@mixtura/wording/internal";
import { bounds } from "../state/bounds.ts";
import { Refusal } from "./answer.ts";
import type { Reading } from "../state/state.ts";
import type { LeftOut, SourceTable } from "./table.ts";

/** Columns of text among which one is looked for that names groups, at most. */
const TEXT_COLUMNS = 24;
/** A text column of at most this many different texts names groups. */
const GROUPS = 30;

/**
 * Reads a file of any format. Columns of text are left out and named; one that has few different texts is taken for known groups. Rows
 * that lack a value are left out and counted.
 */
export async function readTable(bytes: ArrayBuffer, name: string, signal: AbortSignal, reading: Reading = {}): Promise<SourceTable> {
  const text = new Uint8Array(bytes);
  const format = formatOfName(name) ?? sniffFormat(await startOf(text));
  const options = { missing: "drop", keepTexts: TEXT_COLUMNS, name } as const;
  const context = { signal, loadLibrary };
  const table: Table & Partial<CSVTable> =
    format === "csv"
      ? await readCSV(text, { ...options, ...reading }, context)
      : await (await import("./read-records.ts"))[format](text, options, context);
  const { X, header, decimal, dropped } = table;
  const csv = decimal === undefined ? undefined : { header: header !== undefined, decimal };
  const source = sourceTable(table, name);
  return {
    ...source,
    ...(csv === undefined ? {} : { csv }),
    leftOut: leftOutOf(source, table),
    isPlain: decimal === "." && X.featureNames !== undefined && dropped.count === 0,
  };
}

/** Readers of files that few have, each loaded with the first of them. */
const loadLibrary: LoadLibrary = (name) => (name === "fzstd" ? import("fzstd") : import("read-excel-file/universal"));

/** The first bytes of a text, compressed or not. */
function startOf(bytes: Uint8Array): Uint8Array | Promise<Uint8Array> {
  const packing = packingOf(bytes);
  return packing === undefined ? bytes.subarray(0, 4096) : startOfText(bytes.subarray(0, 2 ** 18), packing, loadLibrary);
}

/** The features that only count the rows, and clocks, as the command line leaves them out. */
function leftOutOf({ X, names }: SourceTable, { header, unnamedColumns = [] }: Table): readonly LeftOut[] {
  const unnamed = header !== undefined && header[0] === unnamedColumns[0] ? names.indexOf(header[0]!) : -1;
  const found = unmeasuredColumns(X, undefined, { kinds: ["counter", "timestamp"], ...(unnamed === -1 ? {} : { unnamed }) });
  return found.map(({ column, kind }) => ({ name: names[column]!, clause: unmeasuredClause(kind, 1) }));
}

function sourceTable(table: Table & Partial<CSVTable>, name: string): SourceTable {
  const { X, dropped, remarks = [] } = table;
  const texts = remarks.find(({ code }) => code === "text-columns")?.columns ?? [];
  if (X.rows < bounds.rows.minimum)
    throw new Refusal(`${name} has ${X.rows === 1 ? "one row" : "no rows"} of numbers; it takes at least 2.`);
  if (X.columns > bounds.features.maximum)
    throw new Refusal(`${name} has ${X.columns} columns of numbers; this page takes up to ${bounds.features.maximum}.`);
  const columns = (table.kept ?? []).map(({ name: column, cells }) => ({ column: column ?? "text", cells: cells.map(String) }));
  const grouping = columns.find(({ cells }) => new Set(cells.slice(0, 20_000)).size <= GROUPS && new Set(cells).size > 1);
  const label = numericLabel(table);
  const notices = [
    ...(dropped.count === 0
      ? []
      : [
          `${counted(dropped.count, "row")} ${plural(dropped.count, "lacks", "lack")} a value and ${plural(dropped.count, "was", "were")} left out.`,
        ]),
    ...(texts.length === 0
      ? []
      : [
          `Left out as ${plural(texts.length, "a column", "columns")} of text: ${texts.join(", ")}.${grouping === undefined ? "" : ` “${grouping.column}” is shown as known groups.`}`,
        ]),
    ...(table.decimal === "," ? ["Numbers were read with decimal commas."] : []),
    ...remarks.flatMap(({ code, message }) => (code === "text-columns" ? [] : [message])),
    ...(table.encoding === "windows-1252"
      ? ["The file is not UTF-8, and was read as Windows-1252 (Western European). If letters are wrong, save it as UTF-8."]
      : []),
    ...(table.inexactColumns ?? []).map(
      (column) =>
        `“${column}” holds integers beyond 2^53, which are no longer told apart as numbers. If they identify rows, leave the column out.`,
    ),
  ];
  const names = X.featureNames ?? Array.from({ length: X.columns }, (_, j) => `column ${j + 1}`);
  const all = { name, X, names, notices };
  if (label !== undefined)
    return {
      ...without(all, label.column),
      groups: label.groups,
      notices: [...notices, "The column “label” is shown as known groups and not fitted."],
    };
  return { ...all, groups: grouping === undefined ? undefined : groupsOf(grouping.cells) };
}

/** A column called "label" of whole numbers is never an input to a fit. */
function numericLabel({ X }: Table): { column: number; groups: SourceTable["groups"] } | undefined {
  const column = X.featureNames?.indexOf("label") ?? -1;
  if (column === -1 || X.columns < 2) return undefined;
  const cells = Array.from({ length: X.rows }, (_, row) => String(X.data[row * X.columns + column]));
  return new Set(cells).size > GROUPS ? undefined : { column, groups: groupsOf(cells) };
}

function groupsOf(cells: readonly string[]): NonNullable<SourceTable["groups"]> {
  const names = [...new Set(cells)].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const codes = new Map(names.map((name, index) => [name, index]));
  return { names, codes: Int16Array.from(cells, (cell) => codes.get(cell)!) };
}

function without(table: Omit<SourceTable, "groups">, column: number): Omit<SourceTable, "groups"> {
  const { X } = table;
  const names = table.names.filter((_, j) => j !== column);
  const data = new Float64Array(X.rows * names.length);
  for (let row = 0, at = 0; row < X.rows; row++)
    for (let j = 0; j < X.columns; j++) if (j !== column) data[at++] = X.data[row * X.columns + j]!;
  return { ...table, X: { data, rows: X.rows, columns: names.length, featureNames: names }, names };
}
