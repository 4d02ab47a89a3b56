import { ticks as niceTicks } from "d3-array";
import { tickTexts } from "./tick-text.ts";

/** A tick of an axis: where it is, in pixels, and its text. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** An axis: values to pixels. */
export interface Axis {
  /** Lowest and highest value shown, in units of `scale`. */
  readonly low: number;
  readonly high: number;
  /** Values are divided by this first, a power of ten: 1 unless they are so large or small that sums would overflow. */
  readonly scale: number;
  readonly from: number;
  readonly to: number;
  /** Pixel of a value; finite, however far the value lies outside. */
  position(value: number): number;
  /** Length in pixels, ≥ 0, of a difference of values. */
  length(difference: number): number;
  /** The ticks of an axis that is not linear. */
  ticks?(wanted: number): { readonly ticks: readonly Tick[]; readonly note: string };
}

/** The range of some values. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** Values beyond these sizes are scaled before anything is computed with them. */
const LARGE = 1e100;
const SMALL = 1e-100;

/** Pixels beyond which all places are equally far away. */
export const FAR = 1e7;

/** A range narrower than this part of its values is all rounding. */
const NARROW = 1e-13;

/**
 * An axis that shows the extent with some room on both sides. A single value gets a range around it.
 *
 * @param room what is added on both sides, as a part of the range
 */
export function linearAxis({ low, high }: Extent, from: number, to: number, room = 0.05): Axis {
  const scale = scaleOf(low, high);
  let bottom = low / scale;
  let top = high / scale;
  const size = Math.max(Math.abs(bottom), Math.abs(top));
  let margin = (top - bottom) * room;
  if (top - bottom <= size * NARROW) margin = size === 0 ? 1 : size * 0.1;
  bottom -= margin;
  top += margin;
  const slope = (to - from) / (top - bottom);
  return {
    low: bottom,
    high: top,
    scale,
    from,
    to,
    position: (value) => from + Math.max(-FAR, Math.min(FAR, (value / scale - bottom) * slope)),
    length: (difference) => Math.min(FAR, Math.abs((difference / scale) * slope)),
  };
}

function scaleOf(low: number, high: number): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size > LARGE || (size > 0 && size < SMALL)) return 10 ** Math.max(-300, Math.floor(Math.log10(size)));
  return high > low && high - low < SMALL ? 1e-300 : 1;
}

/** Ticks of an axis with their texts, and what the texts leave out: "×10⁶". With `whole`, only at whole numbers. */
export function axisTicks(axis: Axis, wanted: number, whole = false): { readonly ticks: readonly Tick[]; readonly note: string } {
  if (axis.ticks !== undefined) return axis.ticks(Math.max(1, wanted));
  const values = niceTicks(axis.low, axis.high, Math.max(1, wanted)).filter((value) => !whole || Number.isInteger(value));
  const { texts, note } = tickTexts(values, axis.scale);
  const slope = (axis.to - axis.from) / (axis.high - axis.low);
  return { ticks: values.map((value, index) => ({ at: axis.from + (value - axis.low) * slope, text: texts[index]! })), note };
}

/** The extent of column j of row-major data. */
export function columnExtent(data: Float64Array, columns: number, column: number): Extent {
  let low = Infinity;
  let high = -Infinity;
  for (let at = column; at < data.length; at += columns) {
    const value = data[at]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
