import type { Pace, Random } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";

/** At most so many rows in order, each set of rows as likely as any other (selection sampling, Knuth's algorithm S). */
export async function sampleOfRows(rows: number, most: number, random: Random, pace: Pace): Promise<Int32Array> {
  const wanted = Math.min(rows, most);
  const kept = new Int32Array(wanted);
  let count = 0;
  await inStrides(rows, pace, (start, end) => {
    for (let row = start; row < end && count < wanted; row++) {
      if (wanted === rows || random.uniform() * (rows - row) < wanted - count) kept[count++] = row;
    }
  });
  return kept;
}
