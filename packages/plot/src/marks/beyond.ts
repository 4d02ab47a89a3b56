import { arrowPath } from "../axis/arrow.ts";
import type { CutOff } from "../axis/cut.ts";
import { componentLook, INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import type { PlaneGaussian } from "../gaussian/plane.ts";
import type { Attributes } from "../svg/element.ts";
import { element, escapeText } from "../svg/element.ts";
import type { Box } from "./frame.ts";
import type { LegendEntry } from "./header.ts";

/** An arrow at the edge of a box for a mark that lies above or below it, with its title. */
export function beyondMark(side: CutOff["side"], x: number, box: Box, title: string, look: Attributes): string {
  const d = side === "above" ? arrowPath(x, box.top + 1, "up") : arrowPath(x, box.bottom - 1, "down");
  return element("path", { ...look, d, "data-beyond": side }, element("title", {}, escapeText(title)));
}

/** Legend entries that say on which side an axis is cut off. */
export function cutEntries(cuts: readonly CutOff[], theme: Theme): LegendEntry[] {
  const fill = theme.paint(INK.muted);
  return cuts.map(({ side, text }) => ({
    text,
    sign: (x, y) => element("path", { d: side === "above" ? arrowPath(x, y - 5, "up") : arrowPath(x, y + 5, "down"), fill }),
  }));
}

/** Arrows at the edge of a box for components whose means lie outside. */
export function meansBeyond(gaussians: readonly PlaneGaussian[], box: Box, theme: Theme, nameOf: (component: number) => string): string {
  return gaussians
    .flatMap(({ component, weight, x, y }) => {
      const at = { x: Math.max(box.left, Math.min(box.right, x)), y: Math.max(box.top, Math.min(box.bottom, y)) };
      const [across, up] = [x - at.x, y - at.y];
      if (weight === 0 || Math.max(Math.abs(across), Math.abs(up)) < 0.5) return [];
      const towards = Math.abs(across) > Math.abs(up) ? (across > 0 ? "right" : "left") : up > 0 ? "down" : "up";
      return element(
        "path",
        { d: arrowPath(at.x, at.y, towards), fill: theme.paint(componentLook(component).colour), "data-beyond": towards },
        element("title", {}, escapeText(`${nameOf(component)} lies outside`)),
      );
    })
    .join("");
}
