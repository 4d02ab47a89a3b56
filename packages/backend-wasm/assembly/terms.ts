import { smallTerms } from "./generated/small";
import { Job, SHAPE_DIAG, SHAPE_FULL, SHAPE_SHARED, SHAPE_SMALL } from "./job";
import { subtract32, whitenedSquares32 } from "./single";
import { fillNegativeInfinity, madd } from "./vector";

/**
 * Fills `terms` with the log-terms offset − ½‖W(x − μ)‖² of every component for `rows` rows (a multiple of 8) at `x`, and `best` with the
 * largest term of each row; terms that are not numbers are passed over.
 */
export function logTerms(job: Job, x: usize, rows: u32): void {
  fillNegativeInfinity(job.best, rows);
  if (job.shape == SHAPE_SMALL) {
    smallShape(job, x, rows);
    return;
  }
  for (let row: u32 = 0; row < rows; row += job.tile) {
    const at = <usize>row << 3;
    const count = min(job.tile, rows - row);
    if (job.shape == SHAPE_FULL) fullShape(job, x + at, count, at);
    else if (job.shape == SHAPE_SHARED) {
      whiten(x + at, job.pitch, job.factors, job.padded, count, job.differences, <usize>job.tile << 3);
      plainDistances(job, job.differences, <usize>job.tile << 3, count, at);
    } else if (job.shape == SHAPE_DIAG) diagonalShape(job, x + at, count, at);
    else plainDistances(job, x + at, job.pitch, count, at);
  }
}

function smallShape(job: Job, x: usize, rows: u32): void {
  const d = job.features;
  for (let k: u32 = 0; k < job.count; k++) {
    const factor = job.factors + <usize>k * job.factorStride;
    const out = job.terms + <usize>k * job.termStride;
    smallTerms(d, x, job.means + <usize>(k * d) * 8, factor, load<f64>(job.offsets + (<usize>k << 3)), out, job.best, rows);
  }
}

function fullShape(job: Job, x: usize, rows: u32, at: usize): void {
  const d = job.padded;
  const ds = <usize>job.tile << 3;
  if (job.single) {
    singleShape(job, x, rows, at);
    return;
  }
  for (let k: u32 = 0; k < job.count; k++) {
    subtract(x, job.pitch, job.means + <usize>(k * d) * 8, d, rows, job.differences, ds);
    whitenedSquares(job.differences, ds, job.factors + <usize>k * job.factorStride, d, rows, job.perRow);
    finish(job, k, job.perRow, rows, -0.5, at);
  }
}

function singleShape(job: Job, x: usize, rows: u32, at: usize): void {
  const d = job.padded;
  const ds = <usize>job.tile << 2;
  for (let k: u32 = 0; k < job.count; k++) {
    subtract32(x, job.pitch, job.means + <usize>(k * d) * 8, d, rows, job.differences, ds);
    whitenedSquares32(job.differences, ds, job.factors32 + (<usize>k * job.factorStride >> 1), d, rows, job.perRow);
    finish(job, k, job.perRow, rows, -0.5, at);
  }
}

/** `out` = x − mean, feature by feature. */
function subtract(x: usize, xs: usize, mean: usize, d: u32, rows: u32, out: usize, ds: usize): void {
  const length = <usize>rows << 3;
  for (let j: u32 = 0; j < d; j++, x += xs, out += ds, mean += 8) {
    const m = v128.load64_splat(mean);
    for (let p: usize = 0; p < length; p += 32) {
      v128.store(out + p, f64x2.sub(v128.load(x + p), m));
      v128.store(out + p, f64x2.sub(v128.load(x + p, 16), m), 16);
    }
  }
}

/**
 * `out` = ‖W y‖² per row, for y feature by feature. W is packed in panels of four of its rows, from the first column to the diagonal.
 * Tiles of four factor rows by four data rows keep eight sums in registers.
 */
export function whitenedSquares(y: usize, ys: usize, W: usize, d: u32, rows: u32, out: usize): void {
  const length = <usize>rows << 3;
  for (let p: usize = 0; p < length; p += 16) v128.store(out + p, f64x2.splat(0));
  for (let columns: u32 = 4; columns <= d; columns += 4) {
    const panel = <usize>columns << 5;
    for (let p: usize = 0; p < length; p += 32) {
      let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      let at = y + p;
      const end = W + panel;
      for (let w = W; w < end; w += 32, at += ys) {
        const y0 = v128.load(at);
        const y1 = v128.load(at, 16);
        let s = v128.load64_splat(w);
        a0 = madd(s, y0, a0);
        a1 = madd(s, y1, a1);
        s = v128.load64_splat(w, 8);
        b0 = madd(s, y0, b0);
        b1 = madd(s, y1, b1);
        s = v128.load64_splat(w, 16);
        c0 = madd(s, y0, c0);
        c1 = madd(s, y1, c1);
        s = v128.load64_splat(w, 24);
        d0 = madd(s, y0, d0);
        d1 = madd(s, y1, d1);
      }
      let q = madd(a0, a0, v128.load(out + p));
      q = madd(b0, b0, q);
      q = madd(c0, c0, q);
      v128.store(out + p, madd(d0, d0, q));
      q = madd(a1, a1, v128.load(out + p, 16));
      q = madd(b1, b1, q);
      q = madd(c1, c1, q);
      v128.store(out + p, madd(d1, d1, q), 16);
    }
    W += panel;
  }
}

