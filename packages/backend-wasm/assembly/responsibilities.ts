import { ASSIGN_HARD, Job } from "./job";
import { addScalar, exp, lanes, log, madd } from "./vector";

/** The smallest responsibility that still counts as live: 2⁻⁵³. */
const LIVE: f64 = 1.1102230246251565e-16;
/**
 * Terms this much below the best of their row are left out of a pass: e⁻⁴⁸ < 2e-21, so that a million such rows add less than 1e-13 of a
 * variance to a component that holds one row.
 */
const NEGLIGIBLE: f64 = -48.0;
/** Sums of rows are multiplied up this often before one logarithm is taken of them. */
const PRODUCT_ROWS: u32 = 16;

/** Row weights of rows p and p+1: 1 where none are given, 0 from row `rows` on. */
// @ts-ignore: decorator
@inline
export function weightsAt(weights: usize, p: u32, rows: u32): v128 {
  const w = weights ? v128.load(weights + (<usize>p << 3)) : f64x2.splat(1);
  if (p + 2 <= rows) return w;
  return p < rows ? f64x2.replace_lane(w, 1, 0) : f64x2.splat(0);
}

/**
 * Turns the log-terms of a step into responsibilities times row weights, in place, and adds to the four scalars at `scalars`: weight,
 * log-likelihood, its classification form, live pairs. Rows from `rows` on get responsibilities of 0.
 */
export function assignSoftly(job: Job, first: u32, rows: u32, scalars: usize, exact: bool): void {
  const k = job.count;
  const stride = <usize>job.termStride;
  const weights = job.weights ? job.weights + (<usize>first << 3) : 0;
  const floor = f64x2.splat(exact ? -708.0 : NEGLIGIBLE);
  const one = f64x2.splat(1);
  const live = f64x2.splat(LIVE);
  const infinity = f64x2.splat(Infinity);
  let mass = f64x2.splat(0), best = mass, logs = mass, product = one;
  let pairs = i64x2.splat(0);
  let pending: u32 = 0;
  for (let p: u32 = 0; p < rows; p += 4) {
    const at = <usize>p << 3;
    const w0 = weightsAt(weights, p, rows), w1 = weightsAt(weights, p + 2, rows);
    let m0 = v128.load(job.best + at), m1 = v128.load(job.best + at, 16);
    if (v128.any_true(f64x2.eq(f64x2.min(m0, m1), f64x2.splat(-Infinity)))) {
      m0 = takeIn(job, p, m0, w0, scalars);
      m1 = takeIn(job, p + 2, m1, w1, scalars);
    }
    let s0 = f64x2.splat(0), s1 = s0;
    let t = job.terms + at;
    for (let j: u32 = 0; j < k; j++, t += stride) {
      const e0 = exp(f64x2.sub(v128.load(t), m0), floor);
      const e1 = exp(f64x2.sub(v128.load(t, 16), m1), floor);
      v128.store(t, e0);
      v128.store(t, e1, 16);
      s0 = f64x2.add(s0, e0);
      s1 = f64x2.add(s1, e1);
    }
    const u0 = f64x2.gt(w0, f64x2.splat(0)), u1 = f64x2.gt(w1, f64x2.splat(0));
    const scale0 = f64x2.div(w0, s0), scale1 = f64x2.div(w1, s1);
    // A responsibility is live where its exponential is above the sum's 2⁻⁵³rd part; none is in a row without weight.
    const limit0 = v128.bitselect(f64x2.mul(s0, live), infinity, u0), limit1 = v128.bitselect(f64x2.mul(s1, live), infinity, u1);
    t = job.terms + at;
    for (let j: u32 = 0; j < k; j++, t += stride) {
      const e0 = v128.load(t), e1 = v128.load(t, 16);
      pairs = i64x2.add(pairs, i64x2.add(f64x2.gt(e0, limit0), f64x2.gt(e1, limit1))); // true is −1
      v128.store(t, f64x2.mul(e0, scale0));
      v128.store(t, f64x2.mul(e1, scale1), 16);
    }
    mass = f64x2.add(mass, f64x2.add(w0, w1));
    best = madd(w0, m0, madd(w1, m1, best));
    if (weights) {
      logs = madd(w0, log(s0), madd(w1, log(s1), logs));
      continue;
    }
    product = f64x2.mul(product, f64x2.mul(v128.bitselect(s0, one, u0), v128.bitselect(s1, one, u1)));
    if (++pending == PRODUCT_ROWS) {
      logs = f64x2.add(logs, log(product));
      product = one;
      pending = 0;
    }
  }
  logs = f64x2.add(logs, log(product));
  addScalar(scalars, lanes(mass));
  addScalar(scalars + 8, lanes(best) + lanes(logs));
  addScalar(scalars + 16, lanes(best));
  addScalar(scalars + 24, -<f64>(i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1)));
}

