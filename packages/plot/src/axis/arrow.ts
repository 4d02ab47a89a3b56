import { px } from "../svg/element.ts";

/** An arrow with a stem, so that it is not taken for a triangle: steps from its tip along it and across it, in pixels. */
const OUTLINE = [
  [5, 4.5],
  [0, -3],
  [5, 0],
  [0, -3],
  [-5, 0],
  [0, -3],
] as const;

/** A filled arrow whose tip lies at a place on the edge of a box: it stands for what lies beyond. */
export function arrowPath(x: number, y: number, towards: "up" | "down" | "left" | "right"): string {
  const sign = towards === "up" || towards === "left" ? 1 : -1;
  const isUpright = towards === "up" || towards === "down";
  const steps = OUTLINE.map(([along, across]) => (isUpright ? `${px(across)} ${px(sign * along)}` : `${px(sign * along)} ${px(across)}`));
  return `M${px(x)} ${px(y)}l${steps.join("l")}z`;
}
