import { MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { nearest } from "@mixtura/core/internal";
import { readError } from "./errors.ts";
import { likelyIdentifiers } from "./identifiers.ts";
import type { CheckedTableOptions, ColumnChoice } from "./options.ts";

/** Which column of a file serves what; columns by index, from 0. */
export interface Layout {
  /** Fields of every row. */
  readonly width: number;
  /** Names of all columns, when the file has them. */
  readonly header?: readonly string[];
  /** Columns to which the header gives no name, by the names that they got. */
  readonly unnamed: readonly string[];
  readonly features: Int32Array;
  readonly weight?: number;
  readonly kept: readonly number[];
  /** Names (or numbers, without a header) of the columns that are not read at all. */
  readonly skippedColumns: readonly string[];
  /** Columns that nobody chose and that are no features, with what they hold instead. */
  readonly leftOut: ReadonlyMap<number, WhyLeftOut>;
  /** Whether columns were chosen, so that each has to be a feature. */
  readonly chosen: boolean;
  /** Names that stood twice, with those that the later columns got. */
  readonly renamed: readonly { readonly name: string; readonly as: string }[];
}

/** Why a column is no feature: it holds text, amounts in several currencies, nothing, or nothing in most rows. */
export type WhyLeftOut = "text" | "dates" | "currencies" | "empty" | "sparse";

/** How a column is called in a sentence: `column "age"`, or `column 3` when it has no name. */
export function columnLabel(layout: Pick<Layout, "header">, column: number): string {
  const name = layout.header?.[column];
  return name === undefined ? `column ${column + 1}` : `column ${show(name)}`;
}

/** A column's name, or its number as text when the file has no header. */
export function columnName(layout: Pick<Layout, "header">, column: number): string {
  return layout.header?.[column] ?? String(column + 1);
}

/** Fields of a row, at most: with more, something else than a field ends at the delimiter. */
const WIDEST = 2 ** 23;

/** @throws MixturaError `read-error` for more fields than a row has */
export function checkWidth(width: number, source: string): void {
  if (width <= WIDEST) return;
  throw readError(source, `a row has more than ${WIDEST} fields. If they are the rows of a table, write each on a line of its own.`);
}

/** @throws MixturaError `invalid-option` for a choice that the file does not have, `read-error` for too many fields and where no column holds numbers */
export function resolveLayout(
  width: number,
  header: readonly string[] | undefined,
  options: CheckedTableOptions,
  unfit: ReadonlyMap<number, WhyLeftOut> = new Map(),
): Layout {
  checkWidth(width, options.name);
  const { names, renamed } = header === undefined ? { names: undefined, renamed: [] } : distinctNames(header);
  const places = names === undefined ? undefined : new Map(names.map((name, column) => [name, column] as const));
  const find = (option: string, choice: ColumnChoice): number => findColumn(choice, width, names, places, option, options.name);
  const findAll = (option: "columns" | "drop" | "keep", choices: readonly ColumnChoice[]): number[] => {
    const single = choices.flatMap((choice): readonly ColumnChoice[] => columnsOfRange(choice, places) ?? [choice]);
    const found = single.map((choice) => find(option, choice));
    const before = new Set<number>();
    for (const [index, column] of found.entries()) {
      if (before.has(column))
        throw invalidChoice(
          option,
          single[index],
          `${options.name}: "${option}" names ${columnLabel({ header: names ?? [] }, column)} twice.`,
        );
      before.add(column);
    }
    return found;
  };

  const all = Array.from({ length: width }, (_, column) => column);
  const weight = options.weightColumn === undefined ? undefined : find("weightColumn", options.weightColumn);
  const passed = new Set(findAll("drop", options.drop ?? []));
  const asked = options.keep === "all" ? all : findAll("keep", options.keep ?? []);
  if (options.keep !== "all") for (const column of asked) passed.add(column);
  if (weight !== undefined) passed.add(weight);
  const texts = all.filter((column) => unfit.get(column) === "text" && !passed.has(column));
  const handedOn = [...(options.identifiers === "keep" ? likelyIdentifiers(texts, names) : []), ...texts.slice(0, options.keepTexts ?? 0)];
  const kept = options.keep === "all" || options.columns !== undefined ? asked : [...new Set([...asked, ...handedOn])];
  const chosen = options.columns !== undefined;
  const left = options.columns === undefined ? all.filter((column) => !passed.has(column)) : findAll("columns", options.columns);
  const features = chosen ? left : left.filter((column) => !unfit.has(column));
  if (left.length > 0 && features.length === 0) throw withoutNumbers(left, names, unfit, options.name);
  if (features.length === 0)
    throw invalidChoice("columns", options.columns, `${options.name}: no column is left to be a feature. It has ${listed(all, names)}.`);

  const used = new Uint8Array(width);
  for (const column of [features, kept, weight === undefined ? [] : [weight]].flat()) used[column] = 1;
  return {
    width,
    ...(names === undefined ? {} : { header: names }),
    unnamed: (names ?? []).filter((_, column) => header![column] === ""),
    features: Int32Array.from(features),
    ...(weight === undefined ? {} : { weight }),
    kept,
    skippedColumns: all.filter((column) => used[column] === 0).map((column) => columnName({ header: names ?? [] }, column)),
    leftOut: new Map(chosen ? [] : left.flatMap((column) => (unfit.has(column) ? [[column, unfit.get(column)!] as const] : []))),
    chosen,
    renamed,
  };
}

/** A layout without some of its features, by their place among these. */
export function withoutFeatures(layout: Layout, unfit: ReadonlyMap<number, WhyLeftOut>): Layout {
  const features = layout.features.filter((_, j) => !unfit.has(j));
  const used = new Set([...features, ...layout.kept, layout.weight ?? -1]);
  const left = [...layout.leftOut, ...[...unfit].map(([j, why]) => [layout.features[j]!, why] as const)].toSorted(([a], [b]) => a - b);
  const skipped = Array.from({ length: layout.width }, (_, column) => column).filter((column) => !used.has(column));
  return {
    ...layout,
    features,
    leftOut: new Map(left),
    skippedColumns: skipped.map((column) => columnName(layout, column)),
  };
}

/** The error of a table in which no column holds numbers. */
function withoutNumbers(
  columns: readonly number[],
  names: readonly string[] | undefined,
  unfit: ReadonlyMap<number, WhyLeftOut>,
  source: string,
): MixturaError<"read-error"> {
  const empty = columns.every((column) => unfit.get(column) === "empty");
  const shown = columns.slice(0, 10).map((column) => show(columnName(names === undefined ? {} : { header: names }, column)));
  const more = columns.length > shown.length ? `, … (${columns.length} in all)` : "";
  return readError(
    source,
    `no column holds numbers: ${shown.join(", ")}${more} ${columns.length === 1 ? "is" : "are"} ${empty ? "empty" : "text"}.`,
  );
}

/** The columns of a table without rows and without names of its own, such as an empty list: those that are asked for by name. */
export function chosenNames({ columns = [], keep = [], weightColumn }: CheckedTableOptions): readonly string[] {
  const asked: readonly (ColumnChoice | undefined)[] = [...columns, ...(keep === "all" ? [] : keep), weightColumn];
  return [...new Set(asked.filter((choice) => typeof choice === "string"))];
}

/** What such a table is where none is asked for. */
export const withoutColumns: Layout = {
  width: 0,
  features: new Int32Array(0),
  unnamed: [],
  kept: [],
  skippedColumns: [],
  leftOut: new Map(),
  chosen: false,
  renamed: [],
};

/** Columns without a name, such as an index column, get one; so does the second of two that share a name. */
function distinctNames(header: readonly string[]): { names: readonly string[]; renamed: { name: string; as: string }[] } {
  const taken = new Set(header);
  const met = new Set<string>();
  const renamed: { name: string; as: string }[] = [];
  const free = (name: string, first: number): string => {
    for (let count = first; ; count++) if (!taken.has(`${name}_${count}`)) return `${name}_${count}`;
  };
  const names = header.map((given, column) => {
    const name = given === "" ? `column${column + 1}` : given;
    if (!met.has(name)) {
      met.add(name);
      return name;
    }
    const as = free(name, 2);
    taken.add(as);
    met.add(as);
    renamed.push({ name, as });
    return as;
  });
  return { names: Object.freeze(names), renamed };
}

/** The most columns that a range stands for. */
const LONGEST_RANGE = 2 ** 20;

/** The numbers of `4:6`, both ends included; nothing for another choice, for a column of that name, and for a range that ends before it begins. */
export function columnsOfRange(choice: ColumnChoice, places?: ReadonlyMap<string, number>): readonly number[] | undefined {
  const range = typeof choice === "string" && places?.has(choice) !== true ? /^([1-9]\d*):([1-9]\d*)$/.exec(choice) : null;
  if (range === null) return undefined;
  const [first, last] = [Number(range[1]), Number(range[2])];
  return last < first || last - first >= LONGEST_RANGE ? undefined : Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

function findColumn(
  choice: ColumnChoice,
  width: number,
  names: readonly string[] | undefined,
  places: ReadonlyMap<string, number> | undefined,
  option: string,
  source: string,
): number {
  const byName = typeof choice === "string" ? places?.get(choice) : undefined;
  if (byName !== undefined) return byName;
  const number = typeof choice === "number" ? choice : /^[1-9]\d*$/.test(choice) ? Number(choice) : undefined;
  if (number !== undefined && number <= width) return number - 1;
  const suggestion = typeof choice === "string" ? nearest(choice, names ?? []) : undefined;
  const all = Array.from({ length: width }, (_, column) => column);
  const backwards = typeof choice === "string" && /^[1-9]\d*:[1-9]\d*$/.test(choice);
  const hint = backwards
    ? "A range is written first:last, such as 4:6."
    : suggestion === undefined
      ? `It has ${listed(all, names)}.`
      : `Did you mean "${suggestion}"?`;
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
