import { isMixturaError, MixturaError } from "@mixtura/core";
import { isCalledId } from "@mixtura/io/internal";
import type { KeptColumn } from "@mixtura/io/internal";
import { grouped } from "@mixtura/wording/internal";
import { Option } from "commander";
import type { FeatureTable } from "./left-out.ts";
import type { TableChoice } from "./table.ts";
import { shellPath } from "../report/shell-path.ts";

/** What rows are named by: a column, and its text for each row. */
export interface RowIds {
  readonly column: string;
  readonly cells: readonly string[];
}

/** `--id`. */
export function idOption(): Option {
  return new Option(
    "--id <column>",
    "The column that rows are named by in all that is shown and written. It is not used as a feature. Default: the one column besides the features that is called like an identifier, or holds another text in each row.",
  ).helpGroup("Data:");
}

/** How a table is read so that the column of `--id`, or one that is dropped and called like an identifier, is handed on and is no feature. */
export function namingRows(choice: TableChoice): TableChoice {
  const { id, options } = choice;
  const { keep, drop = [] } = options;
  const named = id === undefined ? drop.filter((name) => typeof name === "string" && isCalledId(name)) : [id];
  const found = id === undefined ? { identifiers: "keep" as const } : {};
  if (named.length === 0) return { ...choice, options: { ...options, ...found } };
  const read = keep === "all" ? { drop: [...new Set([...drop, ...named])] } : { keep: [...new Set([...(keep ?? []), ...named])] };
  return { ...choice, options: { ...options, ...read, ...found } };
}

/** The same for rows of which results are written: only what was asked for is handed on. */
export function handingOnIds(choice: TableChoice): TableChoice {
  return choice.id === undefined ? choice : namingRows(choice);
}

/**
 * The column that rows are named by: that of `--id`, else the one column besides the features that is called like an identifier, or holds a text of its own
 * for each row.
 *
 * @param isWhole whether these are all rows, so that it shows whether the identifiers are different
 */
export function idsAmong(kept: readonly KeptColumn[] | undefined, id: string | undefined, isWhole: boolean): RowIds | undefined {
  if (kept === undefined) return undefined;
  if (id !== undefined) {
    const found =
      kept.find(({ name }) => name === id) ?? (/^[1-9]\d*$/.test(id) ? kept.find(({ feature }) => feature === undefined) : undefined);
    return found && { column: found.name, cells: found.cells };
  }
  const candidates = kept.filter(({ cells, feature }) => feature === undefined && (!isWhole || areDifferent(cells)));
  const called = candidates.filter(({ name }) => isCalledId(name));
  // Texts that all differ name rows, by any name; numbers that differ may measure something.
  const texts = (): KeptColumn[] => candidates.filter(({ cells }) => cells.some((cell) => Number.isNaN(Number(cell))));
  const [only, ...others] = called.length > 0 || !isWhole ? called : texts();
  return only === undefined || others.length > 0 ? undefined : { column: only.name, cells: only.cells };
}

/** What the rows of a fit are named by. */
export function idsOf({ kept, counted }: FeatureTable, { id }: TableChoice): RowIds | undefined {
  return idsAmong(kept, id, true) ?? counted;
}

function areDifferent(cells: readonly string[]): boolean {
  return cells.every((cell) => cell !== "") && new Set(cells).size === cells.length;
}

/** A row as a table names it: by its identifier where there is one, else by its number from 1. */
export function rowCell(ids: RowIds | undefined, index: number, row: number): string {
  return ids?.cells[index] ?? grouped(row);
}

/** An error about the column of `--id` in the words of that flag: it is read as one that is kept, or dropped. */
export function aboutId(error: unknown, { id }: TableChoice): unknown {
  if (id === undefined || !isMixturaError(error, "invalid-option") || error.detail.found !== id) return error;
  return new MixturaError(
    "invalid-option",
    error.message.replace(/"(?:keep|drop)" asks/, "--id asks"),
    { ...error.detail, option: "id" },
    { cause: error },
  );
}

/** `--id` as it would be typed, where it was given. */
export function spellId(id: string | undefined): string[] {
  return id === undefined ? [] : [`--id ${shellPath(id)}`];
}
