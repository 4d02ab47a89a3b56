import type { Pace } from "@mixtura/core/authoring";
import type { SortedValues } from "@mixtura/core/internal";

/** The distribution of one feature: its different values in ascending order, and how many training rows have each (Σ w). */
export interface Distribution {
  readonly values: Float64Array;
  readonly masses: Float64Array;
  /** Third standardised moment; only its sign is used. 0 for a constant feature. */
  readonly skewness: number;
}

/** −log of the tail probabilities of a feature, ready to look up. */
export interface Tails {
  readonly values: Float64Array;
  /** Entry i: −log P(X ≤ values[i]). */
  readonly left: Float64Array;
  /** Entry i: −log P(X ≥ values[i]). */
  readonly right: Float64Array;
  readonly skewedLeft: boolean;
}

/** Equal values are put together. */
export function distributionOf({ values, weights }: SortedValues, skewness: number): Distribution {
  const different = new Float64Array(values.length);
  const masses = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (i === 0 || values[i] !== values[i - 1]) different[count++] = values[i]! + 0;
    masses[count - 1]! += weights[i]!;
  }
  return { values: different.slice(0, count), masses: masses.slice(0, count), skewness };
}

/** The tails of a distribution. Right tails are summed from the right, so that small ones keep their digits. */
export function tailsOf({ values, masses, skewness }: Distribution): Tails {
  const n = values.length;
  const left = new Float64Array(n);
  const right = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) left[i] = sum += masses[i]!;
  const total = sum;
  sum = 0;
  for (let i = n - 1; i >= 0; i--) right[i] = sum += masses[i]!;
  const surprise = (whole: number) => (mass: number) => Math.max(0, -logRatio(mass, whole));
  return { values, left: left.map(surprise(total)), right: right.map(surprise(sum)), skewedLeft: skewness < 0 };
}

/** log (mass / whole), also where the quotient is below the doubles that have all their digits. */
function logRatio(mass: number, whole: number): number {
  const ratio = mass / whole;
  return ratio > LEAST_NORMAL ? Math.log(ratio) : Math.log(mass) - Math.log(whole);
}

const LEAST_NORMAL = 2 ** -1022;

/**
 * −log P(X ≤ x). Below all that was seen it is that of half the outermost value's rows: rarer than anything seen, and finite.
 *
 * @remarks O(log n) time, no memory.
 */
export function leftSurprise({ values, left }: Tails, x: number): number {
  const at = countBelow(values, x, true);
  return at === 0 ? left[0]! + Math.LN2 : left[at - 1]!;
}

/** −log P(X ≥ x), as {@link leftSurprise}. */
export function rightSurprise({ values, right }: Tails, x: number): number {
  const at = countBelow(values, x, false);
  return at === values.length ? right[at - 1]! + Math.LN2 : right[at]!;
}

/** How many values are below x, or not above it. */
function countBelow(values: Float64Array, x: number, orEqual: boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle]!;
    if (value < x || (orEqual && value === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Third standardised moment, m₃ / m₂^(3/2), about the mean. Deviations are measured in the largest of them, so that no cube leaves the range of
 * doubles; deviations within the rounding of the values count as none.
 */
export async function skewnessOf({ values, weights }: SortedValues, pace: Pace): Promise<number> {
  const [least, most] = [values[0]!, values.at(-1)!];
  const scale = Math.max(Math.abs(least), Math.abs(most));
  if (!(most / scale - least / scale > 4 * Number.EPSILON)) return 0;
  let weight = 0;
  let mean = 0; // of values / scale
  for (let i = 0; i < values.length; i++) {
    weight += weights[i]!;
    mean += (values[i]! / scale - mean) * (weights[i]! / weight);
    if (i % 8192 === 0 && pace.due()) await pace.turn();
  }
  const reach = Math.max(most / scale - mean, mean - least / scale);
  let [m1, m2, m3] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const u = (values[i]! / scale - mean) / reach;
    const w = weights[i]! / weight;
    m1 += w * u;
    m2 += w * u * u;
    m3 += w * u * u * u;
    if (i % 8192 === 0 && pace.due()) await pace.turn();
  }
  // The mean was rounded: moments about it are brought to those about the true one.
  const variance = m2 - m1 * m1;
  const cube = variance ** 1.5;
  // 0 where one row's weight is so large that the others are lost to rounding.
  return cube > 0 ? (m3 - 3 * m1 * m2 + 2 * m1 ** 3) / cube + 0 : 0;
}
