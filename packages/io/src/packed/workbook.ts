import { isMixturaError, MixturaError } from "@mixtura/core";
import { show } from "@mixtura/core/authoring";
import { readError } from "../table/errors.ts";
import type { LoadLibrary } from "./library.ts";
import { optionalLibrary } from "./library.ts";

/** How a sheet is written as CSV. */
export interface SheetChoice {
  /** Its name, or its number from 1. */
  readonly sheet: string | number;
  readonly delimiter: string;
  readonly decimal: "." | ",";
}

/** A number of a cell, with the digits that the file has. */
interface Digits {
  readonly digits: string;
}

type Cell = string | boolean | Date | Digits | null;

/** What is used of the package read-excel-file. */
interface ExcelReader {
  readonly readSheet: (file: ArrayBuffer, sheet: string | number, options: object) => Promise<readonly (readonly Cell[])[]>;
}

/**
 * A sheet of an .xlsx workbook as CSV: numbers with their digits (12 % is 0.12), dates as 2024-01-31 or 2024-01-31T08:30:00, what a formula gave. Rows and columns that are
 * empty at the end are left out.
 *
 * @throws MixturaError `read-error`, `invalid-option` for a sheet that is not there, `not-supported` where the package is missing
 */
export async function sheetAsCSV(
  bytes: Uint8Array,
  { sheet, delimiter, decimal }: SheetChoice,
  name: string,
  load: LoadLibrary | undefined,
): Promise<string> {
  const { readSheet } = await optionalLibrary<ExcelReader>("read-excel-file/universal", `${name} looks like an Excel workbook`, load);
  const number = typeof sheet === "string" && /^[1-9]\d*$/.test(sheet) ? Number(sheet) : sheet;
  const options = { trim: false, parseNumber: (digits: string): Digits => ({ digits }) };
  try {
    const rows = await readSheet(bytes.slice().buffer, sheet, options).catch((error: unknown) => {
      if (number === sheet || !isMissingSheet(error)) throw error;
      return readSheet(bytes.slice().buffer, number, options);
    });
    return csvOf(rows, delimiter, decimal);
  } catch (error) {
    if (isMixturaError(error)) throw error;
    const { message } = error as Error;
    if (isMissingSheet(error))
      throw new MixturaError(
        "invalid-option",
        `${name}: "sheet" asks for ${show(sheet)}, which is not there. It has the sheets ${message.replace(/^.*Available sheets: /s, "")}.`,
        { option: "sheet", found: sheet },
        { cause: error },
      );
    throw readError(
      name,
      `this ZIP file is no Excel workbook that can be read (${message}). Unpack it, or save the table as CSV.`,
      {},
      { cause: error },
    );
  }
}

function isMissingSheet(error: unknown): boolean {
  return error instanceof Error && /^Sheet (?:not found|number out of bounds)/.test(error.message);
}

function csvOf(rows: readonly (readonly Cell[])[], delimiter: string, decimal: string): string {
  const texts = rows.map((row) => row.map((cell) => cellText(cell, decimal)));
  const height = texts.findLastIndex((row) => row.some((text) => text !== "")) + 1;
  const width = texts.reduce((most, row) => Math.max(most, row.findLastIndex((text) => text !== "") + 1), 0);
  return texts
    .slice(0, height)
    .map((row) => Array.from({ length: width }, (_, column) => quoted(row[column] ?? "", delimiter)).join(delimiter) + "\n")
    .join("");
}

function cellText(cell: Cell, decimal: string): string {
  if (cell === null || typeof cell === "string") return cell ?? "";
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (cell instanceof Date) return dateText(cell);
  return decimal === "." ? cell.digits : cell.digits.replace(".", decimal);
}

/** Excel holds days as doubles, in which seconds are off by some microseconds. */
function dateText(date: Date): string {
  const time = Math.round(date.getTime() / 10) * 10;
  if (Number.isNaN(time)) return "";
  const text = new Date(time).toISOString().slice(0, -1);
  return text.replace(/\.000$/, "").replace(/T00:00:00$/, "");
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
