import type { Pace } from "../pace.ts";

/** Cells between two looks at the clock. */
const CELLS = 8192;

/** Does work on every row, giving the event loop its turns: the more columns, the fewer rows between two of them. */
export async function forEachRow(rows: number, columns: number, pace: Pace, work: (row: number) => void): Promise<void> {
  const stride = Math.max(1, Math.floor(CELLS / columns));
  for (let start = 0; start < rows; start += stride) {
    const end = Math.min(start + stride, rows);
    for (let row = start; row < end; row++) work(row);
    if (pace.due()) await pace.turn();
  }
}
