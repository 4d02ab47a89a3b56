import { greatestOf, leastOf } from "@mixtura/core/internal";
import type { Axis } from "./axis.ts";
import type { Extent } from "./span.ts";
import { CRITERIA_VALUES } from "./span.ts";

/** A value of a criterion, and whether its candidate may win. */
export interface CriterionValue {
  readonly value: number | undefined;
  readonly sound: boolean;
}

/** The axis is cut off above when values rise over the median by more than this many times what the median is above the lowest. */
const MOST_ABOVE = 5;

/** Part of the range that is left free below the lowest mark. */
const ROOM_BELOW = 0.16;

/**
 * The range that shows which candidates are good: from the lowest sound value, not to the worst one but so far that half of all values
 * keep a good part of the height. Degenerate values count as far as they lie near.
 */
export function criterionExtent(rows: readonly CriterionValue[]): Extent {
  const all = rows.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const sound = rows.flatMap(({ value, sound: trusted }) => (trusted && value !== undefined ? [value] : []));
  const base = (sound.length === 0 ? all : sound).toSorted((a, b) => a - b);
  if (base.length === 0) return { low: 0, high: 1 };
  const low = base[0]!;
  const { relative, least } = CRITERIA_VALUES;
  const middle = base[Math.floor(base.length / 2)]! / 2 - low / 2;
  const highest = base.at(-1)!;
  // Where half of all are one value but for rounding, there is nothing to make room for.
  const cut = 2 * middle > Math.max(least, relative * Math.abs(low)) && highest / 2 - low / 2 > MOST_ABOVE * middle;
  const high = cut ? low + 2 * (MOST_ABOVE - 2) * middle : highest;
  const near = all.filter((value) => value <= high && value >= low - (high / 2 - low / 2));
  const lowest = leastOf(near);
  // Room below the lowest mark for the winner's name.
  const below = (high / 2 - lowest / 2) * 2 * ROOM_BELOW;
  return { low: Number.isFinite(lowest - below) ? lowest - below : lowest, high };
}

/** Bounds that lie below the best one by more than this many times its size are cut off: next to them all others would be one line. */
const FAR_BELOW = 50;

/** The range of bounds per row, without those of a start that went astray. */
export function boundExtent(bounds: readonly number[]): Extent {
  if (bounds.length === 0) return { low: 0, high: 0 };
  const high = greatestOf(bounds);
  const size = Math.max(1, Math.abs(high));
  const near = bounds.filter((bound) => high / 2 - bound / 2 <= (FAR_BELOW / 2) * size);
  return { low: leastOf(near), high };
}

/** The ends of an axis, in units of its scale: of one that is laid out, or of what is {@link spanned}. */
type AxisEnds = Pick<Axis, "low" | "high" | "scale">;

/** The side of an axis beyond which a value lies; `undefined` where it is shown. */
export function beyond({ low, high, scale }: AxisEnds, value: number): "below" | "above" | undefined {
  // Ends are rounded, and so is a value at one of them.
  const slack = (high - low) * 1e-9;
  return value / scale < low - slack ? "below" : value / scale > high + slack ? "above" : undefined;
}

/** What an axis cuts off on one of its sides, and in words: "axis cut off above (3)". */
export interface CutOff {
  readonly side: "below" | "above";
  readonly text: string;
}

/** The sides on which values lie beyond an axis; none where all are shown. */
export function cutOffs(axis: AxisEnds, values: readonly number[]): CutOff[] {
  const sides = values.map((value) => beyond(axis, value));
  return (["above", "below"] as const).flatMap((side) => {
    const count = sides.filter((other) => other === side).length;
    return count === 0 ? [] : [{ side, text: `axis cut off ${side} (${count})` }];
  });
}
