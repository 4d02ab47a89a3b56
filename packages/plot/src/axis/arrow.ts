import { px } from "../svg/element.ts";

/** Half the width and the height of an arrow, in pixels. */
const HALF = 4.5;
const HEIGHT = 8;

/** A filled arrow whose tip lies at a place on the edge of a box: it stands for what lies beyond. The path of a triangle. */
export function arrowPath(x: number, y: number, towards: "up" | "down" | "left" | "right"): string {
  const away = towards === "up" || towards === "left" ? HEIGHT : -HEIGHT;
  const [along, across] =
    towards === "up" || towards === "down" ? [`${HALF} ${away}`, `${-2 * HALF} 0`] : [`${away} ${HALF}`, `0 ${-2 * HALF}`];
  return `M${px(x)} ${px(y)}l${along}l${across}z`;
}
