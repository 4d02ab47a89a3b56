import { greatestOf, leastOf } from "@mixtura/core/internal";
import type { MissingTexts } from "../table/missing.ts";
import type { HeadRow } from "./head.ts";
import { truthValue, writtenNumber } from "./written.ts";

/** Years, which name columns more often than they are measured. */
const FIRST_YEAR = 1500;
const LAST_YEAR = 2200;

/** Whether a row holds names: texts alone, numbers in quotes above numbers without, or years above something else. */
export function isHeader(first: HeadRow, below: readonly HeadRow[], missing: MissingTexts): boolean {
  const said = first.cells.filter((cell) => !missing.has(cell));
  if (said.length === 0) return false;
  const numbers = said.filter((cell) => writtenNumber(cell) !== undefined).length;
  if (numbers === 0) return !said.every((cell) => !Number.isNaN(truthValue(cell))) || below.length === 0;
  return isQuotedHeader(first, below) || isYears(first, below);
}

/** Programs that put names and texts in quotes, and no numbers, show by that what a row of numbers is. */
function isQuotedHeader({ quoted, cells }: HeadRow, below: readonly HeadRow[]): boolean {
  if (below.length === 0 || !quoted.every(Boolean)) return false;
  return cells.every((cell, column) => !isNumber(cell) || below.every((row) => row.quoted[column] !== true));
}

/** Whether the numbers of a row are years at equal steps, and what stands below them is none: far away, or with decimals. */
function isYears({ cells }: HeadRow, below: readonly HeadRow[]): boolean {
  const places = cells.flatMap((cell, column) => (isNumber(cell) ? [column] : []));
  const years = places.map((column) => Number(cells[column]));
  const step = years[1]! - years[0]!;
  if (years.length < 2 || step === 0 || below.length < 2) return false;
  if (!years.every((year, k) => Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR && year === years[0]! + k * step))
    return false;
  return places.every((column, k) => {
    const values = below.map((row) => Number(row.cells[column] === "" ? NaN : row.cells[column])).filter((value) => !Number.isNaN(value));
    if (values.length === 0) return true;
    const [low, high] = [leastOf(values), greatestOf(values)];
    const reach = high - low;
    const apart = years[k]! < low - reach || years[k]! > high + reach;
    return apart || 2 * values.filter((value) => !Number.isInteger(value)).length > values.length;
  });
}

function isNumber(cell: string): boolean {
  return cell.trim() !== "" && !Number.isNaN(Number(cell));
}

/**
 * A header for rows of another width: without the empty names behind the last column, with an empty one for row names (as R writes them) or for what an
 * additional delimiter at the end of each row parts off.
 */
export function headerColumns(names: readonly string[], width: number, rows: readonly HeadRow[]): readonly string[] {
  let end = names.length;
  while (end > width && names[end - 1] === "") end--;
  if (end !== names.length) return names.slice(0, end);
  if (rows.length === 0 || names.length + 1 !== width || !rows.every(({ cells }) => cells.length === width)) return names;
  if (rows.every(({ cells }) => cells.at(-1)!.trim() === "")) return [...names, ""];
  // Beneath a single name, two fields are rather one number with a comma.
  return names.length > 1 ? ["", ...names] : names;
}
