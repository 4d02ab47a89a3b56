import type { Shapes } from "../worker/protocol.ts";
import { SHAPE_SIZE } from "../worker/protocol.ts";
import type { Scale } from "./scale.ts";

/** A component whose mean the picture does not reach: where on its edge, and in which direction. */
export interface OutsideMean {
  readonly component: number;
  readonly x: number;
  readonly y: number;
  readonly towards: "up" | "down" | "left" | "right";
}

/** Components of some weight whose means lie outside of the frame. */
export function meansOutside(shapes: Shapes, { frame, x, y }: Pick<Scale, "frame" | "x" | "y">, least: number): OutsideMean[] {
  return Array.from({ length: shapes.length / SHAPE_SIZE }, (_, component) => component).flatMap((component) => {
    const [weight, across, up] = [0, 1, 2].map((part) => shapes[SHAPE_SIZE * component + part]!) as [number, number, number];
    const [left, top] = [x(across), y(up)];
    const at = { x: Math.max(frame.left, Math.min(frame.right, left)), y: Math.max(frame.top, Math.min(frame.bottom, top)) };
    const [right, down] = [left - at.x, top - at.y];
    if (weight < least || !(Math.max(Math.abs(right), Math.abs(down)) > 0.5)) return [];
    const towards = Math.abs(right) > Math.abs(down) ? (right > 0 ? "right" : "left") : down > 0 ? "down" : "up";
    return [{ component, ...at, towards }];
  });
}
