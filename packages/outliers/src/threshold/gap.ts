import type { SortedValues } from "@mixtura/core";

/** The odds, on rows without outliers, of a gap so wide that it counts. */
const CHANCE = 0.01;
/** Spacings that a usual one is told from, at least. */
const LEAST_SPACINGS = 20;

/**
 * The middle of the gap that sets outliers apart from other rows: of those gaps that are too wide to be chance, and below which at most a share of
 * the rows lies, the innermost. The lowest score, below which no row lies, where there is none.
 *
 * Where scores have an exponential tail, as squared distances of Gaussian rows have, the gap above the i lowest scores times i is exponentially
 * distributed with the same mean for every i. Of m such spacings one is too wide where the largest of m exceeds it once in a hundred times.
 *
 * @param scores in ascending order, with weights
 * @see Rényi, On the theory of order statistics, Acta Math. Acad. Sci. Hung. 4 (1953)
 */
export function gapThreshold(scores: SortedValues, share: number): number {
  const { values, masses } = distinct(scores);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const most = share * total;
  const reach = Math.min(total / 2, Math.max(most, LEAST_SPACINGS));
  const spacings: number[] = [];
  let below = 0;
  let candidates = 0;
  for (let i = 0; i + 1 < values.length; i++) {
    below += masses[i]!;
    if (below > reach) break;
    spacings.push(below * (values[i + 1]! - values[i]!));
    if (below <= most) candidates++;
  }
  const typical = middleOf(spacings) / Math.LN2; // the median of an exponential distribution is its mean times log 2
  for (let i = candidates - 1; i >= 0; i--) {
    const odds = -Math.expm1(candidates * Math.log1p(-Math.exp(-spacings[i]! / typical)));
    if (odds < CHANCE) return values[i]! / 2 + values[i + 1]! / 2;
  }
  return values[0]!;
}

/** Scores that differ by more than the rounding of the same score, and the weight of each. */
function distinct({ values, weights }: SortedValues): { readonly values: readonly number[]; readonly masses: readonly number[] } {
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

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
