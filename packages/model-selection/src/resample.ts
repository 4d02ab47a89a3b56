import { MixturaError } from "@mixtura/core";
import type { Pace, Random } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { totalWeight } from "./cross-validate.ts";
import type { WeightedRows } from "./folds.ts";

/** The most numbers that a sample may have: a gigabyte of them. */
const MOST_NUMBERS = 2 ** 27;

/**
 * How many rows are drawn where as many are drawn as there are: Σ w, rounded.
 *
 * @param numbers that are made for each
 * @throws MixturaError `invalid-weight` where weights stand for more rows than can be drawn one by one
 */
export function drawnRows(data: WeightedRows, numbers: number, caller: string): number {
  const total = totalWeight(data);
  if (data.sampleWeight === undefined) return total;
  if (!(total * numbers <= MOST_NUMBERS))
    throw new MixturaError(
      "invalid-weight",
      `${caller}: the weights add up to ${total} rows, more than can be resampled. Weights are frequencies; divide them all by the same number.`,
      { found: total },
    );
  return Math.max(1, Math.round(total));
}

/** How often each row is drawn when as many are drawn as there are, by weight. */
export async function bootstrapWeights(data: WeightedRows, random: Random, pace: Pace, caller: string): Promise<Float64Array> {
  const { X, sampleWeight } = data;
  const drawn = new Float64Array(X.rows);
  if (sampleWeight === undefined) {
    await inStrides(X.rows, pace, (start, end) => {
      for (let draw = start; draw < end; draw++) drawn[random.integer(X.rows)]! += 1;
    });
    return drawn;
  }
  const upTo = new Float64Array(X.rows);
  let total = 0;
  sampleWeight.forEach((weight, row) => (upTo[row] = total += weight));
  await inStrides(drawnRows(data, 1, caller), pace, (start, end) => {
    for (let draw = start; draw < end; draw++) {
      const at = random.uniform() * total;
      let [low, high] = [0, X.rows - 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (upTo[middle]! > at) high = middle;
        else low = middle + 1;
      }
      drawn[low]! += 1;
    }
  });
  return drawn;
}

/** The weights of a part of the rows that count; 0 for the others. */
export function subsampleWeights({ X, sampleWeight }: WeightedRows, fraction: number, random: Random): Float64Array {
  const counted = Uint32Array.from({ length: X.rows }, (_, row) => row).filter(
    (row) => sampleWeight === undefined || sampleWeight[row]! > 0,
  );
  const kept = random.permutation(counted.length).subarray(0, Math.max(1, Math.round(fraction * counted.length)));
  const weights = new Float64Array(X.rows);
  for (const at of kept) weights[counted[at]!] = sampleWeight?.[counted[at]!] ?? 1;
  return weights;
}
