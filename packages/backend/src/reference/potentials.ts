import type { Block } from "./block.ts";

/** Adds Σ w min(potential, ‖W (x − c)‖²) over the rows of a block to each candidate's sum. The block's terms have no offsets. */
export function addPotentials(block: Block, potentials: Float64Array, rowWeights: Float64Array | undefined, sums: Float64Array): void {
  for (let k = 0; k < sums.length; k++) {
    const found = rowWeights === undefined ? plainSum(block, k, potentials) : weightedSum(block, k, potentials, rowWeights);
    // Where a potential or a distance is infinite or not a number.
    sums[k]! += Number.isNaN(found) ? carefulSum(block, k, potentials, rowWeights) : found;
  }
}

/** Without a branch, which no processor would foresee: g + |g| is 2 max(g, 0). */
function plainSum({ capacity, rows, terms, start }: Block, k: number, potentials: Float64Array): number {
  let sum = 0;
  for (let p = 0, at = k * capacity; p < rows; p++, at++) {
    const potential = potentials[start + p]!;
    const gain = potential + 2 * terms[at]!;
    sum += potential - 0.5 * (gain + Math.abs(gain));
  }
  return sum;
}

function weightedSum({ capacity, rows, terms, start }: Block, k: number, potentials: Float64Array, rowWeights: Float64Array): number {
  let sum = 0;
  for (let p = 0, at = k * capacity; p < rows; p++, at++) {
    const potential = potentials[start + p]!;
    const gain = potential + 2 * terms[at]!;
    sum += rowWeights[start + p]! * (potential - 0.5 * (gain + Math.abs(gain)));
  }
  return sum;
}

/** The same for any numbers. */
function carefulSum(
  { capacity, rows, terms, start }: Block,
  k: number,
  potentials: Float64Array,
  rowWeights: Float64Array | undefined,
): number {
  let sum = 0;
  for (let p = 0, at = k * capacity; p < rows; p++, at++) {
    const weight = rowWeights === undefined ? 1 : rowWeights[start + p]!;
    const potential = potentials[start + p]!;
    const square = -2 * terms[at]!;
    if (weight > 0) sum += weight * (square < potential ? square : potential);
  }
  return sum;
}
