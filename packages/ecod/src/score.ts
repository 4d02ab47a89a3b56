import type { Tails } from "./distribution.ts";
import { leftSurprise, rightSurprise } from "./distribution.ts";
import type { TailRule } from "./options.ts";

/** Features of a fitted model, and which of their tails count. */
export interface Surprises {
  readonly features: readonly Tails[];
  readonly rule: TailRule;
}

/** How outlying a row is: a sum of −log tail probabilities, in nats; 0 is the least. O(d log n), without allocation. */
export function surpriseOf({ features, rule }: Surprises, data: ArrayLike<number>, at: number): number {
  let [left, right, skewed, rarer] = [0, 0, 0, 0];
  for (let j = 0; j < features.length; j++) {
    const feature = features[j]!;
    const x = data[at + j]!;
    const low = leftSurprise(feature, x);
    const high = rightSurprise(feature, x);
    left += low;
    right += high;
    skewed += feature.skewedLeft ? low : high;
    rarer += Math.max(low, high);
  }
  return rule === "feature" ? rarer : Math.max(left, right, skewed);
}

/** What each feature adds to {@link surpriseOf}, written to `out`: the terms of the sum that was the largest. */
export function contributionsOf({ features, rule }: Surprises, data: ArrayLike<number>, at: number, out: Float64Array): void {
  let [left, right, skewed] = [0, 0, 0];
  for (let j = 0; j < features.length; j++) {
    const low = leftSurprise(features[j]!, data[at + j]!);
    const high = rightSurprise(features[j]!, data[at + j]!);
    left += low;
    right += high;
    skewed += features[j]!.skewedLeft ? low : high;
  }
  const most = Math.max(left, right, skewed);
  for (let j = 0; j < features.length; j++) {
    const feature = features[j]!;
    const low = leftSurprise(feature, data[at + j]!);
    const high = rightSurprise(feature, data[at + j]!);
    // Among equal sums that of the skewed tails speaks: it names the tail that is long anyway.
    if (rule === "feature") out[j] = Math.max(low, high);
    else if (skewed === most) out[j] = feature.skewedLeft ? low : high;
    else out[j] = left === most ? low : high;
  }
}
