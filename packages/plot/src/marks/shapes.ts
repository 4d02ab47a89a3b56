import type { Shape } from "../color/palette.ts";
import { element, px } from "../svg/element.ts";

/** A mark of about the same area in every shape. */
export function mark(shape: Shape, x: number, y: number, radius: number): string {
  if (shape === "circle") return element("circle", { cx: x, cy: y, r: radius });
  return element("path", { d: shapePath(shape, x, y, radius) });
}

/** The outline of a mark. */
function shapePath(shape: Shape, x: number, y: number, radius: number): string {
  switch (shape) {
    case "circle":
      return `M${px(x - radius)} ${px(y)}a${px(radius)} ${px(radius)} 0 1 0 ${px(2 * radius)} 0a${px(radius)} ${px(radius)} 0 1 0 ${px(-2 * radius)} 0z`;
    case "square": {
      const half = radius * 0.886;
      return `M${px(x - half)} ${px(y - half)}h${px(2 * half)}v${px(2 * half)}h${px(-2 * half)}z`;
    }
    case "triangle": {
      const half = radius * 1.25;
      return `M${px(x)} ${px(y - half)}l${px(half)} ${px(half * 1.7)}h${px(-2 * half)}z`;
    }
    case "diamond": {
      const half = radius * 1.25;
      return `M${px(x)} ${px(y - half)}l${px(half)} ${px(half)} ${px(-half)} ${px(half)} ${px(-half)} ${px(-half)}z`;
    }
  }
}
