import type { GaussianComponents } from "../components.ts";
import type { ShapeName } from "../shapes/table.ts";
import { shapes } from "../shapes/table.ts";
import type { LogTerms } from "./block.ts";
import { radialTerms } from "./radial-terms.ts";
import { smallFullTerms } from "./small-terms.ts";

/** Chooses the loops for a set of components, and lays their factors out for them. Cost and memory O(k·d²), once per pass. */
export function logTermsOf(components: GaussianComponents): LogTerms {
  const { radial, ...gaussian } = components;
  const terms = (own: GaussianComponents): LogTerms => (loops[own.shape] ?? pointwiseTerms)(own);
  return radial === undefined ? terms(gaussian) : radialTerms(components, terms);
}

/** Shapes that have loops of their own. */
const loops: Readonly<Partial<Record<ShapeName, (components: GaussianComponents) => LogTerms>>> = {
  full(components) {
    if (components.shared) return sharedTerms(components);
    return components.features <= 4 ? smallFullTerms(components) : fullTerms(components);
  },
  diag: diagonalTerms,
  spherical: sphericalTerms,
};

/** Terms of components of any shape, row by row. */
export function pointwiseTerms(components: GaussianComponents): LogTerms {
  const { count, features, shape, logOffsets } = components;
  const { squares } = shapes[shape];
  const x = new Float64Array(features);
  const room = new Float64Array(features);
  const found = new Float64Array(count);
  return ({ capacity, columns, rows, terms }) => {
    for (let p = 0; p < rows; p++) {
      for (let j = 0; j < features; j++) x[j] = columns[j * capacity + p]!;
      squares(components, x, room, found);
      for (let k = 0; k < count; k++) terms[k * capacity + p] = logOffsets[k]! - 0.5 * found[k]!;
    }
  };
}

function diagonalTerms({ count, features, means, whitening, shared, logOffsets }: GaussianComponents): LogTerms {
  return ({ capacity, columns, rows, terms, perRow }) => {
    for (let k = 0; k < count; k++) {
      scaledSquares(columns, capacity, rows, features, means, k * features, whitening, shared ? 0 : k * features, perRow);
      finish(terms, k * capacity, perRow, rows, logOffsets[k]!);
    }
  };
}

function sphericalTerms({ count, features, means, whitening, shared, logOffsets }: GaussianComponents): LogTerms {
  const scales = new Float64Array(features);
  return ({ capacity, columns, rows, terms, perRow }) => {
    for (let k = 0; k < count; k++) {
      scales.fill(whitening[shared ? 0 : k]!);
      scaledSquares(columns, capacity, rows, features, means, k * features, scales, 0, perRow);
      finish(terms, k * capacity, perRow, rows, logOffsets[k]!);
    }
  };
}

/** One factor for all: the rows are whitened once, then a component costs O(d) per row instead of O(d²). */
function sharedTerms({ count, features, means, whitening, logOffsets }: GaussianComponents): LogTerms {
  const whitened = new Float64Array(count * features);
  const ones = new Float64Array(features).fill(1);
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < features; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += whitening[i * features + j]! * means[k * features + j]!;
      whitened[k * features + i] = sum;
    }
  }
  return ({ capacity, columns, rows, terms, perRow, differences }) => {
    differences.fill(0);
    for (let i = 0; i < features; i++) {
      const target = i * capacity;
      for (let j = 0; j <= i; j++) {
        const factor = whitening[i * features + j]!;
        const column = j * capacity;
        for (let p = 0; p < rows; p++) differences[target + p]! += factor * columns[column + p]!;
      }
    }
    for (let k = 0; k < count; k++) {
      scaledSquares(differences, capacity, rows, features, whitened, k * features, ones, 0, perRow);
      finish(terms, k * capacity, perRow, rows, logOffsets[k]!);
    }
  };
}

