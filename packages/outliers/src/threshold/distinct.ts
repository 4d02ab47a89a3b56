import type { SortedValues } from "@mixtura/core/internal";

/** Scores that differ, in ascending order, and the weight of each. */
export interface DistinctScores {
  readonly values: readonly number[];
  readonly masses: readonly number[];
}

/** Scores that differ by more than the rounding of the same score, and the weight of each; rows of weight 0 are not among them. */
export function distinctScores({ values, weights }: SortedValues): DistinctScores {
  const different: number[] = [];
  const masses: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (weights[i] === 0) continue;
    const last = different.at(-1);
    if (last === undefined || values[i]! - last > 1e-12 * Math.max(Math.abs(last), Math.abs(values[i]!))) {
      different.push(values[i]!);
      masses.push(0);
    }
    masses[masses.length - 1]! += weights[i]!;
  }
  return { values: different, masses };
}
