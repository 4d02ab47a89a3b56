import type { BadRows } from "@mixtura/io";
import type { CSVCell } from "@mixtura/io/internal";
import type { Writing } from "./dialect.ts";
import type { Column } from "./kept.ts";
import { keptColumns } from "./kept.ts";
import { notJudgedReason } from "./not-judged.ts";

/**
 * The places of rows that were read and of rows that were not, in the order of the file: from 0 up for the former, from -1 down for the latter.
 *
 * @param rowOf the number of a row that was read, from 1
 */
export function placesInOrder(rows: number, rowOf: (row: number) => number, bad: BadRows["rows"]): Int32Array {
  const places = new Int32Array(rows + bad.length);
  let [good, left] = [0, 0];
  for (let place = 0; place < places.length; place++) {
    const isGood = left === bad.length || (good < rows && rowOf(good) <= bad[left]!.row);
    places[place] = isGood ? good++ : -1 - left++;
  }
  return places;
}

/**
 * Columns with a line for each row of the file: one that could not be read keeps its texts and has no results, but a reason.
 *
 * @param columns those that are kept, then the results
 */
export function withBadRows(
  columns: readonly Column[],
  rowOf: (row: number) => number,
  bad: BadRows | undefined,
  writing: Writing,
): Column[] {
  if (bad === undefined) return [...columns];
  const kept = keptColumns(undefined, bad.kept ?? [], writing);
  const places = placesInOrder(columns[0]?.[1].length ?? 0, rowOf, bad.rows);
  return columns.map(([name, cells], index) => {
    const own = (row: number): CSVCell =>
      index < kept.length ? kept[index]![1][row] || null : REASON.test(name) ? notJudgedReason(bad.rows[row]!) : null;
    return [name, Array.from(places, (place) => (place >= 0 ? cells[place] : own(-1 - place)))];
  });
}

/** The column of reasons. */
const REASON = /^(detected_|predicted_)?reason$/;
