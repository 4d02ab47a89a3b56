import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { FEW_ROWS, sortByColumn } from "./sort-by-column.ts";

/** Rows between two looks at the clock. */
const STRIDE = 8192;

/**
 * The rows in the order of their values: by the first column, equal ones by the second, and so on. Rows that are equal throughout are
 * interchangeable, so a result computed in this order does not depend on the order in which the rows came, to the last bit.
 *
 * Scaling columns by positive factors and shifting them leaves the order as it is.
 *
 * @param rows which rows to put in order
 * @remarks O(n) time per column that is needed to distinguish rows, mostly one; O(n) memory.
 */
export async function canonicalOrder({ data, columns }: Matrix, rows: Uint32Array, pace: Pace): Promise<Uint32Array> {
  const order = rows.slice();
  await sortRun(0, order.length, 0);
  return order;

  /** Sorts `order[start … end − 1]`, rows that agree in all columns before `column`. */
  async function sortRun(start: number, end: number, column: number): Promise<void> {
    if (end - start <= FEW_ROWS) {
      if (pace.due()) await pace.turn();
      order.subarray(start, end).sort((a, b) => compareRows(a * columns, b * columns, column));
      return;
    }
    await sortByColumn(order.subarray(start, end), data, columns, column, pace);
    if (column + 1 === columns) return;
    for (let first = start, next = start + 1; next <= end; next++) {
      if (next % STRIDE === 0 && pace.due()) await pace.turn();
      if (next < end && data[order[next]! * columns + column] === data[order[first]! * columns + column]) continue;
      if (next - first > 1) await sortRun(first, next, column + 1);
      first = next;
    }
  }

  function compareRows(a: number, b: number, column: number): number {
    for (let j = column; j < columns; j++) {
      const difference = data[a + j]! - data[b + j]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
