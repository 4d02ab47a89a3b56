import { ticks as niceTicks } from "d3-array";
import type { Extent } from "./span.ts";
import { AS_GIVEN, scaleFor, spanned } from "./span.ts";
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
  ticks?(wanted: number): Ticks;
}

/** Pixels beyond which all places are equally far away. */
export const FAR = 1e7;

/**
 * An axis that shows the extent with some room on both sides, as {@link spanned} says.
 *
 * @param room what is added on both sides, as a part of the range
 */
export function linearAxis(extent: Extent, from: number, to: number, room = 0.05, finest = AS_GIVEN): Axis {
  return axisOver(spanned(extent, room, finest), from, to);
}

/** An axis that begins and ends at two values that differ. */
export function axisBetween(ends: Extent, from: number, to: number): Axis {
  const scale = scaleFor(ends);
  return axisOver({ low: ends.low / scale, high: ends.high / scale, scale }, from, to);
}

function axisOver({ low, high, scale }: Extent & { readonly scale: number }, from: number, to: number): Axis {
  const slope = (to - from) / (high - low);
  return {
    low,
    high,
    scale,
    from,
    to,
    position: (value) => from + Math.max(-FAR, Math.min(FAR, (value / scale - low) * slope)),
    length: (difference) => Math.min(FAR, Math.abs((difference / scale) * slope)),
  };
}

/** Ticks of an axis and what their texts leave out: "×10⁶". */
export interface Ticks {
  readonly ticks: readonly Tick[];
  readonly note: string;
}

/** Ticks of an axis with their texts, no two of which read the same. With `whole`, only at whole numbers of that range. */
export function axisTicks(axis: Axis, wanted: number, whole?: Extent): Ticks {
  if (axis.ticks !== undefined) return axis.ticks(Math.max(1, wanted));
  const round = [...new Set(niceTicks(axis.low, axis.high, Math.max(1, wanted)))];
  const values =
    whole === undefined
      ? round
      : round.filter((value) => Number.isInteger(value) && value * axis.scale >= whole.low && value * axis.scale <= whole.high);
  const { texts, note } = tickTexts(values, axis.scale);
  const slope = (axis.to - axis.from) / (axis.high - axis.low);
  const ticks = values.map((value, index) => ({ at: axis.from + (value - axis.low) * slope, text: texts[index]! }));
  return { ticks: ticks.filter(({ text }, index) => texts.indexOf(text) === index), note };
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
