import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { nearest } from "@mixtura/core/internal";
import { readError } from "./errors.ts";
import type { CheckedTableOptions, ColumnChoice } from "./options.ts";

/** Which column of a file serves what; columns by index, from 0. */
export interface Layout {
  /** Fields of every row. */
  readonly width: number;
  /** Names of all columns, when the file has them. */
  readonly header?: readonly string[];
  readonly features: Int32Array;
  readonly weight?: number;
  readonly kept: readonly number[];
  /** Names (or numbers, without a header) of the columns that are not read at all. */
  readonly skippedColumns: readonly string[];
}

/** How a column is called in a sentence: `column "age"`, or `column 3` when it has no name. */
export function columnLabel(layout: Pick<Layout, "header">, column: number): string {
  const name = layout.header?.[column];
  return name === undefined ? `column ${column + 1}` : `column ${show(name)}`;
}

/** A column's name, or its number as text when the file has no header. */
export function columnName(layout: Pick<Layout, "header">, column: number): string {
  return layout.header?.[column] ?? String(column + 1);
}

/** @throws MixturaError `invalid-option` for a choice that the file does not have, `read-error` for repeated names */
export function resolveLayout(width: number, header: readonly string[] | undefined, options: CheckedTableOptions): Layout {
  const names = header === undefined ? undefined : fillNames(header);
  if (names !== undefined) checkUnique(names, options.name);
  const find = (option: string, choice: ColumnChoice): number => findColumn(choice, width, names, option, options.name);
  const findAll = (option: "columns" | "drop" | "keep", choices: readonly ColumnChoice[]): number[] => {
    const found = choices.map((choice) => find(option, choice));
    const again = found.findIndex((column, index) => found.indexOf(column) !== index);
    if (again !== -1)
      throw invalidChoice(
        option,
        choices[again],
        `${options.name}: "${option}" names ${columnLabel({ header: names ?? [] }, found[again]!)} twice.`,
      );
    return found;
  };

  const all = Array.from({ length: width }, (_, column) => column);
  const weight = options.weightColumn === undefined ? undefined : find("weightColumn", options.weightColumn);
  const dropped = findAll("drop", options.drop ?? []);
  const kept = options.keep === "all" ? all : findAll("keep", options.keep ?? []);
  const left = (column: number): boolean =>
    column !== weight && !dropped.includes(column) && (options.keep === "all" || !kept.includes(column));
  const features = options.columns === undefined ? all.filter(left) : findAll("columns", options.columns);
  if (features.length === 0)
    throw invalidChoice("columns", options.columns, `${options.name}: no column is left to be a feature. It has ${listed(all, names)}.`);

  const used = new Set([...features, ...kept, ...(weight === undefined ? [] : [weight])]);
  return {
    width,
    ...(names === undefined ? {} : { header: names }),
    features: Int32Array.from(features),
    ...(weight === undefined ? {} : { weight }),
    kept,
    skippedColumns: all.filter((column) => !used.has(column)).map((column) => columnName({ header: names ?? [] }, column)),
  };
}

/** Columns without a name, such as an index column, get one. */
function fillNames(header: readonly string[]): readonly string[] {
  return Object.freeze(header.map((name, column) => (name === "" ? `column${column + 1}` : name)));
}

function checkUnique(names: readonly string[], source: string): void {
  const first = new Map<string, number>();
  for (const [column, name] of names.entries()) {
    const before = first.get(name);
    if (before !== undefined) {
      throw readError(
        source,
        `columns ${before + 1} and ${column + 1} are both called ${show(name)}. Rename one, so that columns can be told apart by name.`,
        { column: name },
      );
    }
    first.set(name, column);
  }
}

function findColumn(choice: ColumnChoice, width: number, names: readonly string[] | undefined, option: string, source: string): number {
  if (typeof choice === "string") {
    const byName = names?.indexOf(choice) ?? -1;
    if (byName !== -1) return byName;
  }
  const number = typeof choice === "number" ? choice : /^[1-9]\d*$/.test(choice) ? Number(choice) : undefined;
  if (number !== undefined && number <= width) return number - 1;
  const suggestion = typeof choice === "string" ? nearest(choice, names ?? []) : undefined;
  const all = Array.from({ length: width }, (_, column) => column);
  const hint = suggestion === undefined ? `It has ${listed(all, names)}.` : `Did you mean "${suggestion}"?`;
  throw invalidChoice(option, choice, `${source}: "${option}" asks for column ${show(choice)}, which is not there. ${hint}`);
}

function listed(columns: readonly number[], names: readonly string[] | undefined): string {
  if (names === undefined) return `${columns.length} ${columns.length === 1 ? "column" : "columns"} without names; choose by number`;
  const shown = columns.slice(0, 10).map((column) => names[column]!);
  return `the columns ${shown.join(", ")}${columns.length > shown.length ? `, … (${columns.length} in all)` : ""}`;
}

function invalidChoice(option: string, found: unknown, message: string): MixturaError<"invalid-option"> {
  return new MixturaError("invalid-option", message, { option, found });
}
