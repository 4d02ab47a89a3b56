import { Job } from "./job";
import { project, whitenedSquares } from "./terms";
import { fillNegativeInfinity } from "./vector";

/**
 * Half a unit below the responsibility that passes leave out (see ./responsibilities.ts), so that rounding never leaves out what they would keep: the
 * responsibilities, and so all sums, are the same bits as without this path.
 */
const HOPELESS: f64 = -48.5;

/**
 * As logTerms of full factors, but components that cannot matter for a row are left at −∞.
 *
 * Each row's likeliest component is guessed from the pass before. Its own term is computed, which bounds the best from below. For every other
 * component j a direction is known along which it lies away from the guessed one, i: with the unit vector v along Wⱼ(μᵢ − μⱼ),
 * ‖Wⱼ(x − μⱼ)‖ ≥ |vᵀWⱼ(x − μᵢ) + ‖Wⱼ(μᵢ − μⱼ)‖|, which costs d multiplications instead of d²/2. Only where that leaves hope is the
 * term computed. A wrong guess costs time, nothing else.
 */
export function hopefulTerms(job: Job, first: u32, x: usize, rows: u32, padded: u32): void {
  const k = job.count;
  fillNegativeInfinity(job.best, padded);
  for (let j: u32 = 0; j < k; j++) fillNegativeInfinity(job.terms + <usize>j * job.termStride, padded);
  const guesses = job.guesses + (<usize>first << 2);
  // Rows beyond the data get a term that is a number, as those of the dense path have.
  for (let p = rows; p < padded; p++) {
    store<f64>(job.terms + (<usize>p << 3), 0);
    store<f64>(job.best + (<usize>p << 3), 0);
  }
  sortByGuess(job, guesses, rows);
  for (let i: u32 = 0; i < k; i++) {
    const count = countOf(job, i);
    for (let start: u32 = 0; start < count; start += job.tile) {
      const list = listOf(job, i) + (<usize>start << 2);
      const taken = min(job.tile, count - start);
      computeListed(job, i, x, list, taken, 0);
      keepHopeful(job, i, list, taken);
    }
  }
  for (let j: u32 = 0; j < k; j++) {
    const hopeful = load<u32>(job.counts + (<usize>(k + j) << 2));
    for (let start: u32 = 0; start < hopeful; start += job.tile) {
      computeListed(job, j, x, hopefulOf(job, j) + (<usize>start << 2), min(job.tile, hopeful - start), guesses);
    }
  }
}

// @ts-ignore: decorator
@inline
function countOf(job: Job, i: u32): u32 {
  return load<u32>(job.counts + (<usize>i << 2));
}

/** Rows guessed to belong to component i, and rows that component j may matter for: two lists per component. */
// @ts-ignore: decorator
@inline
function listOf(job: Job, i: u32): usize {
  return job.lists + (<usize>(i * job.step) << 2);
}

// @ts-ignore: decorator
@inline
function hopefulOf(job: Job, j: u32): usize {
  return job.lists + (<usize>((job.count + j) * job.step) << 2);
}

function sortByGuess(job: Job, guesses: usize, rows: u32): void {
  memory.fill(job.counts, 0, <usize>job.count << 3);
  for (let p: u32 = 0; p < rows; p++) {
    const guess = load<u32>(guesses + (<usize>p << 2));
    append(job.counts + (<usize>guess << 2), listOf(job, guess), p);
  }
}

// @ts-ignore: decorator
@inline
function append(counter: usize, list: usize, row: u32): void {
  const count = load<u32>(counter);
  store<u32>(list + (<usize>count << 2), row);
  store<u32>(counter, count + 1);
}

/** Computes the terms of component k for listed rows, by the same operations as for rows in place. Improves the guesses where they are given. */
function computeListed(job: Job, k: u32, x: usize, list: usize, count: u32, guesses: usize): void {
  const d = job.padded;
  const ds = <usize>job.tile << 3;
  const used = (count + 3) & ~3;
  let mean = job.means + (<usize>(k * d) << 3);
  let to = job.differences;
  for (let j: u32 = 0; j < d; j++, x += job.pitch, mean += 8, to += ds) {
    const m = load<f64>(mean);
    for (let q: u32 = 0; q < count; q++) store<f64>(to + (<usize>q << 3), load<f64>(x + (<usize>load<u32>(list + (<usize>q << 2)) << 3)) - m);
    for (let q = count; q < used; q++) store<f64>(to + (<usize>q << 3), 0);
  }
  whitenedSquares(job.differences, ds, job.factors + <usize>k * job.factorStride, d, used, job.perRow);
  const offset = load<f64>(job.offsets + (<usize>k << 3));
  const terms = job.terms + <usize>k * job.termStride;
  for (let q: u32 = 0; q < count; q++) {
    const p = <usize>load<u32>(list + (<usize>q << 2));
    const term = termOf(load<f64>(job.perRow + (<usize>q << 3)), offset);
    store<f64>(terms + (p << 3), term);
    store<f64>(job.perRow + (<usize>q << 3), term);
    if (term > load<f64>(job.best + (p << 3))) {
      store<f64>(job.best + (p << 3), term);
      if (guesses) store<u32>(guesses + (p << 2), k);
    }
  }
}

/** offset − ½ square, in the arithmetic of the vectors. */
// @ts-ignore: decorator
@inline
function termOf(square: f64, offset: f64): f64 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    return f64x2.extract_lane(f64x2.relaxed_madd(f64x2.splat(square), f64x2.splat(-0.5), f64x2.splat(offset)), 0);
  }
  return square * -0.5 + offset;
}

/** Appends listed rows, whose terms of component i are in `perRow` and their differences in `differences`, to the lists of hopeful others. */
function keepHopeful(job: Job, i: u32, list: usize, count: u32): void {
  const k = job.count;
  const ds = <usize>job.tile << 3;
  const used = (count + 3) & ~3;
  const panel = <usize>job.padded << 5;
  let directions = job.directions + <usize>i * ((k + 3) >> 2) * panel;
  const distances = job.distances + (<usize>(i * k) << 3);
  for (let top: u32 = 0; top < k; top += 4, directions += panel) {
    project(job.differences, ds, directions, job.padded, used, job.weighted, ds);
    const end = min(top + 4, k);
    for (let j = top; j < end; j++) {
      if (j == i) continue;
      const distance = f64x2.splat(load<f64>(distances + (<usize>j << 3)));
      const offset = f64x2.splat(load<f64>(job.offsets + (<usize>j << 3)));
      const projected = job.weighted + <usize>(j - top) * ds;
      for (let q: u32 = 0; q < count; q += 2) {
        const s = f64x2.add(v128.load(projected + (<usize>q << 3)), distance);
        const bound = f64x2.sub(offset, f64x2.mul(f64x2.mul(s, s), f64x2.splat(0.5)));
        const floor = f64x2.add(v128.load(job.perRow + (<usize>q << 3)), f64x2.splat(HOPELESS));
        // What is not a number has hope too: it is computed as ever.
        const hopeless = i64x2.bitmask(f64x2.lt(bound, floor));
        if (hopeless == 3) continue;
        const counter = job.counts + (<usize>(k + j) << 2);
        const target = hopefulOf(job, j);
        if ((hopeless & 1) == 0) append(counter, target, load<u32>(list + (<usize>q << 2)));
        if ((hopeless & 2) == 0 && q + 1 < count) append(counter, target, load<u32>(list + (<usize>(q + 1) << 2)));
      }
    }
  }
}
