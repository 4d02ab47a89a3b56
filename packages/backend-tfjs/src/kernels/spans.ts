import { CHUNK_ROWS } from "@mixtura/backend";
import { MixturaError } from "@mixtura/core";
import type { Device } from "../device.ts";

/** Rows that are worked on at once. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Whether a chunk of CHUNK_ROWS rows, or the data, ends here. */
  readonly closesChunk: boolean;
}

const FEWEST_ROWS = 64;
/** Numbers in one tensor of a span: 256 MiB. */
const MOST_NUMBERS = 2 ** 26;

/** Cost of a row on top of its products: a few operations on K·d numbers, some more on K. */
const PER_COORDINATE = 16;
const PER_COMPONENT = 64;

/**
 * Cuts rows into spans that never cross the end of a chunk. Their size depends on the engine and on d and k alone, so the same rows give the
 * same bits.
 *
 * @throws MixturaError `not-supported` where even the fewest rows are too many
 */
export function spansOf({ name, traits }: Device, rows: number, features: number, count: number): Span[] {
  if (FEWEST_ROWS * count * features > MOST_NUMBERS) {
    throw new MixturaError(
      "not-supported",
      `${name}: ${count} components of ${features} features are too many for one tensor. Use fewer, or the reference backend.`,
      { feature: `${count} × ${features} numbers per row` },
    );
  }
  const work = count * (features * (features + 1) + PER_COORDINATE * features + PER_COMPONENT);
  const affordable = Math.min(traits.spanWork / work, MOST_NUMBERS / (count * features));
  const size = Math.min(CHUNK_ROWS, Math.max(FEWEST_ROWS, 2 ** Math.floor(Math.log2(affordable))));
  return Array.from({ length: Math.ceil(rows / size) }, (_, index) => {
    const end = Math.min((index + 1) * size, rows);
    return { start: index * size, end, closesChunk: end === rows || end % CHUNK_ROWS === 0 };
  });
}