/** Own full factors, d > 4: tiles of four rows of the factor by two rows of the data, so that each number loaded is used often. */
function fullTerms({ count, features, means, whitening, logOffsets }: GaussianComponents): LogTerms {
  const padded = Math.ceil(features / 4) * 4;
  const packed = packTiles(whitening, count, features, padded);
  const tileNumbers = packed.length / count;
  return ({ capacity, columns, rows, terms, perRow, differences }) => {
    for (let k = 0; k < count; k++) {
      for (let j = 0; j < features; j++) {
        const mean = means[k * features + j]!;
        const column = j * capacity;
        for (let p = 0; p < rows; p++) differences[column + p] = columns[column + p]! - mean;
        if (rows % 2 === 1) differences[column + rows] = 0;
      }
      perRow.fill(0);
      let tile = k * tileNumbers;
      for (let i0 = 0; i0 < padded; i0 += 4) {
        const width = Math.min(i0 + 4, features);
        for (let p = 0; p < rows; p += 2) addTile(packed, tile, width, differences, capacity, p, perRow);
        tile += 4 * (i0 + 4);
      }
      finish(terms, k * capacity, perRow, rows, logOffsets[k]!);
    }
  };
}

/** Adds the squares of four entries of W (x − μ) for two rows. */
function addTile(
  factor: Float64Array,
  tile: number,
  width: number,
  differences: Float64Array,
  capacity: number,
  p: number,
  out: Float64Array,
): void {
  let a0 = 0,
    a1 = 0,
    a2 = 0,
    a3 = 0,
    b0 = 0,
    b1 = 0,
    b2 = 0,
    b3 = 0;
  let f = tile;
  let x = p;
  for (let j = 0; j < width; j++, f += 4, x += capacity) {
    const u = differences[x]!;
    const v = differences[x + 1]!;
    const f0 = factor[f]!,
      f1 = factor[f + 1]!,
      f2 = factor[f + 2]!,
      f3 = factor[f + 3]!;
    a0 += f0 * u;
    a1 += f1 * u;
    a2 += f2 * u;
    a3 += f3 * u;
    b0 += f0 * v;
    b1 += f1 * v;
    b2 += f2 * v;
    b3 += f3 * v;
  }
  out[p]! += a0 * a0 + a1 * a1 + a2 * a2 + a3 * a3;
  out[p + 1]! += b0 * b0 + b1 * b1 + b2 * b2 + b3 * b3;
}

/** Rows of W four at a time, entry by entry, with zeros above the diagonal and below the last row. */
function packTiles(whitening: Float64Array, count: number, features: number, padded: number): Float64Array {
  const packed = new Float64Array(count * (padded / 4) * (padded + 4) * 2);
  let target = 0;
  for (let k = 0; k < count; k++) {
    for (let i0 = 0; i0 < padded; i0 += 4) {
      for (let j = 0; j < i0 + 4; j++) {
        for (let i = i0; i < i0 + 4; i++) packed[target++] = i < features && j <= i ? whitening[(k * features + i) * features + j]! : 0;
      }
    }
  }
  return packed;
}

/** Σⱼ ((xⱼ − mⱼ) sⱼ)² of each row, four features at a time so that the sums are loaded and stored less often. */
function scaledSquares(
  columns: Float64Array,
  capacity: number,
  rows: number,
  features: number,
  means: Float64Array,
  mean: number,
  scales: Float64Array,
  scale: number,
  out: Float64Array,
): void {
  out.fill(0, 0, rows);
  let j = 0;
  for (; j + 4 <= features; j += 4) {
    const m0 = means[mean + j]!;
    const m1 = means[mean + j + 1]!;
    const m2 = means[mean + j + 2]!;
    const m3 = means[mean + j + 3]!;
    const s0 = scales[scale + j]!;
    const s1 = scales[scale + j + 1]!;
    const s2 = scales[scale + j + 2]!;
    const s3 = scales[scale + j + 3]!;
    const x0 = j * capacity;
    const x1 = x0 + capacity;
    const x2 = x1 + capacity;
    const x3 = x2 + capacity;
    for (let p = 0; p < rows; p++) {
      const y0 = (columns[x0 + p]! - m0) * s0;
      const y1 = (columns[x1 + p]! - m1) * s1;
      const y2 = (columns[x2 + p]! - m2) * s2;
      const y3 = (columns[x3 + p]! - m3) * s3;
      out[p]! += y0 * y0 + y1 * y1 + (y2 * y2 + y3 * y3);
    }
  }
  for (; j < features; j++) {
    const centre = means[mean + j]!;
    const factor = scales[scale + j]!;
    const column = j * capacity;
    for (let p = 0; p < rows; p++) {
      const y = (columns[column + p]! - centre) * factor;
      out[p]! += y * y;
    }
  }
}

function finish(terms: Float64Array, target: number, squares: Float64Array, rows: number, offset: number): void {
  for (let p = 0; p < rows; p++) terms[target + p] = offset - 0.5 * squares[p]!;
}
