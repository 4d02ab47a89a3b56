import type { Matrix } from "@mixtura/core";
import { JSONText, keptCells } from "@mixtura/io";
import type { CSVCell, KeptColumn } from "@mixtura/io/internal";
import type { Writing } from "./dialect.ts";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A column to write. */
export type Column = readonly [name: string, cells: ArrayLike<CSVCell>];

/**
 * Columns of the input that are handed on, each cell as it was read: `1234567890123456789`, `1.0` and `1e3` stay what they are. CSV does not tell
 * numbers from text; where JSON is written of it, the columns that were read as features are numbers, so that what comes out can be read again.
 * Columns without names get those under which features without names are shown.
 *
 * @param X the rows' features; absent for rows that could not be read
 */
export function keptColumns(X: Matrix | undefined, kept: readonly KeptColumn[], { format, csv, decimalRead, named }: Writing): Column[] {
  return kept.map((column) => {
    const { name, cells, bare, feature } = column;
    const shown = named ? name : `x${name}`;
    if (bare !== undefined) return [shown, keptCells(column)];
    if (format === "csv")
      return [shown, csv.decimal === decimalRead ? cells : cells.map((cell) => inDecimal(cell, decimalRead, csv.decimal!))];
    if (feature === undefined) return [shown, cells];
    const otherwise = (cell: string, row: number): CSVCell => (X === undefined ? cell || null : X.data[row * X.columns + feature]);
    return [shown, cells.map((cell, row) => asNumber(cell, decimalRead) ?? otherwise(cell, row))];
  });
}

/** A text with another decimal mark, where it is a number. */
function inDecimal(cell: string, from: string, to: string): string {
  return NUMBER.test(cell.trim().replace(from, ".")) && !(from === "," && cell.includes(".")) ? cell.replace(from, to) : cell;
}

/** A number as JSON has it, with the digits that it was written with; nothing where JSON writes it in another way. */
function asNumber(cell: string, decimal: string): JSONText | undefined {
  const text = cell.trim().replace(decimal, ".");
  return JSON_NUMBER.test(text) ? new JSONText(text) : undefined;
}
