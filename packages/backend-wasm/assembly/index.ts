import { assign, likeliest, logSums, responsibilitiesOfGroups, assignSoftly } from "./responsibilities";
import { ASSIGN_POTENTIALS, ASSIGN_SOFT, GUESS_LEARN, GUESS_USE, Job, SCATTER_NONE } from "./job";
import { nearest } from "./nearest";
import { closePooled } from "./pooled";
import { addPotentials } from "./potentials";
import { addGroups, addMoments } from "./scatter";
import { hopefulTerms } from "./sparse";
import { logTerms } from "./terms";
import { clear, exp, log } from "./vector";

/** Rows rounded up to what the kernels take at a time; blocks are filled up with zeros. */
// @ts-ignore: decorator
@inline
function padded(rows: u32): u32 {
  return (rows + 7) & ~7;
}

/** Address of row `row` (a multiple of the step). */
// @ts-ignore: decorator
@inline
function addressOf(job: Job, row: u32): usize {
  const block = row / job.block;
  return job.data + <usize>block * job.padded * job.pitch + (<usize>(row - block * job.block) << 3);
}

/** Adds the moments of rows start … end to the span's sums. `start` is a multiple of the step. */
export function moments(job: Job, start: u32, end: u32): void {
  const scalars = job.span + job.scalars;
  for (let row = start; row < end; row += job.step) {
    const rows = min(job.step, end - row);
    const x = addressOf(job, row);
    if (job.assignment == ASSIGN_SOFT) {
      if (job.guessing == GUESS_USE) hopefulTerms(job, row, x, rows, padded(rows));
      else logTerms(job, x, padded(rows));
      if (job.guessing == GUESS_LEARN) learn(job, row, rows);
      assignSoftly(job, row, rows, scalars, false);
      clearRest(job, rows);
    } else if (job.assignment == ASSIGN_POTENTIALS) {
      logTerms(job, x, padded(rows));
      addPotentials(job, row, rows);
      continue;
    } else {
      if (job.nearest) nearest(job, x, padded(rows));
      else if (job.labels == 0 && job.means != 0) logTerms(job, x, padded(rows));
      assign(job, row, rows, scalars);
      if (job.scatter == SCATTER_NONE) {
        addGroups(job, x, rows);
        continue;
      }
      responsibilitiesOfGroups(job, rows, padded(rows));
    }
    addMoments(job, x, padded(rows));
  }
}

/** Notes the likeliest components for the passes to come. */
function learn(job: Job, first: u32, rows: u32): void {
  likeliest(job, rows);
  memory.copy(job.guesses + (<usize>first << 2), job.live, <usize>rows << 2);
}

/** Empties the responsibilities from the last four rows touched up to the padding. */
function clearRest(job: Job, rows: u32): void {
  const done = (rows + 3) & ~3;
  const rest = padded(rows) - done;
  if (rest == 0) return;
  for (let k: u32 = 0; k < job.count; k++) {
    memory.fill(job.terms + <usize>k * job.termStride + (<usize>done << 3), 0, <usize>rest << 3);
  }
}

/** Adds the span's sums to those of its chunk, and, where the chunk ends with it, those to the total. Empties what was added. */
export function closeSpan(job: Job, endsChunk: bool): void {
  addSums(job.span, job.chunk, job.sumsBytes);
  if (endsChunk) addSums(job.chunk, job.total, job.sumsBytes);
}

function addSums(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f64x2.add(v128.load(to + at), v128.load(from + at)));
    v128.store(from + at, f64x2.splat(0));
  }
}

/** To be called once after the last span of a pooled scatter of more than SMALL features. */
export function closePass(job: Job): void {
  closePooled(job);
}

/** Natural-log density per row, from `out` on for row `origin`. */
export function logDensities(job: Job, start: u32, end: u32, origin: u32): void {
  for (let row = start; row < end; row += job.step) {
    const rows = min(job.step, end - row);
    logTerms(job, addressOf(job, row), padded(rows));
    logSums(job, rows);
    memory.copy(job.out + (<usize>(row - origin) << 3), job.best, <usize>rows << 3);
  }
}

/** Responsibilities, row-major. The four numbers behind `out2` are scratch. */
export function responsibilities(job: Job, start: u32, end: u32, origin: u32): void {
  for (let row = start; row < end; row += job.step) {
    const rows = min(job.step, end - row);
    logTerms(job, addressOf(job, row), padded(rows));
    assignSoftly(job, row, rows, job.out2, true);
    transpose(job, row - origin, rows, 1);
  }
}

/** ‖W (x − μ)‖², row-major; the offsets must be 0. */
export function squaredMahalanobis(job: Job, start: u32, end: u32, origin: u32): void {
  for (let row = start; row < end; row += job.step) {
    const rows = min(job.step, end - row);
    logTerms(job, addressOf(job, row), padded(rows));
    transpose(job, row - origin, rows, -2);
  }
}

/** Writes scaled terms as rows of `out`. */
function transpose(job: Job, first: u32, rows: u32, scale: f64): void {
  const k = job.count;
  const line = <usize>k << 3;
  if (k == 1) {
    const out = job.out + <usize>first * 8;
    const even = <usize>(rows & ~1) << 3;
    for (let p: usize = 0; p < even; p += 16) v128.store(out + p, f64x2.mul(f64x2.splat(scale), v128.load(job.terms + p)));
    if (rows & 1) store<f64>(out + even, scale * load<f64>(job.terms + even));
    return;
  }
  for (let j: u32 = 0; j < k; j++) {
    const t = job.terms + <usize>j * job.termStride;
    let out = job.out + <usize>first * line + (<usize>j << 3);
    for (let p: u32 = 0; p < rows; p++, out += line) store<f64>(out, scale * load<f64>(t + (<usize>p << 3)));
  }
}

/** The likeliest component per row as i32, and in `out2`, where that is not 0, −2 × its term. */
export function labels(job: Job, start: u32, end: u32, origin: u32): void {
  for (let row = start; row < end; row += job.step) {
    const rows = min(job.step, end - row);
    if (job.nearest) nearest(job, addressOf(job, row), padded(rows));
    else {
      logTerms(job, addressOf(job, row), padded(rows));
      likeliest(job, rows);
    }
    const at = <usize>(row - origin);
    memory.copy(job.out + (at << 2), job.live, <usize>rows << 2);
    if (job.out2 == 0) continue;
    for (let p: u32 = 0; p < rows; p++) store<f64>(job.out2 + ((at + p) << 3), -2 * load<f64>(job.best + (<usize>p << 3)));
  }
}

/** Whether multiplications and additions are fused. */
export function fused(): bool {
  return ASC_FEATURE_RELAXED_SIMD;
}

/** eˣ and log x of `count` numbers (an even count), for tests. */
export function expAll(address: usize, count: u32): void {
  for (const end = address + (<usize>count << 3); address < end; address += 16) {
    v128.store(address, exp(v128.load(address), f64x2.splat(-708)));
  }
}

export function logAll(address: usize, count: u32): void {
  for (const end = address + (<usize>count << 3); address < end; address += 16) v128.store(address, log(v128.load(address)));
}

export { clear };
