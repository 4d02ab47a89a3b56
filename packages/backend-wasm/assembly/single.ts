import { Job } from "./job";
import { addScalar, addTo, lanes, pairSum } from "./vector";

// The kernels of full factors and scatters in single precision: four rows at a time instead of two. Differences are taken in double precision
// before they are rounded; squares and products are added up in double precision after a tile.

/** a·b + c for four rows. */
// @ts-ignore: decorator
@inline
export function madd32(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Two pairs of doubles as four singles. */
// @ts-ignore: decorator
@inline
export function round(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5);
}

// @ts-ignore: decorator
@inline
function low(a: v128): v128 {
  return f64x2.promote_low_f32x4(a);
}

// @ts-ignore: decorator
@inline
function high(a: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(a, a, 1, 1));
}

/** `out` = x − mean in single precision. `rows` is a multiple of 8, `os` bytes lie between two features. */
export function subtract32(x: usize, xs: usize, mean: usize, d: u32, rows: u32, out: usize, os: usize): void {
  const length = <usize>rows << 3;
  for (let j: u32 = 0; j < d; j++, x += xs, out += os, mean += 8) {
    const m = v128.load64_splat(mean);
    for (let p: usize = 0; p < length; p += 32) {
      v128.store(out + (p >> 1), round(f64x2.sub(v128.load(x + p), m), f64x2.sub(v128.load(x + p, 16), m)));
    }
  }
}

/** As whitenedSquares in assembly/terms.ts; `out` is in double precision. */
export function whitenedSquares32(y: usize, ys: usize, W: usize, d: u32, rows: u32, out: usize): void {
  const length = <usize>rows << 2;
  for (let p: usize = 0; p < length << 1; p += 16) v128.store(out + p, f64x2.splat(0));
  for (let columns: u32 = 4; columns <= d; columns += 4) {
    const panel = <usize>columns << 4;
    for (let p: usize = 0; p < length; p += 32) {
      let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      let at = y + p;
      const end = W + panel;
      for (let w = W; w < end; w += 16, at += ys) {
        const y0 = v128.load(at);
        const y1 = v128.load(at, 16);
        let s = v128.load32_splat(w);
        a0 = madd32(s, y0, a0);
        a1 = madd32(s, y1, a1);
        s = v128.load32_splat(w, 4);
        b0 = madd32(s, y0, b0);
        b1 = madd32(s, y1, b1);
        s = v128.load32_splat(w, 8);
        c0 = madd32(s, y0, c0);
        c1 = madd32(s, y1, c1);
        s = v128.load32_splat(w, 12);
        d0 = madd32(s, y0, d0);
        d1 = madd32(s, y1, d1);
      }
      const q0 = madd32(a0, a0, madd32(b0, b0, madd32(c0, c0, f32x4.mul(d0, d0))));
      const q1 = madd32(a1, a1, madd32(b1, b1, madd32(c1, c1, f32x4.mul(d1, d1))));
      const to = out + (p << 1);
      addTo(to, low(q0));
      addTo(to + 16, high(q0));
      addTo(to + 32, low(q1));
      addTo(to + 48, high(q1));
    }
    W += panel;
  }
}

/** Differences and weighted differences of the rows of a tile in single precision; first moments in double. Returns the rows used. */
export function weigh32(job: Job, x: usize, responsibilities: usize, rows: u32, centre: usize, s1: usize): u32 {
  const length = <usize>rows << 3;
  const ds = <usize>job.tile << 2;
  let differences = job.differences, weighted = job.weighted;
  for (let j: u32 = 0; j < job.padded; j++) {
    const c = v128.load64_splat(centre);
    let a = f64x2.splat(0), b = a;
    for (let p: usize = 0; p < length; p += 32) {
      const u = f64x2.sub(v128.load(x + p), c), v = f64x2.sub(v128.load(x + p, 16), c);
      const wu = f64x2.mul(v128.load(responsibilities + p), u), wv = f64x2.mul(v128.load(responsibilities + p, 16), v);
      v128.store(differences + (p >> 1), round(u, v));
      v128.store(weighted + (p >> 1), round(wu, wv));
      a = f64x2.add(a, wu);
      b = f64x2.add(b, wv);
    }
    addScalar(s1, lanes(f64x2.add(a, b)));
    x += job.pitch;
    differences += ds;
    weighted += ds;
    centre += 8;
    s1 += 8;
  }
  return rows;
}

/** As {@link weigh32}, for the rows listed in `live` alone, filled up with zeros to a multiple of 4. Returns that multiple. */
export function gather32(job: Job, x: usize, responsibilities: usize, live: u32, centre: usize, s1: usize): u32 {
  const padded = (live + 3) & ~3;
  const ds = <usize>job.tile << 2;
  let differences = job.differences, weighted = job.weighted;
  for (let j: u32 = 0; j < job.padded; j++) {
    const c = load<f64>(centre);
    let sum: f64 = 0;
    for (let q: u32 = 0; q < live; q++) {
      const p = <usize>load<u32>(job.live + (<usize>q << 2)) << 3;
      const u = load<f64>(x + p) - c;
      const w = load<f64>(responsibilities + p) * u;
      store<f32>(differences + (<usize>q << 2), <f32>u);
      store<f32>(weighted + (<usize>q << 2), <f32>w);
      sum += w;
    }
    for (let q = live; q < padded; q++) {
      store<f32>(differences + (<usize>q << 2), 0);
      store<f32>(weighted + (<usize>q << 2), 0);
    }
    addScalar(s1, sum);
    x += job.pitch;
    differences += ds;
    weighted += ds;
    centre += 8;
    s1 += 8;
  }
  return padded;
}

/** As addTiles in assembly/tiles.ts. */
export function addTiles32(a: usize, b: usize, stride: usize, d: u32, rows: u32, S: usize): void {
  const length = <usize>rows << 2;
  const line = <usize>d << 3;
  const s2 = stride << 1, s3 = s2 + stride;
  for (let i: u32 = 0; i < d; i += 4) {
    const ai = a + <usize>i * stride;
    let to = S + <usize>i * line;
    let bj = b;
    for (let j: u32 = 0; j < i + 4; j += 2, to += 16, bj += s2) {
      let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      let y = bj;
      const end = ai + length;
      for (let w = ai; w < end; w += 16, y += 16) {
        const y0 = v128.load(y);
        const y1 = v128.load(y + stride);
        let r = v128.load(w);
        a0 = madd32(r, y0, a0);
        a1 = madd32(r, y1, a1);
        r = v128.load(w + stride);
        b0 = madd32(r, y0, b0);
        b1 = madd32(r, y1, b1);
        r = v128.load(w + s2);
        c0 = madd32(r, y0, c0);
        c1 = madd32(r, y1, c1);
        r = v128.load(w + s3);
        d0 = madd32(r, y0, d0);
        d1 = madd32(r, y1, d1);
      }
      let at = to;
      addTo(at, pairSum(f64x2.add(low(a0), high(a0)), f64x2.add(low(a1), high(a1))));
      at += line;
      addTo(at, pairSum(f64x2.add(low(b0), high(b0)), f64x2.add(low(b1), high(b1))));
      at += line;
      addTo(at, pairSum(f64x2.add(low(c0), high(c0)), f64x2.add(low(c1), high(c1))));
      at += line;
      addTo(at, pairSum(f64x2.add(low(d0), high(d0)), f64x2.add(low(d1), high(d1))));
    }
  }
}
