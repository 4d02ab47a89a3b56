import type { GaussianComponents, Scatter } from "@mixtura/backend";
import { scatters, shapes } from "@mixtura/backend";
import { congruence } from "@mixtura/backend/internal/algebra";
import { factorSize, invertLower } from "@mixtura/backend/internal/factors";
import type { Tally } from "./tally.ts";

/**
 * Puts moments that were summed in whitened coordinates, W (x − c), back into those of the rows. Whitened numbers are all of one size, so that
 * single precision loses as little of a narrow direction as of a wide one.
 */
export interface Rebuild {
  /** W (μ − c), K×d: what whitened rows are moved by to be about the centres; absent where the centres are the means. */
  readonly shifts: Float32Array | undefined;
  /** Whether second moments are asked of the device as matrices, or as diagonals; neither where none are wanted. */
  readonly matrices: boolean;
  readonly squares: boolean;
  /**
   * Adds first and second moments to a tally's chunk.
   *
   * @param at where in `values` the first moments (K×d) begin; the second ones follow
   */
  add(values: ArrayLike<number>, at: number, tally: Tally): void;
}

/** The way back for these components and centres. */
export function createRebuild(components: GaussianComponents, centres: Float64Array, scatter: Scatter): Rebuild {
  const { count, features: d, shared, whitening } = components;
  const shape = shapes[components.shape];
  const { independent } = shape;
  const size = factorSize(components.shape, d);
  const blocks = Array.from({ length: shared ? 1 : count }, (_, block) =>
    independent ? shape.diagonal(whitening, block * size, d) : shape.triangle(whitening, block * size, d),
  );
  const inverses = blocks.map((block) => (independent ? block.map((value) => 1 / value) : invertLower(block, d)));
  const inverseOf = (k: number): Float64Array => inverses[shared ? 0 : k]!;
  const { raw, collect } = scatters[scatter];
  const matrices = raw === "products" || (raw === "squares" && !independent);
  const products = new Float64Array(d * d);
  const squares = new Float64Array(d);
  return {
    shifts: shiftsOf(components, blocks, independent, centres),
    matrices,
    squares: raw === "squares" && !matrices,
    add(values, at, { chunk: { s1, S2 } }) {
      for (let k = 0; k < count; k++) {
        const inverse = inverseOf(k);
        for (let i = 0; i < d; i++) {
          if (independent) {
            s1[k * d + i]! += inverse[i]! * values[at + k * d + i]!;
          } else {
            let sum = 0;
            for (let j = 0; j <= i; j++) sum += inverse[i * d + j]! * values[at + k * d + j]!;
            s1[k * d + i]! += sum;
          }
        }
      }
      if (raw === "nothing") return;
      const second = at + count * d;
      for (let k = 0; k < count; k++) {
        const inverse = inverseOf(k);
        if (!matrices) {
          for (let i = 0; i < d; i++) squares[i] = inverse[i]! ** 2 * values[second + k * d + i]!;
          collect(squares, 0, k, d, S2, components);
          continue;
        }
        const from = second + k * d * d;
        if (!independent) congruence(inverse, values, from, products, 0, d);
        else
          for (let i = 0; i < d; i++)
            for (let j = 0; j <= i; j++) products[i * d + j] = inverse[i]! * inverse[j]! * values[from + i * d + j]!;
        if (raw === "squares") for (let i = 0; i < d; i++) squares[i] = products[i * (d + 1)]!;
        collect(raw === "squares" ? squares : products, 0, k, d, S2, components);
      }
    },
  };
}

/** W (μ − c) of every component, unless all are 0. */
function shiftsOf(
  { count, features: d, means, shared }: GaussianComponents,
  blocks: readonly Float64Array[],
  independent: boolean,
  centres: Float64Array,
) {
  if (means.every((value, at) => value === centres[at])) return undefined;
  const shifts = new Float32Array(count * d);
  for (let k = 0; k < count; k++) {
    const block = blocks[shared ? 0 : k]!;
    for (let i = 0; i < d; i++) {
      let sum = 0;
      if (independent) sum = block[i]! * (means[k * d + i]! - centres[k * d + i]!);
      else for (let j = 0; j <= i; j++) sum += block[i * d + j]! * (means[k * d + j]! - centres[k * d + j]!);
      shifts[k * d + i] = sum;
    }
  }
  return shifts;
}
