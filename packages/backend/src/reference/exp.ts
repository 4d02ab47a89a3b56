/** Adding and subtracting 1.5·2⁵² rounds a double of modest size to the nearest integer. */
const ROUND = 6755399441055744;
const LOG2_E = 1.4426950408889634;
/** log 2 in two parts; the first has 32 bits, so that n × LN2_HIGH is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** 2⁻ⁿ at index n. */
const NEGATIVE_POWERS = Float64Array.from({ length: 1024 }, (_, n) => 2 ** -n);

/**
 * eˣ for x ≤ 0, within 1 unit in the last place; 0 below −708, where it would no longer be a normal number.
 *
 * x = n log 2 + r with |r| ≤ ½ log 2, and eʳ by its Taylor polynomial of degree 13, which leaves less than 2⁻⁵⁶ there. Additions and
 * multiplications only: it can be inlined into hot loops and gives the same bits on every JavaScript engine, neither of which holds for
 * `Math.exp`.
 *
 * @returns NaN for NaN
 */
export function expOfNegative(x: number): number {
  if (x < -708) return 0;
  const n = x * LOG2_E + ROUND - ROUND;
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  const r2 = r * r;
  const r4 = r2 * r2;
  const c2 = 0.5 + r * 0.16666666666666666 + (0.041666666666666664 + r * 0.008333333333333333) * r2;
  const c6 = 0.001388888888888889 + r * 0.0001984126984126984 + (2.48015873015873e-5 + r * 2.7557319223985893e-6) * r2;
  const c10 = 2.755731922398589e-7 + r * 2.505210838544172e-8 + (2.08767569878681e-9 + r * 1.6059043836821613e-10) * r2;
  return (1 + (r + r2 * (c2 + r4 * (c6 + r4 * c10)))) * NEGATIVE_POWERS[-n | 0]!;
}
