import type { Pace } from "@mixtura/core/authoring";
import { inStrides, weightedQuantile } from "@mixtura/core/authoring";
import type { SortedValues } from "@mixtura/core/internal";
import { normalCdf, normalQuantile } from "@mixtura/distributions";
import { distinctScores } from "./distinct.ts";

/** The quantile that says, next to the median, how wide the bulk is: few outliers lie below it. */
const SHOULDER = 0.8;

/**
 * The score below which rows stand apart from the bulk of the rows: below every score where none does.
 *
 * The cube root of a row's distance from the best score is near normal for the rows of one bulk, for any number of features (Wilson & Hilferty,
 * for squared distances of Gaussian rows). The median and the 80% quantile of all rows say where the bulk lies and how wide it is, the upper tail of
 * the normal distribution how likely a row of it lies as far out, and Benjamini & Hochberg's procedure at `level` from where on that is too unlikely.
 *
 * Fewer than a fifth of the rows may be outliers: more of them count as a part of the bulk. Where no row stands apart, the threshold is the score at which one more row would, or the lowest score where that is lower.
 *
 * @param scores in ascending order, with weights: a row of weight w counts as w rows
 * @param level of the procedure. Rows are compared with themselves, not with clean ones, so it is the rate of nothing
 * @remarks O(n) time and memory.
 * @see Wilson & Hilferty, The distribution of chi-square, PNAS 17 (1931); Benjamini & Hochberg, Controlling the false discovery rate,
 *   J. R. Stat. Soc. B 57 (1995)
 */
export async function apartThreshold(scores: SortedValues, level: number, pace: Pace): Promise<number> {
  const { values, weights: masses } = await distinctScores(scores, pace);
  const [lowest, best] = [values[0]!, values.at(-1)!];
  const roots = await rootDistances(values, pace);
  const bulk = bulkOf(roots, masses.toReversed());
  if (bulk === undefined) return lowest;

  const total = masses.reduce((sum, mass) => sum + mass, 0);
  let [apart, chance, beyond] = [0, Math.min(level / total, 1), 0];
  for (let i = 0; i + 1 < values.length; i++) {
    const tail = normalCdf((bulk.centre - roots[values.length - 1 - i]!) / bulk.deviation);
    if (tail > level) break;
    beyond += masses[i]!;
    if (tail <= (level * beyond) / total) [apart, chance] = [i + 1, (level * beyond) / total];
  }

  const farthest = Math.max(0, bulk.centre - bulk.deviation * normalQuantile(chance));
  const threshold = Math.max(-Number.MAX_VALUE, best - farthest ** 3);
  return apart === 0 ? Math.min(threshold, lowest) : between(values[apart - 1]!, values[apart]!, threshold);
}

/** Cube roots of the distances from the best score, in ascending order. */
async function rootDistances(values: Float64Array, pace: Pace): Promise<Float64Array> {
  const farthest = values.length - 1;
  const roots = new Float64Array(values.length);
  await inStrides(values.length, pace, (start, end) => {
    for (let i = start; i < end; i++) roots[i] = Math.cbrt(values[farthest]! - values[farthest - i]!);
  });
  return roots;
}

/**
 * Centre and deviation of the normal distribution that has the median and the 80% quantile of the values.
 *
 * Where both are one value, the next one takes the place of the 80% quantile, as the quantile of the fraction that lies below it: what is rarest
 * of a few values is not apart for that. Nothing where there is no other value, so nothing to measure by.
 */
function bulkOf(values: Float64Array, weights: Float64Array): { readonly centre: number; readonly deviation: number } | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const centre = weightedQuantile({ values, weights }, 0.5);
  let [next, below] = [0, 0];
  while (next < values.length && values[next]! <= centre) below += weights[next++]!;
  if (next === values.length) return undefined;
  // The order statistic at or below the place of the 80% quantile decides: what interpolation adds to a tie is no width.
  const tied = below > SHOULDER * (total - 1);
  const [outer, fraction] = tied ? [values[next]!, below / total] : [weightedQuantile({ values, weights }, SHOULDER), SHOULDER];
  return { centre, deviation: (outer - centre) / normalQuantile(fraction) };
}

/** A threshold above one score and not above the next: the one that was computed, unless its rounding has moved it over one of them. */
function between(last: number, next: number, threshold: number): number {
  if (threshold > last && threshold <= next) return threshold;
  const middle = last / 2 + next / 2;
  return middle > last ? middle : next;
}
