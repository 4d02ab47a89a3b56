import type { Pace } from "@mixtura/core/authoring";
import type { SortedValues } from "@mixtura/core/internal";
import { distinctScores } from "./distinct.ts";

/** How often a gap is found that is none, on rows without outliers. */
const CHANCE = 0.01;
/** Spacings beyond the fraction that usual ones are told from: at least as many as below it, and no fewer than this where there are as many. */
const REFERENCE = 100;
/** Spacings are not looked at beyond this fraction of the rows: there scores have no tail. */
const FARTHEST = 0.9;
/** With fewer spacings than these nothing is known of usual ones. */
const LEAST_REFERENCE = 5;

/**
 * The middle of the gap that divides outliers from other rows: of those gaps that are too wide to be chance, and below which at most a fraction of
 * the rows lies, the innermost. The lowest score, below which no row lies, where there is none.
 *
 * Where scores have an exponential tail, as squared distances of Gaussian rows have, the gap above the i lowest scores times i is exponentially
 * distributed with the same mean for every i, independently (Rényi). The mean of k such spacings beyond the fraction says what is usual; one of the m
 * below it is too wide where the widest of m is as wide once in a hundred times: an exponential variable exceeds t times the mean of k others with
 * probability (1 + t / k)⁻ᵏ.
 *
 * @param scores in ascending order, with weights
 * @see Rényi, On the theory of order statistics, Acta Math. Acad. Sci. Hung. 4 (1953)
 */
export async function gapThreshold(scores: SortedValues, fraction: number, pace: Pace): Promise<number> {
  const { values, weights: masses } = await distinctScores(scores, pace);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const most = fraction * total;
  const reach = Math.min(FARTHEST * total, most + Math.max(most, REFERENCE));
  const spacings: number[] = [];
  let [below, candidates, usual] = [0, 0, 0];
  for (let i = 0; i + 1 < values.length; i++) {
    below += masses[i]!;
    if (below > reach) break;
    const spacing = below * (values[i + 1]! - values[i]!);
    spacings.push(spacing);
    if (below <= most) candidates++;
    else usual += spacing;
  }
  const reference = spacings.length - candidates;
  if (reference < LEAST_REFERENCE) return values[0]!;
  for (let i = candidates - 1; i >= 0; i--) {
    const single = (1 + spacings[i]! / usual) ** -reference;
    if (-Math.expm1(candidates * Math.log1p(-single)) < CHANCE) return values[i]! / 2 + values[i + 1]! / 2;
  }
  return values[0]!;
}
