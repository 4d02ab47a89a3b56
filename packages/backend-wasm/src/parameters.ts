import type { GaussianComponents, ShapeName } from "@mixtura/backend";
import { SHAPES } from "./job.ts";
import type { Layout } from "./layout.ts";
import { SMALL } from "./layout.ts";

/** Scales that may be squared by themselves; beyond them differences are scaled before they are squared. */
const SAFE_SCALE = 1e60;

/** One of the binary's kernels of log-terms. */
export interface TermsKernel {
  /** Its code in a job. */
  readonly code: number;
  /** Whether a row costs d² per component. */
  readonly square: boolean;
  /** Whether rows and means are whitened once for all components. */
  readonly whitensRows: boolean;
  /** Numbers that one factor takes when packed. */
  numbers(layout: Layout): number;
  /** Writes the factor of a block as the kernel reads it. */
  write(to: Float64Array | Float32Array, at: number, components: GaussianComponents, block: number, layout: Layout): void;
}

const triangleOfSmall: TermsKernel = {
  code: SHAPES.small,
  square: true,
  whitensRows: false,
  numbers: ({ features: d }) => (d * (d + 1)) / 2,
  write(to, base, { whitening }, block, { features: d }) {
    let at = base;
    for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) to[at++] = whitening[(block * d + i) * d + j]!;
  },
};

/** Panels of four rows, each from the first column to the end of the diagonal's tile. */
export const ownTriangles: TermsKernel = {
  code: SHAPES.full,
  square: true,
  whitensRows: false,
  numbers: ({ padded }) => 8 * (padded / 4) * (padded / 4 + 1),
  write(to, base, { whitening }, block, { features: d, padded }) {
    let at = base;
    for (let top = 0; top < padded; top += 4) {
      for (let j = 0; j < top + 4; j++) {
        for (let i = top; i < top + 4; i++) to[at++] = i < d && j <= i ? whitening[(block * d + i) * d + j]! : 0;
      }
    }
  },
};

const sharedTriangle: TermsKernel = { ...ownTriangles, code: SHAPES.shared, square: false, whitensRows: true };

const scalePerFeature: TermsKernel = {
  code: SHAPES.diag,
  square: false,
  whitensRows: false,
  numbers: ({ features }) => features,
  write(to, at, { whitening, features: d }, block) {
    for (let j = 0; j < d; j++) to[at + j] = whitening[block * d + j]!;
  },
};

/** Where one scale for all features cannot be squared by itself. */
const repeatedScale: TermsKernel = {
  ...scalePerFeature,
  write: (to, at, { whitening, features: d }, block) => void to.fill(whitening[block]!, at, at + d),
};

export const oneScale: TermsKernel = {
  code: SHAPES.spherical,
  square: false,
  whitensRows: false,
  numbers: () => 1,
  write(to, at, { whitening }, block) {
    to[at] = whitening[block]!;
  },
};

/** The kernels that the binary has for a shape. */
export const TERMS: Readonly<Partial<Record<ShapeName, (components: GaussianComponents) => TermsKernel>>> = {
  full: ({ features, shared }) => (features <= SMALL ? triangleOfSmall : shared ? sharedTriangle : ownTriangles),
  diag: () => scalePerFeature,
  spherical: ({ whitening }) => (whitening.every((scale) => scale < SAFE_SCALE && scale > 1 / SAFE_SCALE) ? oneScale : repeatedScale),
};

/** Which kernel computes the terms of these components. */
export function kernelOf(components: GaussianComponents): TermsKernel {
  return TERMS[components.shape]!(components);
}

/** Numbers that all whitening factors take when packed. */
export function factorNumbers(components: GaussianComponents, layout: Layout): number {
  return (components.shared ? 1 : components.count) * kernelOf(components).numbers(layout);
}

/** Writes the means, whitened where all components share one matrix. */
export function writeMeans(to: Float64Array, base: number, components: GaussianComponents, { features, padded }: Layout): void {
  const { count, means, whitening } = components;
  const whitened = kernelOf(components).whitensRows;
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < padded; i++) {
      let value = 0;
      if (i < features && !whitened) value = means[k * features + i]!;
      else if (i < features) for (let j = 0; j <= i; j++) value += whitening[i * features + j]! * means[k * features + j]!;
      to[base + k * padded + i] = value;
    }
  }
}

/** Writes the whitening factors as their kernel reads them. */
export function writeFactors(to: Float64Array | Float32Array, base: number, components: GaussianComponents, layout: Layout): void {
  const kernel = kernelOf(components);
  const numbers = kernel.numbers(layout);
  for (let block = 0; block < (components.shared ? 1 : components.count); block++)
    kernel.write(to, base + block * numbers, components, block, layout);
}
