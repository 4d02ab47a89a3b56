import type { Matrix } from "@mixtura/core";
import type { Pace } from "@mixtura/core/authoring";
import { forEachRow } from "@mixtura/core/authoring";

/** The least and the largest value of each feature. */
export interface Ranges {
  /** Length d. */
  readonly least: Float64Array;
  /** Length d. */
  readonly largest: Float64Array;
}

/** One pass over all rows. */
export async function rangesOf({ data, rows, columns }: Matrix, pace: Pace): Promise<Ranges> {
  const least = new Float64Array(columns).fill(Infinity);
  const largest = new Float64Array(columns).fill(-Infinity);
  await forEachRow(rows, columns, pace, (row) => {
    for (let j = 0; j < columns; j++) {
      const value = data[row * columns + j]!;
      if (value < least[j]!) least[j] = value;
      if (value > largest[j]!) largest[j] = value;
    }
  });
  return { least, largest };
}
