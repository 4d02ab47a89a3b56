import { arrowPath } from "../axis/arrow.ts";
import { INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import { element, px } from "../svg/element.ts";
import { lineSign } from "./entries.ts";
import type { Box } from "./frame.ts";
import type { LegendEntry } from "./header.ts";

const DASH = "6 3";

/** A dashed line through the box at a pixel across or up; an arrow at the edge beyond which it lies. */
export function cutoffLine(at: { readonly x: number } | { readonly y: number }, box: Box, theme: Theme): string {
  const [place, low, high] = "x" in at ? [at.x, box.left, box.right] : [at.y, box.top, box.bottom];
  const ink = theme.paint(INK.text);
  if (place >= low && place <= high) {
    const d = "x" in at ? `M${px(place)} ${px(box.top)}V${px(box.bottom)}` : `M${px(box.left)} ${px(place)}H${px(box.right)}`;
    return element("path", { d, fill: "none", stroke: ink, "stroke-width": 1.4, "stroke-dasharray": DASH });
  }
  const isLow = place < low;
  const d =
    "x" in at
      ? arrowPath(isLow ? low + 1 : high - 1, box.top + 12, isLow ? "left" : "right")
      : arrowPath(box.right - 12, isLow ? low + 1 : high - 1, isLow ? "up" : "down");
  return element(
    "path",
    { d, fill: ink, "data-beyond": isLow === "y" in at ? "above" : "below" },
    element("title", {}, "the dashed line lies outside"),
  );
}

/** The legend entry of a cutoff. */
export function cutoffEntry(text: string, theme: Theme): LegendEntry {
  return { text, sign: (x, y) => lineSign(x, y, theme.paint(INK.text), DASH, 1.4) };
}
