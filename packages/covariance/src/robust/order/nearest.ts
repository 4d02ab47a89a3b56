import type { Pace } from "@mixtura/core/authoring";
import { inStrides } from "@mixtura/core/authoring";
import { select } from "./select.ts";

/** From this many values on, a sample says where to look, so that no copy of them all is reordered. */
const MANY = 16384;
/** Values of that sample. */
const SAMPLE = 4096;
/** How far into the sample, in standard deviations of a sample quantile, the answer may lie from where it is expected. */
const MARGIN = 6;
/** Distances within this relative difference are equal: rounding and the choice of the backend must not decide between rows. */
const EQUAL = 1e-10;

/** Which rows are nearest. */
export interface Nearest {
  /** 0 for the rows that are, −1 for the others. Length n. */
  readonly labels: Int32Array;
  /** A number that distinguishes sets of rows. */
  readonly fingerprint: number;
}

/**
 * Marks the `count` rows of least distance. Rows whose distances agree within rounding count as equally far, and those that come first are taken.
 *
 * @param labels written to. Length n
 * @remarks O(n).
 */
export async function markNearest(distances: Float64Array, count: number, labels: Int32Array, pace: Pace): Promise<Nearest> {
  const n = distances.length;
  const edge = count >= n ? Infinity : await valueOfRank(distances, count - 1, pace);
  const least = edge * (1 - EQUAL);
  const most = edge * (1 + EQUAL);
  let left = count;
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) if (distances[i]! < least) left--;
  });
  let low = 0x811c9dc5;
  let high = 0;
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const distance = distances[i]!;
      const inside = distance < least || (distance <= most && left-- > 0);
      labels[i] = inside ? 0 : -1;
      if (!inside) continue;
      low = Math.imul(low ^ i, 0x01000193);
      high = (Math.imul(high, 31) + (low >>> 7)) | 0;
    }
  });
  return { labels, fingerprint: (high & 0x1fffff) * 2 ** 32 + (low >>> 0) };
}

/**
 * The value of a rank, from 0, among values without NaN. They are left alone.
 *
 * @remarks O(n), mostly two comparisons per value; a stretch of the values is copied.
 */
export async function valueOfRank(values: Float64Array, rank: number, pace: Pace): Promise<number> {
  const n = values.length;
  if (n <= MANY) return select(values.slice(), rank);
  const sample = new Float64Array(SAMPLE);
  for (let i = 0; i < SAMPLE; i++) sample[i] = values[Math.floor((i * n) / SAMPLE)]!;
  sample.sort();
  const place = (rank / n) * SAMPLE;
  const spread = MARGIN * Math.sqrt((place * (SAMPLE - place)) / SAMPLE) + MARGIN;
  const low = place - spread < 0 ? -Infinity : sample[Math.floor(place - spread)]!;
  const high = place + spread >= SAMPLE ? Infinity : sample[Math.ceil(place + spread)]!;
  const kept = new Float64Array(n);
  let before = 0;
  let count = 0;
  await inStrides(n, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      if (value < low) before++;
      else if (value <= high) kept[count++] = value;
    }
  });
  const found = rank - before;
  if (found < 0 || found >= count) return select(values.slice(), rank); // the sample was no fair one
  return select(kept, found, 0, count - 1);
}
