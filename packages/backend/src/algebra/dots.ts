/** Rows of a tile. */
export const TILE = 4;

/** Up to this order plain loops are faster than tiles. Both give the same bits. */
export const PLAIN_ORDER = 8;

/** The first rows of a d×d matrix, left to plain loops, so that whole tiles remain: there the sums are shortest. */
export function plainRows(d: number): number {
  return d <= PLAIN_ORDER ? d : d % TILE;
}

/**
 * Subtracts from a tile of 4 × 2 numbers the dot products of four stretches of `a` with two stretches of `b`: each pair of numbers loaded
 * serves several products, and eight sums run side by side. Every sum is taken in order, so a tile gives the bits of the plain loop.
 *
 * @param tile `out[tile + r * down + c * across]` for r < 4, c < 2
 * @param a0 start of the first stretch of `a`; the others follow at distances of `aStep`
 * @param b0 start of the first stretch of `b`; the other follows at a distance of `bStep`
 */
export function subtractDots(
  out: Float64Array,
  tile: number,
  down: number,
  across: number,
  a: Float64Array,
  a0: number,
  aStep: number,
  b: Float64Array,
  b0: number,
  bStep: number,
  length: number,
): void {
  const tile1 = tile + down;
  const tile2 = tile1 + down;
  const tile3 = tile2 + down;
  let s00 = out[tile]!;
  let s10 = out[tile1]!;
  let s20 = out[tile2]!;
  let s30 = out[tile3]!;
  let s01 = out[tile + across]!;
  let s11 = out[tile1 + across]!;
  let s21 = out[tile2 + across]!;
  let s31 = out[tile3 + across]!;
  const a1 = a0 + aStep;
  const a2 = a1 + aStep;
  const a3 = a2 + aStep;
  const b1 = b0 + bStep;
  for (let t = 0; t < length; t++) {
    const left = b[b0 + t]!;
    const right = b[b1 + t]!;
    const x0 = a[a0 + t]!;
    const x1 = a[a1 + t]!;
    s00 -= x0 * left;
    s01 -= x0 * right;
    s10 -= x1 * left;
    s11 -= x1 * right;
    const x2 = a[a2 + t]!;
    const x3 = a[a3 + t]!;
    s20 -= x2 * left;
    s21 -= x2 * right;
    s30 -= x3 * left;
    s31 -= x3 * right;
  }
  out[tile] = s00;
  out[tile1] = s10;
  out[tile2] = s20;
  out[tile3] = s30;
  out[tile + across] = s01;
  out[tile1 + across] = s11;
  out[tile2 + across] = s21;
  out[tile3 + across] = s31;
}
