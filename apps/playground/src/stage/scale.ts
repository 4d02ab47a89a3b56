import { ticks } from "d3-array";

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

/** Room for the axes' texts. */
export function frameOf(width: number, height: number): Frame {
  const small = width < 500;
  return {
    width,
    height,
    left: small ? 44 : 54,
    top: 10,
    right: Math.max(60, width - 12),
    bottom: Math.max(30, height - (small ? 38 : 44)),
  };
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

/** An axis is at least this part of its largest number wide: pixels and ticks of a narrower one fall between neighbouring doubles. */
const FINEST = 2 ** -44;
/** Below this width, the pixels of one unit and the steps of an axis leave the range of doubles. */
export const NARROWEST = 1e-290;

/**
 * Ends of an axis on which all numbers from `low` to `high` lie: finite, and as far apart as it takes to tell pixels and ticks from each other.
 *
 * @param room what is added at each end, as a part of the way from `low` to `high`
 * @param alone what is added at each end where both are one number
 */
export function spanned(low: number, high: number, room: number, alone: number): readonly [low: number, high: number] {
  const half = high / 2 - low / 2;
  const least = Math.max(NARROWEST, FINEST * Math.max(Math.abs(low), Math.abs(high)));
  const more = Math.max(half > 0 ? 2 * room * half : alone, least - half);
  return [Math.max(-Number.MAX_VALUE, low - more), Math.min(Number.MAX_VALUE, high + more)];
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
  const [west, east] = spanned(left, right, 0.06, Math.max(1, Math.abs(left)) * 0.5);
  const [south, north] = spanned(bottom, top, 0.06, Math.max(1, Math.abs(bottom)) * 0.5);
  return [west, south, east, north];
}

/** A box that holds another one, too. */
export function joined(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Round values for an axis whose ends are {@link spanned}, with their texts. */
export function ticksOf(low: number, high: number, count: number): { value: number; text: string }[] {
  // Steps between ends that are too far apart for doubles are those of a tenth of the way.
  const values = high - low < Infinity ? ticks(low, high, count) : ticks(low / 10, high / 10, count).map((value) => 10 * value);
  const step = values.length > 1 ? values[1]! - values[0]! : high - low || 1;
  const size = Math.max(Math.abs(low), Math.abs(high));
  const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
  return values.map((value) => ({
    value,
    text:
      size >= 1e6 || size < 1e-4
        ? Number(value.toPrecision(6)).toExponential().replace("e+", "e")
        : value.toFixed(digits).replace("-", "−"),
  }));
}
