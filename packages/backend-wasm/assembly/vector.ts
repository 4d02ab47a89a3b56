/** Two rows at a time: the arithmetic that every kernel shares. */

/** a·b + c, in one rounding where the binary is built with relaxed SIMD. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** The sum of both lanes. */
// @ts-ignore: decorator
@inline
export function lanes(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** [sum of a's lanes, sum of b's lanes]. */
// @ts-ignore: decorator
@inline
export function pairSum(a: v128, b: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
}

/** Adds to the two numbers at an address. */
// @ts-ignore: decorator
@inline
export function addTo(address: usize, value: v128): void {
  v128.store(address, f64x2.add(v128.load(address), value));
}

/** Adds to the number at an address. */
// @ts-ignore: decorator
@inline
export function addScalar(address: usize, value: f64): void {
  store<f64>(address, load<f64>(address) + value);
}

/** Fills with zeros. Both must be multiples of 16. */
export function clear(address: usize, bytes: usize): void {
  memory.fill(address, 0, bytes);
}

/**
 * eˣ for x ≤ 0 within 1 unit in the last place, 0 where x < floor (which is −708 at the lowest) and for NaN.
 *
 * x = n log 2 + r with |r| ≤ ½ log 2; eʳ by a minimax polynomial of degree 11; the power of two by its exponent bits.
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128, floor: v128): v128 {
  const round = constant(0); // 1.5·2⁵²: adding it rounds to an integer
  const inside = f64x2.ge(x, floor);
  const t = madd(x, constant(1), round);
  const n = f64x2.sub(t, round);
  let r = madd(n, constant(2), x);
  r = madd(n, constant(3), r);
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const r8 = f64x2.mul(r4, r4);
  const p01 = madd(r, constant(4), constant(5));
  const p23 = madd(r, constant(6), constant(7));
  const p45 = madd(r, constant(8), constant(9));
  const p67 = madd(r, constant(10), constant(11));
  const p89 = madd(r, constant(12), constant(13));
  let p = madd(madd(p67, r2, p45), r4, madd(p23, r2, p01));
  p = madd(p89, r8, p);
  const one = constant(14);
  const e = f64x2.add(madd(p, r2, r), one);
  const power = i64x2.add(i64x2.shl(t, 52), one);
  return v128.and(f64x2.mul(e, power), inside);
}

/** The constants of {@link exp}, each for both lanes: one load each is cheaper than making them anew in every round of a loop. */
const EXP = memory.data<f64>([
  6755399441055744.0, 6755399441055744.0, 1.4426950408889634, 1.4426950408889634, -0.6931471803691238, -0.6931471803691238,
  -1.9082149292705877e-10, -1.9082149292705877e-10, 0.16666666666666669, 0.16666666666666669, 0.5000000000000001, 0.5000000000000001,
  0.008333333333330065, 0.008333333333330065, 0.041666666666624164, 0.041666666666624164, 0.00019841269863040545, 0.00019841269863040545,
  0.0013888888917196719, 0.0013888888917196719, 2.7557268480310024e-6, 2.7557268480310024e-6, 2.4801521322368692e-5, 2.4801521322368692e-5,
  2.5100375832561234e-8, 2.5100375832561234e-8, 2.7620075879983367e-7, 2.7620075879983367e-7, 1.0, 1.0,
], 16);

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load(EXP + (index << 4));
}

/** Natural logarithm of positive normal numbers, within 1 unit in the last place (the method of fdlibm's log). */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const mantissa = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), f64x2.splat(1.0));
  const big = f64x2.gt(mantissa, f64x2.splat(1.4142135623730951));
  const m = f64x2.mul(mantissa, v128.bitselect(f64x2.splat(0.5), f64x2.splat(1.0), big));
  // The exponent as a double: its bits below those of 2⁵², less what they stand on.
  const biased = v128.or(i64x2.shr_u(x, 52), f64x2.splat(4503599627370496.0));
  const k = f64x2.add(f64x2.sub(biased, f64x2.splat(4503599627371519.0)), v128.and(big, f64x2.splat(1.0)));
  const f = f64x2.sub(m, f64x2.splat(1.0));
  const half = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2.0)));
  const z = f64x2.mul(s, s);
  let p = madd(z, f64x2.splat(1.479819860511658591e-1), f64x2.splat(1.531383769920937332e-1));
  p = madd(p, z, f64x2.splat(1.818357216161805012e-1));
  p = madd(p, z, f64x2.splat(2.222219843214978396e-1));
  p = madd(p, z, f64x2.splat(2.857142874366239149e-1));
  p = madd(p, z, f64x2.splat(3.999999999940941908e-1));
  p = madd(p, z, f64x2.splat(6.666666666666735130e-1));
  const rest = f64x2.mul(s, madd(p, z, half));
  const low = madd(k, f64x2.splat(1.9082149292705877e-10), rest);
  const correction = f64x2.sub(f64x2.sub(half, low), f);
  return f64x2.sub(f64x2.mul(k, f64x2.splat(0.6931471803691238)), correction);
}

/** Fills numbers with −∞. */
export function fillNegativeInfinity(address: usize, count: u32): void {
  const end = address + (<usize>count << 3);
  for (; address < end; address += 16) v128.store(address, f64x2.splat(-Infinity));
}
