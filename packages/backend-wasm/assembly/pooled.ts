import { Job } from "./job";
import { addTiles } from "./tiles";
import { addScalar, lanes, madd } from "./vector";

/**
 * The scatter pooled over components, Σₖ Σᵢ a_ik (xᵢ − cₖ)(xᵢ − cₖ)ᵀ, at the price of one matrix per row instead of one per component:
 *
 * With uᵢ = Σₖ a_ik and the row's blended centre mᵢ = Σₖ a_ik cₖ / uᵢ it is Σᵢ uᵢ (xᵢ − mᵢ)(xᵢ − mᵢ)ᵀ + Σ_{k<l} Q_kl (cₖ − c_l)(cₖ − c_l)ᵀ
 * with Q_kl = Σᵢ a_ik a_il / uᵢ. All terms are positive, so nothing cancels. Q (k×k, below the diagonal) is summed behind the d×d matrix;
 * {@link closePooled} adds its part once all rows are done.
 */
export function pooledScatter(job: Job, x: usize, rows: u32, at: usize): void {
  const terms = job.terms + at;
  blend(job, terms, x, rows);
  addTiles(job.weighted, job.differences, <usize>job.tile << 3, job.padded, rows, job.span + job.S2);
  const Q = job.span + job.S2 + (<usize>(job.padded * job.padded) << 3);
  const k = job.count;
  const length = <usize>rows << 3;
  for (let i: u32 = 1; i < k; i++) {
    // u was left in perRow as its inverse; `best` takes the scaled responsibilities.
    const responsibilities = terms + <usize>i * job.termStride;
    let any = f64x2.splat(0);
    for (let p: usize = 0; p < length; p += 16) {
      const scaled = f64x2.mul(v128.load(responsibilities + p), v128.load(job.perRow + p));
      any = v128.or(any, scaled);
      v128.store(job.best + p, scaled);
    }
    if (!v128.any_true(any)) continue;
    for (let j: u32 = 0; j < i; j++) {
      const other = terms + <usize>j * job.termStride;
      let a = f64x2.splat(0), b = a;
      for (let p: usize = 0; p < length; p += 32) {
        a = madd(v128.load(job.best + p), v128.load(other + p), a);
        b = madd(v128.load(job.best + p, 16), v128.load(other + p, 16), b);
      }
      addScalar(Q + (<usize>(i * k + j) << 3), lanes(f64x2.add(a, b)));
    }
  }
}

/** differences = x − m, weighted = u (x − m), perRow = 1/u (0 where u is 0). */
function blend(job: Job, terms: usize, x: usize, rows: u32): void {
  const xs = <usize>job.pitch, ds = <usize>job.tile << 3;
  const stride = <usize>job.termStride;
  const line = <usize>job.padded << 3;
  const length = <usize>rows << 3;
  const masses = job.best;
  for (let p: usize = 0; p < length; p += 16) {
    let u = f64x2.splat(0);
    let responsibility = terms + p;
    for (let k: u32 = 0; k < job.count; k++, responsibility += stride) u = f64x2.add(u, v128.load(responsibility));
    v128.store(masses + p, u);
    const inverse = f64x2.div(f64x2.splat(1), u);
    v128.store(job.perRow + p, v128.and(inverse, f64x2.gt(u, f64x2.splat(0))));
  }
  for (let j: u32 = 0; j < job.padded; j += 4) {
    for (let p: usize = 0; p < length; p += 32) {
      let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
      let centre = job.centres + (<usize>j << 3);
      let responsibility = terms + p;
      for (let k: u32 = 0; k < job.count; k++, centre += line, responsibility += stride) {
        const r0 = v128.load(responsibility), r1 = v128.load(responsibility, 16);
        let c = v128.load64_splat(centre);
        a0 = madd(c, r0, a0);
        a1 = madd(c, r1, a1);
        c = v128.load64_splat(centre, 8);
        b0 = madd(c, r0, b0);
        b1 = madd(c, r1, b1);
        c = v128.load64_splat(centre, 16);
        c0 = madd(c, r0, c0);
        c1 = madd(c, r1, c1);
        c = v128.load64_splat(centre, 24);
        d0 = madd(c, r0, d0);
        d1 = madd(c, r1, d1);
      }
      let at = <usize>j * ds + p;
      let from = x + <usize>j * xs + p;
      remove(job, from, a0, a1, p, at);
      remove(job, from + xs, b0, b1, p, at + ds);
      remove(job, from + 2 * xs, c0, c1, p, at + 2 * ds);
      remove(job, from + 3 * xs, d0, d1, p, at + 3 * ds);
    }
  }
}

// @ts-ignore: decorator
@inline
function remove(job: Job, x: usize, sum0: v128, sum1: v128, p: usize, at: usize): void {
  const t0 = f64x2.sub(v128.load(x), f64x2.mul(sum0, v128.load(job.perRow + p)));
  const t1 = f64x2.sub(v128.load(x, 16), f64x2.mul(sum1, v128.load(job.perRow + p, 16)));
  v128.store(job.differences + at, t0);
  v128.store(job.differences + at, t1, 16);
  v128.store(job.weighted + at, f64x2.mul(t0, v128.load(job.best + p)));
  v128.store(job.weighted + at, f64x2.mul(t1, v128.load(job.best + p, 16)), 16);
}

/** Adds the part of the scatter that lies between centres to the lower triangle of the total. Uses `perRow` and `differences` as scratch. */
export function closePooled(job: Job): void {
  const d = job.padded, k = job.count;
  const line = <usize>d << 3;
  const S2 = job.total + job.S2;
  const Q = S2 + <usize>d * line;
  const between = job.differences;
  for (let i: u32 = 1; i < k; i++) {
    for (let j: u32 = 0; j < i; j++) {
      const q = load<f64>(Q + (<usize>(i * k + j) << 3));
      if (q == 0) continue;
      const a = job.centres + <usize>i * line, b = job.centres + <usize>j * line;
      for (let l: usize = 0; l < line; l += 16) v128.store(between + l, f64x2.sub(v128.load(a + l), v128.load(b + l)));
      for (let r: u32 = 0; r < d; r++) {
        const factor = f64x2.splat(q * load<f64>(between + (<usize>r << 3)));
        const to = S2 + <usize>r * line;
        for (let l: usize = 0; l <= <usize>r << 3; l += 16) {
          v128.store(to + l, madd(factor, v128.load(between + l), v128.load(to + l)));
        }
      }
    }
  }
}
