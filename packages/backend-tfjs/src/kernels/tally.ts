import type { GaussianComponents, Moments, Scatter } from "@mixtura/backend";
import { emptyMoments, mergeMoments } from "@mixtura/backend";

/** Moments that are being added to, chunk by chunk, in float64. */
export interface Tally {
  /** The sums of the current chunk. */
  readonly chunk: { -readonly [Field in keyof Moments]: Moments[Field] };
  /** Adds the chunk to the whole and starts the next one. */
  closeChunk(): void;
  /** The totals over all chunks. */
  moments(): Moments;
}

/**
 * Starts with nothing.
 *
 * @param components those of the pass; absent where rows are labelled
 */
export function createTally(
  scatter: Scatter,
  count: number,
  features: number,
  centres: Float64Array,
  components?: GaussianComponents,
): Tally {
  const empty = (): Tally["chunk"] => emptyMoments(scatter, count, features, centres, components);
  let total: Moments = empty();
  let chunk = empty();
  return {
    get chunk() {
      return chunk;
    },
    closeChunk() {
      total = mergeMoments(total, chunk);
      chunk = empty();
    },
    moments: () => total,
  };
}

/** Parts that a span's rows are summed in before the host adds these up: fewer additions in single precision. */
export function partsOf(rows: number): number {
  return [16, 8, 4, 2].find((parts) => rows % parts === 0) ?? 1;
}
