import type { Random } from "@mixtura/core";
import { totalWeight } from "./cross-validate.ts";
import type { WeightedRows } from "./folds.ts";

/** How often each row is drawn when as many are drawn as there are, by weight. */
export function bootstrapWeights(data: WeightedRows, random: Random): Float64Array {
  const { X, sampleWeight } = data;
  const drawn = new Float64Array(X.rows);
  if (sampleWeight === undefined) {
    for (let draw = 0; draw < X.rows; draw++) drawn[random.integer(X.rows)]! += 1;
    return drawn;
  }
  const upTo = new Float64Array(X.rows);
  let total = 0;
  sampleWeight.forEach((weight, row) => (upTo[row] = total += weight));
  const draws = Math.max(1, Math.round(totalWeight(data)));
  for (let draw = 0; draw < draws; draw++) {
    const at = random.uniform() * total;
    let [low, high] = [0, X.rows - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (upTo[middle]! > at) high = middle;
      else low = middle + 1;
    }
    drawn[low]! += 1;
  }
  return drawn;
}

/** The weights of a part of the rows; 0 for the others. */
export function subsampleWeights({ X, sampleWeight }: WeightedRows, fraction: number, random: Random): Float64Array {
  const kept = random.permutation(X.rows).subarray(0, Math.max(1, Math.round(fraction * X.rows)));
  const weights = new Float64Array(X.rows);
  for (const row of kept) weights[row] = sampleWeight?.[row] ?? 1;
  return weights;
}
