import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import type { SortedValues } from "@mixtura/core/internal";

/** Scores that differ by more than the rounding of the same score, with the weight of each; rows of weight 0 are not among them. */
export async function distinctScores({ values, weights }: SortedValues, pace: Pace): Promise<SortedValues> {
  const different = new Float64Array(values.length);
  const masses = new Float64Array(values.length);
  let count = 0;
  await inStrides(values.length, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const [value, weight] = [values[i]!, weights[i]!];
      if (weight === 0) continue;
      const last = count === 0 ? -Infinity : different[count - 1]!;
      if (count === 0 || value - last > 1e-12 * Math.max(Math.abs(last), Math.abs(value))) different[count++] = value;
      masses[count - 1]! += weight;
    }
  });
  return { values: different.subarray(0, count), weights: masses.subarray(0, count) };
}
