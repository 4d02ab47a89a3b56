import { grouped } from "@mixtura/wording/internal";
import { componentLook, INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import { element, group, px } from "../svg/element.ts";
import { defaultName } from "../input/data-set.ts";
import type { LegendEntry } from "./header.ts";
import { mark } from "./shapes.ts";

/** Legend entries of components: mark and line as they are drawn. An empty component says so; names that only count are shown as numbers. */
export function componentEntries(
  names: readonly string[],
  theme: Theme,
  parts: { readonly marks: boolean; readonly lines: boolean; readonly empty?: (k: number) => boolean },
): LegendEntry[] {
  const counting = names.every((name, k) => name === defaultName(k));
  return names.map((full, k) => {
    const name = counting && k > 0 ? String(k) : full;
    const { colour, dash, shape } = componentLook(k);
    const paint = theme.paint(colour);
    return {
      text: parts.empty?.(k) ? `${name} (empty)` : name,
      sign: (x, y) => (parts.lines ? lineSign(x, y, paint, dash) : "") + (parts.marks ? group({ fill: paint }, mark(shape, x, y, 4)) : ""),
    };
  });
}

/** A short line. */
export function lineSign(x: number, y: number, stroke: string, dash?: string, width = 2): string {
  return element("path", { d: `M${px(x - 8)} ${px(y)}h16`, stroke, "stroke-width": width, "stroke-dasharray": dash });
}

/** The ring around an outlier. */
export function outlierRing(x: number, y: number, theme: Theme, radius = 5): string {
  return element("circle", { cx: x, cy: y, r: radius, fill: "none", stroke: theme.paint(INK.text), "stroke-width": 1.3 });
}

/** The legend entry of outliers. */
export function outlierEntry(count: number, theme: Theme): LegendEntry {
  return { text: `outliers (${grouped(count)})`, sign: (x, y) => outlierRing(x, y, theme) };
}