/** Turns the largest terms of rows in `best` into the logarithms of the sums of their terms' exponentials; −∞ stays. */
export function logSums(job: Job, rows: u32): void {
  const stride = <usize>job.termStride;
  const floor = f64x2.splat(-708);
  for (let p: u32 = 0; p < rows; p += 4) {
    const at = <usize>p << 3;
    const m0 = v128.load(job.best + at), m1 = v128.load(job.best + at, 16);
    let s0 = f64x2.splat(0), s1 = s0;
    let t = job.terms + at;
    for (let j: u32 = 0; j < job.count; j++, t += stride) {
      s0 = f64x2.add(s0, exp(f64x2.sub(v128.load(t), m0), floor));
      s1 = f64x2.add(s1, exp(f64x2.sub(v128.load(t, 16), m1), floor));
    }
    const none = f64x2.splat(-Infinity);
    v128.store(job.best + at, v128.bitselect(m0, f64x2.add(m0, log(s0)), f64x2.eq(m0, none)));
    v128.store(job.best + at, v128.bitselect(m1, f64x2.add(m1, log(s1)), f64x2.eq(m1, none)), 16);
  }
}

/**
 * Rows p and p+1 where no term is above −∞: they go to the fallback wholly, as if its term were 0, and count −∞ towards the log-likelihood.
 *
 * @param best the largest terms of the two rows; returned with 0 where there was none
 */
function takeIn(job: Job, p: u32, best: v128, w: v128, scalars: usize): v128 {
  const lost = f64x2.eq(best, f64x2.splat(-Infinity));
  const fallback = job.terms + <usize>job.fallback * job.termStride + (<usize>p << 3);
  v128.store(fallback, v128.andnot(v128.load(fallback), lost));
  if (v128.any_true(v128.and(lost, f64x2.gt(w, f64x2.splat(0))))) {
    addScalar(scalars + 8, -Infinity);
    addScalar(scalars + 16, -Infinity);
  }
  return v128.andnot(best, lost);
}

/** Writes the likeliest component of each row to `live` (the first of equals; the fallback where no term is above −∞). */
export function likeliest(job: Job, rows: u32): void {
  const stride = <usize>job.termStride;
  for (let p: u32 = 0; p < rows; p += 2) {
    let t = job.terms + (<usize>p << 3);
    let max = f64x2.splat(-Infinity);
    let label = i64x2.splat(job.fallback);
    for (let j: u32 = 0; j < job.count; j++, t += stride) {
      const value = v128.load(t);
      const above = f64x2.gt(value, max);
      max = v128.bitselect(value, max, above);
      label = v128.bitselect(i64x2.splat(j), label, above);
    }
    store<u32>(job.live + (<usize>p << 2), <u32>i64x2.extract_lane(label, 0));
    store<u32>(job.live + (<usize>p << 2), <u32>i64x2.extract_lane(label, 1), 4);
  }
}

/**
 * Writes each row's group to `live` and its weight to `perRow`: the likeliest component under hard assignment, else the given label, where
 * −1 leaves a row out. Adds to the scalars as {@link assignSoftly} does.
 */
export function assign(job: Job, first: u32, rows: u32, scalars: usize): void {
  const hard = job.assignment == ASSIGN_HARD;
  if (hard && !job.nearest) likeliest(job, rows);
  if (hard && job.weights == 0) {
    countAll(job, rows, scalars);
    return;
  }
  const weights = job.weights ? job.weights + (<usize>first << 3) : 0;
  const labels = job.labels ? job.labels + (<usize>first << 2) : 0;
  let mass: f64 = 0, best: f64 = 0;
  let pairs: u32 = 0;
  for (let p: u32 = 0; p < rows; p++) {
    const at = <usize>p << 3;
    let w = weights ? load<f64>(weights + at) : 1.0;
    if (!hard) {
      let label: i32 = labels ? load<i32>(labels + (<usize>p << 2)) : 0;
      // Also −1, as the largest of all: no label reaches beyond the sums.
      if (<u32>label >= job.count) {
        label = 0;
        w = 0;
      }
      store<u32>(job.live + (<usize>p << 2), label);
    }
    store<f64>(job.perRow + at, w);
    if (w == 0) continue;
    mass += w;
    pairs++;
    if (hard) best += w * load<f64>(job.best + at);
  }
  addScalar(scalars, mass);
  addScalar(scalars + 8, best);
  addScalar(scalars + 16, best);
  addScalar(scalars + 24, <f64>pairs);
}

/** What {@link assign} does when every row counts once. */
function countAll(job: Job, rows: u32, scalars: usize): void {
  let best: f64 = 0;
  for (let p: u32 = 0; p < rows; p++) {
    store<f64>(job.perRow + (<usize>p << 3), 1);
    best += load<f64>(job.best + (<usize>p << 3));
  }
  addScalar(scalars, rows);
  addScalar(scalars + 8, best);
  addScalar(scalars + 16, best);
  addScalar(scalars + 24, rows);
}

/** Writes the groups and weights left by {@link assign} as responsibilities, for kernels that need those. Rows from `rows` to `padded` get 0. */
export function responsibilitiesOfGroups(job: Job, rows: u32, padded: u32): void {
  for (let j: u32 = 0; j < job.count; j++) memory.fill(job.terms + <usize>j * job.termStride, 0, <usize>padded << 3);
  for (let p: u32 = 0; p < rows; p++) {
    const group = load<u32>(job.live + (<usize>p << 2));
    store<f64>(job.terms + <usize>group * job.termStride + (<usize>p << 3), load<f64>(job.perRow + (<usize>p << 3)));
  }
}
