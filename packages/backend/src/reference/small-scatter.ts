// Unrolled loops for one to four features: centres and sums live in registers, which is where plain JavaScript is fast.
import type { Block } from "./block.ts";

/** Adds one component's first and full second moments for d ≤ 4; responsibilities are in `block.terms`. The lower triangle is filled. */
export function addSmallFull(
  block: Block,
  k: number,
  centre: Float64Array,
  c: number,
  s1: Float64Array,
  S2: Float64Array,
  target: number,
): void {
  const { capacity, columns, rows, terms, features } = block;
  [scatter1, scatter2, scatter3, scatter4][features - 1]!(columns, capacity, rows, terms, k * capacity, centre, c, s1, S2, target);
}

type ScatterKernel = (
  x: Float64Array,
  step: number,
  rows: number,
  r: Float64Array,
  from: number,
  centre: Float64Array,
  c: number,
  s1: Float64Array,
  S2: Float64Array,
  target: number,
) => void;

const scatter1: ScatterKernel = (x, _step, rows, r, from, centre, c, s1, S2, target) => {
  const c0 = centre[c]!;
  let a0 = 0,
    s00 = 0;
  for (let p = 0; p < rows; p++) {
    const x0 = x[p]! - c0,
      y0 = r[from + p]! * x0;
    a0 += y0;
    s00 += y0 * x0;
  }
  s1[c]! += a0;
  S2[target]! += s00;
};

const scatter2: ScatterKernel = (x, step, rows, r, from, centre, c, s1, S2, target) => {
  const c0 = centre[c]!,
    c1 = centre[c + 1]!;
  let a0 = 0,
    a1 = 0,
    s00 = 0,
    s10 = 0,
    s11 = 0;
  for (let p = 0; p < rows; p++) {
    const w = r[from + p]!;
    const x0 = x[p]! - c0,
      x1 = x[step + p]! - c1;
    const y0 = w * x0,
      y1 = w * x1;
    a0 += y0;
    a1 += y1;
    s00 += y0 * x0;
    s10 += y1 * x0;
    s11 += y1 * x1;
  }
  s1[c]! += a0;
  s1[c + 1]! += a1;
  S2[target]! += s00;
  S2[target + 2]! += s10;
  S2[target + 3]! += s11;
};

const scatter3: ScatterKernel = (x, step, rows, r, from, centre, c, s1, S2, target) => {
  const c0 = centre[c]!,
    c1 = centre[c + 1]!,
    c2 = centre[c + 2]!;
  const step2 = 2 * step;
  let a0 = 0,
    a1 = 0,
    a2 = 0,
    s00 = 0,
    s10 = 0,
    s11 = 0,
    s20 = 0,
    s21 = 0,
    s22 = 0;
  for (let p = 0; p < rows; p++) {
    const w = r[from + p]!;
    const x0 = x[p]! - c0,
      x1 = x[step + p]! - c1,
      x2 = x[step2 + p]! - c2;
    const y0 = w * x0,
      y1 = w * x1,
      y2 = w * x2;
    a0 += y0;
    a1 += y1;
    a2 += y2;
    s00 += y0 * x0;
    s10 += y1 * x0;
    s11 += y1 * x1;
    s20 += y2 * x0;
    s21 += y2 * x1;
    s22 += y2 * x2;
  }
  s1[c]! += a0;
  s1[c + 1]! += a1;
  s1[c + 2]! += a2;
  S2[target]! += s00;
  S2[target + 3]! += s10;
  S2[target + 4]! += s11;
  S2[target + 6]! += s20;
  S2[target + 7]! += s21;
  S2[target + 8]! += s22;
};

const scatter4: ScatterKernel = (x, step, rows, r, from, centre, c, s1, S2, target) => {
  const c0 = centre[c]!,
    c1 = centre[c + 1]!,
    c2 = centre[c + 2]!,
    c3 = centre[c + 3]!;
  const step2 = 2 * step,
    step3 = 3 * step;
  let a0 = 0,
    a1 = 0,
    a2 = 0,
    a3 = 0;
  let s00 = 0,
    s10 = 0,
    s11 = 0,
    s20 = 0,
    s21 = 0,
    s22 = 0,
    s30 = 0,
    s31 = 0,
    s32 = 0,
    s33 = 0;
  for (let p = 0; p < rows; p++) {
    const w = r[from + p]!;
    const x0 = x[p]! - c0,
      x1 = x[step + p]! - c1,
      x2 = x[step2 + p]! - c2,
      x3 = x[step3 + p]! - c3;
    const y0 = w * x0,
      y1 = w * x1,
      y2 = w * x2,
      y3 = w * x3;
    a0 += y0;
    a1 += y1;
    a2 += y2;
    a3 += y3;
    s00 += y0 * x0;
    s10 += y1 * x0;
    s11 += y1 * x1;
    s20 += y2 * x0;
    s21 += y2 * x1;
    s22 += y2 * x2;
    s30 += y3 * x0;
    s31 += y3 * x1;
    s32 += y3 * x2;
    s33 += y3 * x3;
  }
  s1[c]! += a0;
  s1[c + 1]! += a1;
  s1[c + 2]! += a2;
  s1[c + 3]! += a3;
  S2[target]! += s00;
  S2[target + 4]! += s10;
  S2[target + 5]! += s11;
  S2[target + 8]! += s20;
  S2[target + 9]! += s21;
  S2[target + 10]! += s22;
  S2[target + 12]! += s30;
  S2[target + 13]! += s31;
  S2[target + 14]! += s32;
  S2[target + 15]! += s33;
};
