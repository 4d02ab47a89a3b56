import { INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import { element, px } from "../svg/element.ts";
import { lineSign } from "./entries.ts";
import type { Box } from "./frame.ts";
import type { LegendEntry } from "./header.ts";

const DASH = "6 3";

/** A dashed line through the box at a pixel across or up; nothing where it lies outside. */
export function cutoffLine(at: { readonly x: number } | { readonly y: number }, box: Box, theme: Theme): string {
  const path = "x" in at ? `M${px(at.x)} ${px(box.top)}V${px(box.bottom)}` : `M${px(box.left)} ${px(at.y)}H${px(box.right)}`;
  const inside = "x" in at ? at.x >= box.left && at.x <= box.right : at.y >= box.top && at.y <= box.bottom;
  return inside
    ? element("path", { d: path, fill: "none", stroke: theme.paint(INK.text), "stroke-width": 1.4, "stroke-dasharray": DASH })
    : "";
}

/** The legend entry of a cutoff. */
export function cutoffEntry(text: string, theme: Theme): LegendEntry {
  return { text, sign: (x, y) => lineSign(x, y, theme.paint(INK.text), DASH, 1.4) };
}
