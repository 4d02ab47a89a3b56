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
}

export function scaleOf(frame: Frame, box: Box): Scale {
  const [left, bottom, right, top] = box;
  const width = frame.right - frame.left;
  const height = frame.bottom - frame.top;
  return {
    frame,
    box,
    x: (value) => frame.left + ((value - left) / (right - left)) * width,
    y: (value) => frame.bottom - ((value - bottom) / (top - bottom)) * height,
    across: (pixel) => left + ((pixel - frame.left) / width) * (right - left),
    up: (pixel) => bottom + ((frame.bottom - pixel) / height) * (top - bottom),
  };
}

/** The part of the plane that holds all points, with some room; of no points, a square to draw in. */
export function boxOf(points: Float64Array): Box {
  if (points.length === 0) return [0, 0, 10, 10];
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at]!;
    const y = points[at + 1]!;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  const room = (low: number, high: number): number => (high > low ? 0.06 * (high - low) : Math.max(1, Math.abs(low)) * 0.5);
  return [left - room(left, right), bottom - room(bottom, top), right + room(left, right), top + room(bottom, top)];
}

/** A box that holds another one, too. */
export function joined(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Round values for an axis, with their texts. */
export function ticksOf(low: number, high: number, count: number): { value: number; text: string }[] {
  const values = ticks(low, high, count);
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
