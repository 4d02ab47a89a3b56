import type { ScoreMap } from "../worker/protocol.ts";
import type { Raster } from "./draw-points.ts";
import type { Scale } from "./scale.ts";
import { partOf } from "./scale.ts";

/** Nats below the highest density that the ramp reaches down to. */
const DEPTH = 14;

/** Paints a map of scores under everything else, each value in its place of the ramp. */
export function drawMap(
  { pixels, width, height, ratio }: Raster,
  scale: Scale,
  map: ScoreMap,
  isDensity: boolean,
  ramp: Uint32Array,
): void {
  const { columns, rows, values, box } = map;
  const [left, bottom, right, top] = box;
  const [low, high] = shownRange(values, isDensity);
  const steps = Uint8Array.from(values, (value) => Math.max(0, Math.min(215, ((value - low) / (high - low || 1)) * 215)));
  const { frame } = scale;
  const [x0, x1, y0, y1] = [frame.left, frame.right, frame.top, frame.bottom].map((edge) => Math.round(edge * ratio)) as [
    number,
    number,
    number,
    number,
  ];
  // Between the middles of four cells the value changes evenly.
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) {
    const v = clamp(partOf(scale.up(y / ratio), bottom, top) * rows - 0.5, rows - 1);
    const j = Math.min(rows - 2, Math.floor(v));
    const fv = v - j;
    for (let x = Math.max(0, x0); x < Math.min(width, x1); x++) {
      const u = clamp(partOf(scale.across(x / ratio), left, right) * columns - 0.5, columns - 1);
      const i = Math.min(columns - 2, Math.floor(u));
      const fu = u - i;
      const at = j * columns + i;
      const value =
        (steps[at]! * (1 - fu) + steps[at + 1]! * fu) * (1 - fv) + (steps[at + columns]! * (1 - fu) + steps[at + columns + 1]! * fu) * fv;
      pixels[y * width + x] = ramp[Math.round(value)]!;
    }
  }
}

/** The lowest and the highest value that the ramp tells apart. */
export function shownRange(values: Float32Array, isDensity: boolean): [low: number, high: number] {
  return isDensity ? depthOf(values) : rangeOf(values);
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}

function depthOf(values: Float32Array): [number, number] {
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return [high - DEPTH, high];
}

function rangeOf(values: Float32Array): [number, number] {
  const order = values.toSorted();
  return [order[Math.floor(order.length * 0.02)]!, order.at(-1)!];
}
