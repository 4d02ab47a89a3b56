import type { UnmeasuredKind } from "@mixtura/backend/internal/columns";
import { unmeasuredClause, unmeasuredColumns, unmeasuredReason, withoutColumns } from "@mixtura/backend/internal/columns";
import type { FittedModel, GivenProvenance } from "@mixtura/core";
import type { Table } from "@mixtura/io";
import { inSentence, plural } from "@mixtura/wording/internal";
import { Option } from "commander";
import type { RowIds } from "./row-ids.ts";
import { isCalledId } from "@mixtura/io/internal";
import type { TableChoice } from "./table.ts";

/** A table of which columns were left out that measure nothing. */
export interface FeatureTable extends Table {
  readonly leftOut?: readonly LeftOut[];
  /** What the rows are named by, where a column was left out that counts them and is called an identifier. */
  readonly counted?: RowIds;
}

/** A column that was left out, by its name or its number from 1 in a file without names. */
interface LeftOut {
  readonly column: string;
  readonly kind: UnmeasuredKind;
}

/** The flag that keeps a column of a kind. */
const FLAGS: Readonly<Record<UnmeasuredKind, string>> = {
  counter: "--keep-counters",
  timestamp: "--keep-timestamps",
  constant: "--constants strict",
};

const NAMED = 12;

/** The flags that keep such columns among the features of a fit. */
export function keepingFlags(): Option[] {
  return [
    new Option("--keep-counters", "Keep columns that only count the rows, which are left out otherwise."),
    new Option(
      "--keep-timestamps",
      "Keep columns that are clocks (whole numbers between 1990 and 2100 that never fall), which are left out otherwise.",
    ),
  ].map((option) => option.helpGroup("Data:"));
}

/** The kinds of columns that a fit leaves out. Constant ones are left to the estimator, except in detection. */
export function kindsLeftOut({ keepCounters, keepTimestamps }: Readonly<Record<string, unknown>>): readonly UnmeasuredKind[] {
  return [...(keepCounters === true ? [] : ["counter" as const]), ...(keepTimestamps === true ? [] : ["timestamp" as const])];
}

/** The flags that were given to keep columns, as they would be typed. */
export function spellKeeping({ leavesOut }: TableChoice): string[] {
  if (leavesOut === undefined) return [];
  return (["counter", "timestamp"] as const).filter((kind) => !leavesOut.includes(kind)).map((kind) => FLAGS[kind]);
}

/** Leaves out the columns of some kinds, unless `--columns` names what is to be used. The table's numbers are moved, not copied. */
export function leaveOut(table: Table, { options }: TableChoice, kinds: readonly UnmeasuredKind[]): FeatureTable {
  if (options.columns !== undefined || kinds.length === 0) return table;
  const { X, sampleWeight, header, unnamedColumns = [] } = table;
  const isIndex = header !== undefined && header[0] === unnamedColumns[0];
  const unnamed = isIndex ? X.featureNames!.indexOf(header[0]!) : -1;
  const found = unmeasuredColumns(X, sampleWeight, { kinds, ...(unnamed === -1 ? {} : { unnamed }) });
  if (found.length === 0) return table;
  const names = columnNames(table, options.weightColumn);
  const left = found.map(({ column, kind }) => ({ column: names[column]!, kind }));
  const counters = found.filter(({ column, kind }) => kind === "counter" && isCalledId(names[column]!));
  const counted = counters.length === 1 ? columnIds(X, counters[0]!.column, names[counters[0]!.column]!) : undefined;
  return {
    ...withoutFeatures(table, new Set(found.map(({ column }) => column)), names),
    leftOut: left,
    ...(counted === undefined ? {} : { counted }),
  };
}

/** A column of numbers as what rows are named by; read before the table's numbers are moved. */
function columnIds({ data, rows, columns }: Table["X"], column: number, name: string): RowIds {
  return { column: name, cells: Array.from({ length: rows }, (_, row) => String(data[row * columns + column])) };
}

/** A table without the columns that were left out of a model's training rows, where it has them and the model does not know its features by name. */
export function leaveOutAsIn(model: FittedModel, table: Table, { options }: TableChoice): Table {
  const left = leftOutNumbers(model);
  if (options.columns !== undefined || table.header !== undefined || table.X.columns !== model.featureCount + left.length) return table;
  const names = columnNames(table, options.weightColumn);
  const places = new Set(left.map((column) => names.indexOf(String(column))));
  return places.has(-1) ? table : withoutFeatures(table, places, names);
}

/** The numbers of the columns that were left out of the training rows, of a model without feature names. */
export function leftOutNumbers({ featureNames, provenance }: FittedModel): readonly number[] {
  if (featureNames !== undefined) return [];
  return (provenance?.leftOutColumns ?? [])
    .map(({ column }) => Number(column))
    .filter((column) => Number.isSafeInteger(column) && column > 0);
}

/** What a model keeps of the columns that were left out. */
export function leftOutColumns({ leftOut = [] }: FeatureTable): GivenProvenance["leftOutColumns"] {
  return leftOut.length === 0 ? undefined : leftOut.map(({ column, kind }) => ({ column, reason: unmeasuredReason(kind) }));
}

/** What was left out, and how to keep it: a sentence for each kind. */
export function leftOutSentences({ leftOut = [] }: FeatureTable): string[] {
  return [...new Set(leftOut.map(({ kind }) => kind))].map((kind) => {
    const columns = leftOut.filter((one) => one.kind === kind).map(({ column }) => column);
    const count = columns.length;
    return `Left out: ${plural(count, "column")} ${inSentence(columns, "and", NAMED)}, ${unmeasuredClause(kind, count)}. ${FLAGS[kind]} keeps ${plural(count, "it", "them")}.`;
  });
}

/** Columns that are no features because of the flags, without those that {@link leftOutSentences} is about. */
export function skippedByChoice({ skippedColumns, leftOut = [], remarks = [] }: FeatureTable): readonly string[] {
  const said = new Set([...leftOut.map(({ column }) => column), ...remarks.flatMap(({ columns = [] }) => columns)]);
  return skippedColumns.filter((name) => !said.has(name));
}

/** The names of a table's features; in a file without names their numbers there, from 1, as texts. */
export function columnNames({ X, kept = [], skippedColumns }: Table, weightColumn: string | number | undefined): readonly string[] {
  if (X.featureNames !== undefined) return X.featureNames;
  const other = new Set([
    ...skippedColumns,
    ...kept.filter(({ feature }) => feature === undefined).map(({ name }) => name),
    String(weightColumn),
  ]);
  return Array.from({ length: X.columns + other.size }, (_, at) => String(at + 1)).filter((number) => !other.has(number));
}

function withoutFeatures(table: Table, places: ReadonlySet<number>, names: readonly string[]): Table {
  const after = Array.from(names.keys()).filter((place) => !places.has(place));
  return {
    ...table,
    X: withoutColumns(table.X, places),
    skippedColumns: [...table.skippedColumns, ...Array.from(places, (place) => names[place]!)],
    ...(table.kept === undefined
      ? {}
      : {
          kept: table.kept.map(({ feature, ...column }) =>
            feature === undefined || places.has(feature) ? column : { ...column, feature: after.indexOf(feature) },
          ),
        }),
  };
}
