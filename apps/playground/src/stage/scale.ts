import type { Ticks } from "@mixtura/plot/internal";
import { AS_GIVEN, axisBetween, spanned, ticksAcross, ticksUp, widestTick } from "@mixtura/plot/internal";

/** A part of the plane: left, bottom, right, top. */
export type Box = readonly [left: number, bottom: number, right: number, top: number];

/** Where the plane lies on the screen, in CSS pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Room for the axes' texts: as much as those of a box take. */
export function frameOf(width: number, height: number, box?: Box): Frame {
  const small = width < 500;
  const frame = {
    width,
    height,
    left: small ? 44 : 54,
    top: 10,
    right: Math.max(60, width - 12),
    bottom: Math.max(30, height - (small ? 38 : 44)),
  };
  return box === undefined
    ? frame
    : { ...frame, left: Math.max(frame.left, Math.min(width / 3, 12 + widestTick(ticksOf({ frame, box }).up.ticks, AXIS_FONT))) };
}

/** The plane to the screen and back. */
export interface Scale {
  readonly frame: Frame;
  readonly box: Box;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly across: (pixel: number) => number;
  readonly up: (pixel: number) => number;
  /** Pixels of one unit of each axis. */
  readonly unit: readonly [across: number, up: number];
}

export function scaleOf(frame: Frame, box: Box): Scale {
  const [left, bottom, right, top] = box;
  const width = frame.right - frame.left;
  const height = frame.bottom - frame.top;
  return {
    frame,
    box,
    x: (value) => frame.left + partOf(value, left, right) * width,
    y: (value) => frame.bottom - partOf(value, bottom, top) * height,
    across: (pixel) => valueAt((pixel - frame.left) / width, left, right),
    up: (pixel) => valueAt((frame.bottom - pixel) / height, bottom, top),
    unit: [width / 4 / (right / 4 - left / 4), height / 4 / (top / 4 - bottom / 4)],
  };
}

/** The part of the way from `low` to `high` at which a value lies. Quarters, because the whole way may be longer than the largest double. */
export function partOf(value: number, low: number, high: number): number {
  return (value / 4 - low / 4) / (high / 4 - low / 4);
}

/** The value at a part of the way. */
export function valueAt(part: number, low: number, high: number): number {
  return 4 * (low / 4 + part * (high / 4 - low / 4));
}

/** Below this width, the pixels of one unit and the steps of an axis leave the range of doubles. */
export const NARROWEST = 1e-290;

/** Ends of an axis on which all numbers from `low` to `high` lie, in doubles. */
function endsOf(low: number, high: number): readonly [low: number, high: number] {
  const { scale, ...ends } = spanned({ low, high }, 0.06, { ...AS_GIVEN, least: NARROWEST });
  return [Math.max(-Number.MAX_VALUE, ends.low * scale), Math.min(Number.MAX_VALUE, ends.high * scale)];
}

/** A number in as many digits as it takes to tell a millionth of the way from `low` to `high`: more than a hand can, and short in an address. */
export function rounded(value: number, low: number, high: number): number {
  const width = high - low;
  const more = width > 0 ? Math.log10(Math.max(Math.abs(low), Math.abs(high)) / width) : 0;
  const digits = 6 + Math.ceil(Math.max(0, more));
  return digits > 15 ? value : Number(value.toPrecision(digits));
}

/** The part of the plane that holds all points, with some room; of no points, a square to draw in. */
export function boxOf(points: Float64Array): Box {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at]!;
    const y = points[at + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  if (left > right) return [0, 0, 10, 10];
  const [west, east] = endsOf(left, right);
  const [south, north] = endsOf(bottom, top);
  return [west, south, east, north];
}

/** A box that holds another one, too. */
export function joined(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Size of the texts of the axes, as in style/stage.css. */
export const AXIS_FONT = 11.5;

/** The ticks of both axes of the plane, at pixels of its frame. */
export function ticksOf({ frame, box }: Pick<Scale, "frame" | "box">): { readonly across: Ticks; readonly up: Ticks } {
  const [left, bottom, right, top] = box;
  return {
    across: ticksAcross(axisBetween({ low: left, high: right }, frame.left, frame.right), {
      size: AXIS_FONT,
      apart: 90,
      ends: { left: 0, right: frame.width },
    }),
    up: ticksUp(axisBetween({ low: bottom, high: top }, frame.bottom, frame.top), { size: AXIS_FONT, apart: 60 }),
  };
}
