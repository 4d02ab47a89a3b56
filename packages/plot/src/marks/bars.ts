import type { Axis } from "../axis/axis.ts";
import { pickedRows } from "./picked-rows.ts";

/** A histogram in pixels along its axis: edges between bars and the fraction of rows in each bar. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** Fraction of all rows per bar. */
  readonly fractions: Float64Array;
}

/**
 * Counts a feature in equal bars over the range of its data, about as many as Freedman and Diaconis advise, within limits.
 *
 * @param edge a pixel that no bar goes across, such as a threshold
 * @remarks O(n) time; the quartiles come from a fixed subset where n is large.
 */
export function histogram(rows: number, valueAt: (row: number) => number, axis: Axis, most: number, edge?: number): Histogram {
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < rows; row++) {
    const pixel = axis.position(valueAt(row));
    if (pixel < from) from = pixel;
    if (pixel > to) to = pixel;
  }
  if (to - from < 1e-6) {
    const half = Math.abs(axis.to - axis.from) / 40;
    return { from: from - half, to: from + half, width: 2 * half, fractions: Float64Array.of(1) };
  }
  const bars = Math.max(
    Math.min(5, rows),
    Math.min(
      most,
      advisedBars(rows, (row) => axis.position(valueAt(row)), to - from),
    ),
  );
  const width = (to - from) / bars;
  if (edge !== undefined) {
    from = edge - Math.ceil((edge - from) / width) * width;
    to = from + Math.max(1, Math.ceil((to - from) / width)) * width;
  }
  const fractions = new Float64Array(Math.round((to - from) / width));
  for (let row = 0; row < rows; row++) {
    const bar = Math.floor((axis.position(valueAt(row)) - from) / width);
    fractions[Math.max(0, Math.min(fractions.length - 1, bar))]! += 1 / rows;
  }
  return { from, to, width, fractions };
}

/** Rows that are looked at for the quartiles. */
const SAMPLE = 4096;

function advisedBars(rows: number, pixelAt: (row: number) => number, range: number): number {
  const sample = Float64Array.from(pickedRows(rows, SAMPLE), pixelAt).sort();
  const spread = sample[Math.floor(sample.length * 0.75)]! - sample[Math.floor(sample.length * 0.25)]!;
  const sturges = Math.ceil(Math.log2(rows)) + 1;
  const advised = spread > 0 ? Math.ceil((range * Math.cbrt(rows)) / (2 * spread)) : sturges;
  return Math.max(sturges, advised);
}
