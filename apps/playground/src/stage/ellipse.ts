import type { Shapes } from "../worker/protocol.ts";
import { SHAPE_SIZE } from "../worker/protocol.ts";
import type { Scale } from "./scale.ts";

/** A component on the screen. */
export interface Ellipse {
  readonly component: number;
  readonly weight: number;
  readonly x: number;
  readonly y: number;
  /** Half axes of one standard deviation and the turn of the first, in degrees; absent for a centre without spread. */
  readonly axes: { readonly long: number; readonly short: number; readonly turn: number } | undefined;
}

/** Pixels from the corner beyond which nothing is drawn: browsers keep seven digits of a place, and refuse what is no number. */
const FAR = 1e6;

/** Components of the plane on the screen; those whose centre or reach lies far out of the picture are left out. */
export function ellipsesOf(shapes: Shapes, scale: Scale): Ellipse[] {
  const [sx, up] = scale.unit;
  const sy = -up;
  const all = Array.from({ length: shapes.length / SHAPE_SIZE }, (_, component) => {
    const [weight, x, y, xx, xy, yy] = shapes.subarray(SHAPE_SIZE * component, SHAPE_SIZE * (component + 1)) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { component, weight, x: scale.x(x), y: scale.y(y), axes: axesOf(xx * sx * sx, xy * sx * sy, yy * sy * sy) };
  });
  return all.filter(({ x, y, axes }) => [x, y, axes?.long ?? 0, axes?.short ?? 0].every((value) => Math.abs(value) <= FAR));
}

function axesOf(a: number, b: number, c: number): Ellipse["axes"] {
  if (Number.isNaN(a)) return undefined;
  const middle = (a + c) / 2;
  const reach = Math.hypot((a - c) / 2, b);
  const turn = (Math.atan2(b, (a - c) / 2) / 2) * (180 / Math.PI);
  return { long: Math.sqrt(Math.max(0, middle + reach)), short: Math.sqrt(Math.max(0, middle - reach)), turn };
}

/** States between two states, for a picture that moves: part 0 is the first, 1 the second. */
export function between(a: Shapes, b: Shapes, part: number): Shapes {
  if (part <= 0 || a.length !== b.length) return a;
  return a.map((value, at) => value + part * (b[at]! - value));
}
