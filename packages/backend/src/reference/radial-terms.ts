import type { GaussianComponents } from "../components.ts";
import type { OfSquares } from "../radials/radial.ts";
import { radialOf } from "../radials/table.ts";
import type { Block, LogTerms } from "./block.ts";
import type { ChunkSums } from "./scatter.ts";

/**
 * Log-terms of components with a radial part, made of those that Gaussians of the same factors have. Squared distances are left in
 * `block.squares`, where the block keeps them.
 *
 * @param gaussian makes the terms of Gaussian components
 */
export function radialTerms(components: GaussianComponents, gaussian: (components: GaussianComponents) => LogTerms): LogTerms {
  const { radial, ...own } = components;
  const { count, features, logOffsets } = own;
  const { logTerm, size } = radialOf(components);
  const parameters = radial!.parameters;
  const halves = gaussian({ ...own, logOffsets: new Float64Array(count) });
  return (block) => {
    halves(block);
    const { terms, squares, capacity, rows } = block;
    for (let k = 0; k < count; k++) {
      const from = k * capacity;
      const to = from + rows;
      // A distance that is not a number comes from coordinates beyond the largest double.
      for (let at = from; at < to; at++) terms[at] = terms[at]! <= 0 ? -2 * terms[at]! : Infinity;
      squares?.set(terms.subarray(from, to), from);
      logTerm.host(terms, from, to, features, parameters, k * size);
      for (let at = from; at < to; at++) terms[at]! += logOffsets[k]!;
    }
  };
}

/**
 * Turns weighted responsibilities in the terms of a block into those times the radial weight. What they were is added to the chunk's masses
 * first, and the extra sums to its extras.
 */
export function weighRows(block: Block, components: GaussianComponents, chunk: ChunkSums): void {
  const { terms, squares, perRow, capacity, rows } = block;
  const { count, features, radial } = components;
  const { weight, extras, size } = radialOf(components);
  for (let k = 0; k < count; k++) {
    const from = k * capacity;
    /** The function's values for the rows of the block, in `perRow`. */
    const values = (of: OfSquares): Float64Array => {
      for (let p = 0; p < rows; p++) perRow[p] = squares![from + p]!;
      of.host(perRow, 0, rows, features, radial!.parameters, k * size);
      return perRow;
    };
    extras.forEach((extra, index) => {
      const summands = values(extra);
      let sum = 0;
      for (let p = 0; p < rows; p++) if (terms[from + p] !== 0) sum += terms[from + p]! * summands[p]!;
      chunk.extra![k * extras.length + index]! += sum;
    });
    if (weight === undefined) continue;
    const weights = values(weight);
    let mass = 0;
    for (let p = 0; p < rows; p++) {
      const responsibility = terms[from + p]!;
      mass += responsibility;
      if (responsibility !== 0) terms[from + p] = responsibility * weights[p]!;
    }
    chunk.s0[k]! += mass;
  }
}
