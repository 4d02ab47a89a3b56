import type { GaussianComponents, Scatter } from "@mixtura/backend";
import { congruence, factorSize, invertLower } from "@mixtura/backend/algebra";
import type { Tally } from "./tally.ts";

/**
 * Puts moments that were summed in whitened coordinates, W (x − c), back into those of the rows. Whitened numbers are all of one size, so that
 * single precision loses as little of a narrow direction as of a wide one.
 */
export interface Rebuild {
  /** W (μ − c), K×d: what whitened rows are moved by to be about the centres; absent where the centres are the means. */
  readonly shifts: Float32Array | undefined;
  /** Whether second moments are asked of the device as matrices, or as diagonals. */
  readonly matrices: boolean;
  /**
   * Adds first and second moments to a tally's chunk.
   *
   * @param at where in `values` the first moments (K×d) begin; the second ones follow
   */
  add(values: ArrayLike<number>, at: number, tally: Tally): void;
}

/** The way back for these components and centres. */
export function createRebuild(components: GaussianComponents, centres: Float64Array, scatter: Scatter): Rebuild {
  const { count, features: d, shape, shared, whitening } = components;
  const size = factorSize(shape, d);
  const blocks = Array.from({ length: shared ? 1 : count }, (_, block) => whitening.subarray(block * size, (block + 1) * size));
  const inverses = blocks.map((block) => (shape === "full" ? invertLower(block, d) : block.map((value) => 1 / value)));
  const inverseOf = (k: number): Float64Array => inverses[shared ? 0 : k]!;
  const matrices = scatter === "full" || scatter === "pooled" || (shape === "full" && scatter !== "none");
  const scratch = new Float64Array(d * d);
  return {
    shifts: shiftsOf(components, blocks, centres),
    matrices,
    add(values, at, { chunk: { s1, S2 } }) {
      for (let k = 0; k < count; k++) {
        const inverse = inverseOf(k);
        for (let i = 0; i < d; i++) {
          if (shape !== "full") {
            s1[k * d + i]! += inverse[shape === "diag" ? i : 0]! * values[at + k * d + i]!;
          } else {
            let sum = 0;
            for (let j = 0; j <= i; j++) sum += inverse[i * d + j]! * values[at + k * d + j]!;
            s1[k * d + i]! += sum;
          }
        }
      }
      if (scatter === "none") return;
      const second = at + count * d;
      for (let k = 0; k < count; k++) {
        const inverse = inverseOf(k);
        const diagonal = (i: number): number => inverse[shape === "diag" ? i : 0]!;
        if (!matrices) {
          for (let i = 0; i < d; i++) S2[scatter === "diag" ? k * d + i : k]! += diagonal(i) ** 2 * values[second + k * d + i]!;
          continue;
        }
        const from = second + k * d * d;
        if (shape === "full") congruence(inverse, values, from, scratch, 0, d);
        else
          for (let i = 0; i < d; i++)
            for (let j = 0; j <= i; j++) scratch[i * d + j] = diagonal(i) * diagonal(j) * values[from + i * d + j]!;
        addScatter(scatter, scratch, S2, k, d);
      }
    },
  };
}

/** Adds a matrix, of which the lower triangle is given, to the second moments of component k. */
function addScatter(scatter: Scatter, matrix: Float64Array, S2: Float64Array, k: number, d: number): void {
  const start = scatter === "full" ? k * d * d : 0;
  for (let i = 0; i < d; i++) {
    if (scatter === "diag" || scatter === "spherical") {
      S2[scatter === "diag" ? k * d + i : k]! += matrix[i * (d + 1)]!;
      continue;
    }
    for (let j = 0; j <= i; j++) {
      S2[start + i * d + j]! += matrix[i * d + j]!;
      S2[start + j * d + i] = S2[start + i * d + j]!;
    }
  }
}

/** W (μ − c) of every component, unless all are 0. */
function shiftsOf(
  { count, features: d, means, shape, shared }: GaussianComponents,
  blocks: readonly Float64Array[],
  centres: Float64Array,
) {
  if (means.every((value, at) => value === centres[at])) return undefined;
  const shifts = new Float32Array(count * d);
  for (let k = 0; k < count; k++) {
    const block = blocks[shared ? 0 : k]!;
    for (let i = 0; i < d; i++) {
      let sum = 0;
      if (shape !== "full") sum = block[shape === "diag" ? i : 0]! * (means[k * d + i]! - centres[k * d + i]!);
      else for (let j = 0; j <= i; j++) sum += block[i * d + j]! * (means[k * d + j]! - centres[k * d + j]!);
      shifts[k * d + i] = sum;
    }
  }
  return shifts;
}
