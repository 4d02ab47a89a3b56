import { componentLook, INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import type { PlaneGaussian } from "../gaussian/plane.ts";
import { ellipseOf } from "../gaussian/plane.ts";
import { element, escapeText, group, px } from "../svg/element.ts";
import { elide, FONT, textLine, textWidth } from "../svg/text.ts";
import type { Box } from "./frame.ts";

/** How the ellipses of all components are drawn. */
export interface EllipseLook {
  readonly stroke: number;
  /** Opacity of the area within 1σ. */
  readonly fill: number;
  /** Whether lines are set off from what is behind them by an edge of the ground's colour. */
  readonly halo: boolean;
  readonly titles: (component: number) => string;
}

/** Ellipses at 1σ (whole) and 2σ (thin) of every component with weight; a flat one is a line, a point a ring. */
export function ellipses(gaussians: readonly PlaneGaussian[], theme: Theme, look: EllipseLook): string {
  return gaussians
    .filter(({ weight }) => weight > 0)
    .map((gaussian) => {
      const { colour, dash } = componentLook(gaussian.component);
      const { major, minor, degrees } = ellipseOf(gaussian);
      const turn = degrees === 0 ? undefined : `rotate(${px(degrees)} ${px(gaussian.x)} ${px(gaussian.y)})`;
      const ring = (sigmas: number, extra: Record<string, string>): string =>
        element("ellipse", {
          cx: gaussian.x,
          cy: gaussian.y,
          rx: Math.max(0.75, sigmas * major),
          ry: Math.max(0.75, sigmas * minor),
          transform: turn,
          ...extra,
        });
      const halo = look.halo
        ? group(
            { fill: "none", stroke: theme.paint(INK.ground), "stroke-opacity": "0.85", "stroke-width": px(look.stroke + 2) },
            ring(1, {}) + ring(2, { "stroke-width": px(look.stroke * 0.6 + 2) }),
          )
        : "";
      return (
        halo +
        element(
          "g",
          { stroke: theme.paint(colour), "stroke-dasharray": dash, fill: theme.paint(colour) },
          element("title", {}, escapeText(look.titles(gaussian.component))) +
            ring(2, { "fill-opacity": "0", "stroke-opacity": "0.65", "stroke-width": px(look.stroke * 0.6) }) +
            ring(1, { "fill-opacity": String(look.fill), "stroke-width": px(look.stroke) }),
        )
      );
    })
    .join("");
}

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Labels are cut to this width. */
const LONGEST_LABEL = 120;

/** Where a label may stand about its point, best first. */
const OFFSETS = [
  [0, 0],
  [0, -12],
  [0, 12],
  [12, 0],
  [-12, 0],
  [12, -12],
  [-12, -12],
  [12, 12],
  [-12, 12],
  [0, -24],
  [0, 24],
] as const;

/** Where a label may stand so that its point stays in sight. */
const NEXT_TO = [
  [0, -11],
  [1, 0],
  [-1, 0],
  [0, 12],
  [1, -10],
  [-1, -10],
  [1, 10],
  [-1, 10],
] as const;

/**
 * Texts at points, none on another and all within the box; one that finds no place is left out. Those that stand next to their points keep clear of
 * the other points, too.
 */
export function pointLabels(
  labels: readonly { readonly x: number; readonly y: number; readonly text: string }[],
  box: Box,
  theme: Theme,
  place: "on" | "nextTo" = "on",
): { readonly svg: string; readonly leftOut: number } {
  const size = place === "on" ? FONT.label : FONT.small;
  const taken: Rectangle[] = place === "on" ? [] : labels.map(({ x, y }) => ({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 }));
  const parts: string[] = [];
  for (const { x, y, text: whole } of labels) {
    const text = elide(whole, LONGEST_LABEL, size, true);
    const half = textWidth(text, size, true) / 2 + 2;
    const offsets = place === "on" ? OFFSETS : NEXT_TO.map(([side, dy]) => [side * (half + 5), dy] as const);
    for (const [dx, dy] of offsets) {
      const spot = { left: x + dx - half, right: x + dx + half, top: y + dy - size / 2 - 2, bottom: y + dy + size / 2 + 2 };
      const inside = spot.left >= box.left && spot.right <= box.right && spot.top >= box.top && spot.bottom <= box.bottom;
      if (!inside || taken.some((other) => overlap(spot, other))) continue;
      taken.push(spot);
      const at = { x: x + dx, y: y + dy + size * 0.36, size, bold: true, anchor: "middle" } as const;
      parts.push(textLine(text, { ...at, fill: theme.paint(INK.text), halo: theme.paint(INK.ground) }));
      break;
    }
  }
  return { svg: parts.join(""), leftOut: labels.length - parts.length };
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