/** `out` = W x for all rows, feature by feature. */
function whiten(x: usize, xs: usize, W: usize, d: u32, rows: u32, out: usize, os: usize): void {
  for (let columns: u32 = 4; columns <= d; columns += 4, out += os << 2) {
    project(x, xs, W, columns, rows, out, os);
    W += <usize>columns << 5;
  }
}

/** Four rows of `out`: a panel of four vectors of `columns` numbers times the rows at `x`; tiles as above. */
export function project(x: usize, xs: usize, panel: usize, columns: u32, rows: u32, out: usize, os: usize): void {
  const length = <usize>rows << 3;
  const end = panel + (<usize>columns << 5);
  for (let p: usize = 0; p < length; p += 32) {
    let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    let at = x + p;
    for (let w = panel; w < end; w += 32, at += xs) {
      const y0 = v128.load(at);
      const y1 = v128.load(at, 16);
      let s = v128.load64_splat(w);
      a0 = madd(s, y0, a0);
      a1 = madd(s, y1, a1);
      s = v128.load64_splat(w, 8);
      b0 = madd(s, y0, b0);
      b1 = madd(s, y1, b1);
      s = v128.load64_splat(w, 16);
      c0 = madd(s, y0, c0);
      c1 = madd(s, y1, c1);
      s = v128.load64_splat(w, 24);
      d0 = madd(s, y0, d0);
      d1 = madd(s, y1, d1);
    }
    let to = out + p;
    v128.store(to, a0);
    v128.store(to, a1, 16);
    to += os;
    v128.store(to, b0);
    v128.store(to, b1, 16);
    to += os;
    v128.store(to, c0);
    v128.store(to, c1, 16);
    to += os;
    v128.store(to, d0);
    v128.store(to, d1, 16);
  }
}

/** Terms from plain distances ‖x − μ‖², each scaled by the square of one number per component. Two components by eight rows at a time. */
function plainDistances(job: Job, x: usize, xs: usize, rows: u32, at: usize): void {
  const d = job.features;
  const size = <usize>job.padded << 3;
  const length = <usize>rows << 3;
  const scales: usize = job.shape == SHAPE_SHARED ? 0 : job.factors;
  for (let k: u32 = 0; k < job.count; k += 2) {
    const second = min(k + 1, job.count - 1);
    const offset = <isize>(<usize>(second - k) * size);
    const start = job.means + <usize>k * size;
    for (let p: usize = 0; p < length; p += 64) {
      let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      let from = x + p;
      const end = start + (<usize>d << 3);
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
      // The other scratch rows: two components' squares side by side.
      let to = job.weighted + p;
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to, a2, 32);
      v128.store(to, a3, 48);
      to += <usize>job.tile << 3;
      v128.store(to, b0);
      v128.store(to, b1, 16);
      v128.store(to, b2, 32);
      v128.store(to, b3, 48);
    }
    finish(job, k, job.weighted, rows, scaled(scales, job.factorStride, k), at);
    if (second > k) finish(job, second, job.weighted + (<usize>job.tile << 3), rows, scaled(scales, job.factorStride, second), at);
  }
}

function scaled(scales: usize, stride: u32, k: u32): f64 {
  if (scales == 0) return -0.5;
  const w = load<f64>(scales + <usize>k * stride);
  return -0.5 * w * w;
}

/** Terms from differences scaled feature by feature. Eight rows at a time. */
function diagonalShape(job: Job, x: usize, rows: u32, at: usize): void {
  const d = job.features;
  const xs = <usize>job.pitch;
  const length = <usize>rows << 3;
  for (let k: u32 = 0; k < job.count; k++) {
    const means = job.means + (<usize>(k * job.padded) << 3);
    const scales = job.factors + <usize>k * job.factorStride;
    for (let p: usize = 0; p < length; p += 64) {
      let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0;
      let from = x + p;
      let scale = scales;
      const end = means + (<usize>d << 3);
      for (let mean = means; mean < end; mean += 8, scale += 8, from += xs) {
        const m = v128.load64_splat(mean), w = v128.load64_splat(scale);
        let t = f64x2.mul(f64x2.sub(v128.load(from), m), w);
        a0 = madd(t, t, a0);
        t = f64x2.mul(f64x2.sub(v128.load(from, 16), m), w);
        a1 = madd(t, t, a1);
        t = f64x2.mul(f64x2.sub(v128.load(from, 32), m), w);
        a2 = madd(t, t, a2);
        t = f64x2.mul(f64x2.sub(v128.load(from, 48), m), w);
        a3 = madd(t, t, a3);
      }
      const to = job.perRow + p;
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to, a2, 32);
      v128.store(to, a3, 48);
    }
    finish(job, k, job.perRow, rows, -0.5, at);
  }
}

/** Turns squares into terms of component k, `at` bytes from the step's first row on, and keeps the largest of each row. */
function finish(job: Job, k: u32, squares: usize, rows: u32, scale: f64, at: usize): void {
  const out = job.terms + <usize>k * job.termStride + at;
  const best = job.best + at;
  const s = f64x2.splat(scale), c = f64x2.splat(load<f64>(job.offsets + (<usize>k << 3)));
  const length = <usize>rows << 3;
  for (let p: usize = 0; p < length; p += 16) {
    const term = madd(v128.load(squares + p), s, c);
    v128.store(out + p, term);
    v128.store(best + p, f64x2.pmax(v128.load(best + p), term));
  }
}
