import { Job } from "./job";
import { weightsAt } from "./responsibilities";
import { addScalar, lanes } from "./vector";

/** Adds Σ w min(potential, −2 term) over a step's rows to each component's first sum. Terms have no offsets; a row of weight 0 adds nothing. */
export function addPotentials(job: Job, first: u32, rows: u32): void {
  const potentials = job.potentials + (<usize>first << 3);
  const weights: usize = job.weights ? job.weights + (<usize>first << 3) : 0;
  const scale = f64x2.splat(-2);
  const whole: usize = weights ? 0 : <usize>(rows & ~3) << 3;
  for (let k: u32 = 0; k < job.count; k++) {
    const terms = job.terms + <usize>k * job.termStride;
    let a0 = f64x2.splat(0), a1 = a0;
    for (let p: usize = 0; p < whole; p += 32) {
      a0 = f64x2.add(a0, least(terms + p, potentials + p, scale));
      a1 = f64x2.add(a1, least(terms + p + 16, potentials + p + 16, scale));
    }
    for (let p = <u32>(whole >> 3); p < rows; p += 2) {
      const at = <usize>p << 3;
      const w = weightsAt(weights, p, rows);
      const left = f64x2.mul(w, least(terms + at, potentials + at, scale));
      a0 = f64x2.add(a0, v128.and(left, f64x2.gt(w, f64x2.splat(0))));
    }
    addScalar(job.span + (<usize>k << 3), lanes(f64x2.add(a0, a1)));
  }
}

/** The smaller of potential and distance for two rows; the potential where the distance is not a number. */
// @ts-ignore: decorator
@inline
function least(terms: usize, potentials: usize, scale: v128): v128 {
  return f64x2.pmin(v128.load(potentials), f64x2.mul(v128.load(terms), scale));
}
