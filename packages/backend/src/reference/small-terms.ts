// Unrolled loops for one to four features: means and factors live in registers, which is where plain JavaScript is fast.
import type { GaussianComponents } from "../components.ts";
import type { LogTerms } from "./block.ts";

/** Log-terms of full covariances for d ≤ 4. */
export function smallFullTerms(components: GaussianComponents): LogTerms {
  const { count, features: d, means, whitening, logOffsets } = components;
  const kernel = [terms1, terms2, terms3, terms4][d - 1]!;
  return ({ capacity, columns, rows, terms }) => {
    for (let k = 0; k < count; k++)
      kernel(columns, capacity, rows, means, k * d, whitening, k * d * d, logOffsets[k]!, terms, k * capacity);
  };
}

type TermsKernel = (
  x: Float64Array,
  step: number,
  rows: number,
  means: Float64Array,
  m: number,
  factor: Float64Array,
  f: number,
  offset: number,
  out: Float64Array,
  target: number,
) => void;

const terms1: TermsKernel = (x, _step, rows, means, m, factor, f, offset, out, target) => {
  const m0 = means[m]!,
    w = factor[f]!;
  for (let p = 0; p < rows; p++) {
    const y = w * (x[p]! - m0);
    out[target + p] = offset - 0.5 * (y * y);
  }
};

const terms2: TermsKernel = (x, step, rows, means, m, factor, f, offset, out, target) => {
  const m0 = means[m]!,
    m1 = means[m + 1]!;
  const w00 = factor[f]!,
    w10 = factor[f + 2]!,
    w11 = factor[f + 3]!;
  for (let p = 0; p < rows; p++) {
    const x0 = x[p]! - m0,
      x1 = x[step + p]! - m1;
    const y0 = w00 * x0,
      y1 = w10 * x0 + w11 * x1;
    out[target + p] = offset - 0.5 * (y0 * y0 + y1 * y1);
  }
};

const terms3: TermsKernel = (x, step, rows, means, m, factor, f, offset, out, target) => {
  const m0 = means[m]!,
    m1 = means[m + 1]!,
    m2 = means[m + 2]!;
  const w00 = factor[f]!,
    w10 = factor[f + 3]!,
    w11 = factor[f + 4]!;
  const w20 = factor[f + 6]!,
    w21 = factor[f + 7]!,
    w22 = factor[f + 8]!;
  const step2 = 2 * step;
  for (let p = 0; p < rows; p++) {
    const x0 = x[p]! - m0,
      x1 = x[step + p]! - m1,
      x2 = x[step2 + p]! - m2;
    const y0 = w00 * x0,
      y1 = w10 * x0 + w11 * x1,
      y2 = w20 * x0 + w21 * x1 + w22 * x2;
    out[target + p] = offset - 0.5 * (y0 * y0 + y1 * y1 + y2 * y2);
  }
};

const terms4: TermsKernel = (x, step, rows, means, m, factor, f, offset, out, target) => {
  const m0 = means[m]!,
    m1 = means[m + 1]!,
    m2 = means[m + 2]!,
    m3 = means[m + 3]!;
  const w00 = factor[f]!,
    w10 = factor[f + 4]!,
    w11 = factor[f + 5]!;
  const w20 = factor[f + 8]!,
    w21 = factor[f + 9]!,
    w22 = factor[f + 10]!;
  const w30 = factor[f + 12]!,
    w31 = factor[f + 13]!,
    w32 = factor[f + 14]!,
    w33 = factor[f + 15]!;
  const step2 = 2 * step,
    step3 = 3 * step;
  for (let p = 0; p < rows; p++) {
    const x0 = x[p]! - m0,
      x1 = x[step + p]! - m1,
      x2 = x[step2 + p]! - m2,
      x3 = x[step3 + p]! - m3;
    const y0 = w00 * x0,
      y1 = w10 * x0 + w11 * x1,
      y2 = w20 * x0 + w21 * x1 + w22 * x2;
    const y3 = w30 * x0 + w31 * x1 + w32 * x2 + w33 * x3;
    out[target + p] = offset - 0.5 * (y0 * y0 + y1 * y1 + y2 * y2 + y3 * y3);
  }
};
