import { Job } from "./job";
import { screened } from "./screen";
import { madd } from "./vector";

/**
 * The nearest of the means of each of `rows` rows (a multiple of 8) at `x`: its number goes to `live` (the first of equals; the fallback where no
 * distance is a number), −½ of its squared distance to `best`. For components that differ in nothing but their means.
 */
export function nearest(job: Job, x: usize, rows: u32): void {
  const length = <usize>rows << 3;
  let screens = job.screen != 0;
  let doubtful: usize = 0;
  for (let p: usize = 0; p < length; p += 64) {
    if (screens && screened(job, x + p, p)) continue;
    nearestOfEight(job, x + p, p);
    // Where rows lie between means, or all of them far from 0, screening them is in vain.
    if (screens && (doubtful += 256) > p + 512) screens = false;
  }
}

/** Two means by eight rows at a time, as where distances are kept; here they never leave the registers. */
function nearestOfEight(job: Job, x: usize, p: usize): void {
  const xs = <usize>job.pitch;
  const size = <usize>job.padded << 3;
  const width = <usize>job.features << 3;
  const none = f64x2.splat(Infinity), fallback = i64x2.splat(job.fallback);
  let least0 = none, least1 = none, least2 = none, least3 = none;
  let label0 = fallback, label1 = fallback, label2 = fallback, label3 = fallback;
  let start = job.means;
  for (let k: u32 = 0; k < job.count; k += 2, start += size << 1) {
    const offset: usize = k + 1 < job.count ? size : 0;
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    let from = x;
    const end = start + width;
    for (let mean = start; mean < end; mean += 8, from += xs) {
      const x0 = v128.load(from), x1 = v128.load(from, 16), x2 = v128.load(from, 32), x3 = v128.load(from, 48);
      const m = v128.load64_splat(mean), n = v128.load64_splat(mean + offset);
      let t = f64x2.sub(x0, m);
      a0 = madd(t, t, a0);
      t = f64x2.sub(x1, m);
      a1 = madd(t, t, a1);
      t = f64x2.sub(x2, m);
      a2 = madd(t, t, a2);
      t = f64x2.sub(x3, m);
      a3 = madd(t, t, a3);
      t = f64x2.sub(x0, n);
      b0 = madd(t, t, b0);
      t = f64x2.sub(x1, n);
      b1 = madd(t, t, b1);
      t = f64x2.sub(x2, n);
      b2 = madd(t, t, b2);
      t = f64x2.sub(x3, n);
      b3 = madd(t, t, b3);
    }
    const first = i64x2.splat(k), second = i64x2.splat(k + 1);
    let below = f64x2.lt(a0, least0);
    least0 = v128.bitselect(a0, least0, below);
    label0 = v128.bitselect(first, label0, below);
    below = f64x2.lt(a1, least1);
    least1 = v128.bitselect(a1, least1, below);
    label1 = v128.bitselect(first, label1, below);
    below = f64x2.lt(a2, least2);
    least2 = v128.bitselect(a2, least2, below);
    label2 = v128.bitselect(first, label2, below);
    below = f64x2.lt(a3, least3);
    least3 = v128.bitselect(a3, least3, below);
    label3 = v128.bitselect(first, label3, below);
    // Where there is no second mean these are the first one's again, and below nothing.
    below = f64x2.lt(b0, least0);
    least0 = v128.bitselect(b0, least0, below);
    label0 = v128.bitselect(second, label0, below);
    below = f64x2.lt(b1, least1);
    least1 = v128.bitselect(b1, least1, below);
    label1 = v128.bitselect(second, label1, below);
    below = f64x2.lt(b2, least2);
    least2 = v128.bitselect(b2, least2, below);
    label2 = v128.bitselect(second, label2, below);
    below = f64x2.lt(b3, least3);
    least3 = v128.bitselect(b3, least3, below);
    label3 = v128.bitselect(second, label3, below);
  }
  const half = f64x2.splat(-0.5);
  const best = job.best + p;
  v128.store(best, f64x2.mul(half, least0));
  v128.store(best, f64x2.mul(half, least1), 16);
  v128.store(best, f64x2.mul(half, least2), 32);
  v128.store(best, f64x2.mul(half, least3), 48);
  const live = job.live + (p >> 1);
  v128.store(live, v128.shuffle<i32>(label0, label1, 0, 2, 4, 6));
  v128.store(live, v128.shuffle<i32>(label2, label3, 0, 2, 4, 6), 16);
}
