import { Job } from "./job";
import { madd32, round } from "./single";
import { madd } from "./vector";

/**
 * The nearest means of the eight rows at `x`, found in single precision where that leaves no doubt: numbers to `live`, −½ of the squared
 * distances, in double precision, to `best`, both the same bits as without this path. Returns whether there was no doubt for any of the eight.
 *
 * Of ‖x − μ‖² = ‖x‖² − 2 (xᵀμ − ½‖μ‖²) only the bracket distinguishes means, and four rows of it are computed at a time where distances in
 * double precision take two, in one operation instead of two. Rounding moves a bracket by no more than (d + 8) 2⁻²⁴ (‖x‖ M + ½M²), where M is
 * the length of the longest mean; a winner ahead of all others by twice that is the nearest. What is not a number, overflows or underflows is
 * in doubt.
 */
export function screened(job: Job, x: usize, p: usize): bool {
  const d = job.features;
  const xs = <usize>job.pitch;
  const rows = job.differences;
  const end = rows + (<usize>d << 5);
  let n0 = f32x4.splat(0), n1 = n0;
  let from = x;
  for (let to = rows; to < end; to += 32, from += xs) {
    const y0 = round(v128.load(from), v128.load(from, 16)), y1 = round(v128.load(from, 32), v128.load(from, 48));
    v128.store(to, y0);
    v128.store(to, y1, 16);
    n0 = madd32(y0, y0, n0);
    n1 = madd32(y1, y1, n1);
  }
  const none = f32x4.splat(-Infinity);
  let best0 = none, best1 = none, second0 = none, second1 = none;
  let label0 = i32x4.splat(0), label1 = label0;
  const scores = job.weighted;
  let w = job.screen;
  for (let k: u32 = 0; k < job.count; k += 4) {
    let a0 = v128.load32_splat(w), b0 = v128.load32_splat(w, 4), c0 = v128.load32_splat(w, 8), d0 = v128.load32_splat(w, 12);
    let a1 = a0, b1 = b0, c1 = c0, d1 = d0;
    w += 16;
    for (let y = rows; y < end; y += 32, w += 16) {
      const y0 = v128.load(y), y1 = v128.load(y, 16);
      let m = v128.load32_splat(w);
      a0 = madd32(m, y0, a0);
      a1 = madd32(m, y1, a1);
      m = v128.load32_splat(w, 4);
      b0 = madd32(m, y0, b0);
      b1 = madd32(m, y1, b1);
      m = v128.load32_splat(w, 8);
      c0 = madd32(m, y0, c0);
      c1 = madd32(m, y1, c1);
      m = v128.load32_splat(w, 12);
      d0 = madd32(m, y0, d0);
      d1 = madd32(m, y1, d1);
    }
    v128.store(scores, a0);
    v128.store(scores, a1, 16);
    v128.store(scores, b0, 32);
    v128.store(scores, b1, 48);
    v128.store(scores, c0, 64);
    v128.store(scores, c1, 80);
    v128.store(scores, d0, 96);
    v128.store(scores, d1, 112);
    // Of equals neither is ahead, so which of them leads does not matter.
    for (let j: u32 = 0; j < 4; j++) {
      const at = scores + (<usize>j << 5);
      const s0 = v128.load(at), s1 = v128.load(at, 16);
      const name = i32x4.splat(k + j);
      label0 = v128.bitselect(name, label0, f32x4.gt(s0, best0));
      label1 = v128.bitselect(name, label1, f32x4.gt(s1, best1));
      second0 = f32x4.pmax(second0, f32x4.pmin(s0, best0));
      second1 = f32x4.pmax(second1, f32x4.pmin(s1, best1));
      best0 = f32x4.pmax(best0, s0);
      best1 = f32x4.pmax(best1, s1);
    }
  }
  // Behind the panels: what the doubt grows by with ‖x‖, and what it is at least.
  const slope = v128.load32_splat(w), least = v128.load32_splat(w, 4);
  const clear0 = f32x4.gt(f32x4.sub(best0, second0), madd32(f32x4.sqrt(n0), slope, least));
  const clear1 = f32x4.gt(f32x4.sub(best1, second1), madd32(f32x4.sqrt(n1), slope, least));
  if (!i32x4.all_true(v128.and(clear0, clear1))) return false;
  const live = job.live + (p >> 1);
  v128.store(live, label0);
  v128.store(live, label1, 16);
  measure(job, x, p, label0, label1);
  return true;
}

/** −½ of the squared distances of eight rows to the means given for them, by the operations of `nearest`. */
function measure(job: Job, x: usize, p: usize, label0: v128, label1: v128): void {
  const xs = <usize>job.pitch;
  const size = <usize>job.padded << 3;
  const means = job.means;
  const end = <usize>job.features << 3;
  const m0 = means + <usize>i32x4.extract_lane(label0, 0) * size, m1 = means + <usize>i32x4.extract_lane(label0, 1) * size;
  const m2 = means + <usize>i32x4.extract_lane(label0, 2) * size, m3 = means + <usize>i32x4.extract_lane(label0, 3) * size;
  const m4 = means + <usize>i32x4.extract_lane(label1, 0) * size, m5 = means + <usize>i32x4.extract_lane(label1, 1) * size;
  const m6 = means + <usize>i32x4.extract_lane(label1, 2) * size, m7 = means + <usize>i32x4.extract_lane(label1, 3) * size;
  let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0;
  for (let j: usize = 0; j < end; j += 8, x += xs) {
    let t = f64x2.sub(v128.load(x), v128.load64_lane(m1 + j, v128.load64_zero(m0 + j), 1));
    a0 = madd(t, t, a0);
    t = f64x2.sub(v128.load(x, 16), v128.load64_lane(m3 + j, v128.load64_zero(m2 + j), 1));
    a1 = madd(t, t, a1);
    t = f64x2.sub(v128.load(x, 32), v128.load64_lane(m5 + j, v128.load64_zero(m4 + j), 1));
    a2 = madd(t, t, a2);
    t = f64x2.sub(v128.load(x, 48), v128.load64_lane(m7 + j, v128.load64_zero(m6 + j), 1));
    a3 = madd(t, t, a3);
  }
  const half = f64x2.splat(-0.5);
  const best = job.best + p;
  v128.store(best, f64x2.mul(half, a0));
  v128.store(best, f64x2.mul(half, a1), 16);
  v128.store(best, f64x2.mul(half, a2), 32);
  v128.store(best, f64x2.mul(half, a3), 48);
}
