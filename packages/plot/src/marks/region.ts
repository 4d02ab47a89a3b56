import { percent } from "@mixtura/wording/internal";
import type { Axis } from "../axis/axis.ts";
import { INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import type { ReadPlotBox } from "../input/box.ts";
import { element, px } from "../svg/element.ts";
import type { Box } from "./frame.ts";
import type { LegendEntry } from "./header.ts";

/** Where bounds lie along an axis, cut off a little outside the picture: sides that are not seen are not drawn. */
function stretch(axis: Axis, lower: number, upper: number, from: number, to: number): { start: number; length: number } {
  const [low, high] = [Math.min(from, to) - 4, Math.max(from, to) + 4];
  const clamp = (value: number, whenInfinite: number): number =>
    Number.isFinite(value) ? Math.min(high, Math.max(low, axis.position(value))) : whenInfinite;
  const first = clamp(lower, from < to ? low : high);
  const last = clamp(upper, from < to ? high : low);
  return { start: Math.min(first, last), length: Math.abs(last - first) };
}

/** A box over a plane, or, without a second axis, a band over a line. */
export function boxMark(
  { lower, upper }: ReadPlotBox,
  frame: Box,
  across: { axis: Axis; feature: number },
  up: { axis: Axis; feature: number } | undefined,
  theme: Theme,
): string {
  const x = stretch(across.axis, lower[across.feature]!, upper[across.feature]!, frame.left, frame.right);
  const y =
    up === undefined
      ? { start: frame.top - 4, length: frame.bottom - frame.top + 8 }
      : stretch(up.axis, lower[up.feature]!, upper[up.feature]!, frame.bottom, frame.top);
  const ink = theme.paint(INK.text);
  return element("rect", {
    x: x.start,
    y: y.start,
    width: x.length,
    height: y.length,
    fill: ink,
    "fill-opacity": "0.08",
    stroke: ink,
    "stroke-width": 1.8,
  });
}

/** The legend entry of a box, with its probability where that is known. */
export function boxEntry({ probability }: ReadPlotBox, theme: Theme): LegendEntry {
  const ink = theme.paint(INK.text);
  return {
    text: probability === undefined ? "box" : `box: ${percent(probability, 3)}`,
    sign: (x, y) =>
      element("path", { d: `M${px(x - 7)} ${px(y - 5)}h14v10h-14z`, fill: ink, "fill-opacity": "0.08", stroke: ink, "stroke-width": 1.8 }),
  };
}

/** A box in words: its sides in all features that it bounds, and its probability. */
export function boxWords({ lower, upper, probability }: ReadPlotBox, names: readonly string[]): string {
  const sides = names.flatMap((name, j) => {
    const [from, to] = [lower[j]!, upper[j]!];
    if (from > -Infinity && to < Infinity) return [`${name} from ${from} to ${to}`];
    return from > -Infinity ? [`${name} from ${from}`] : to < Infinity ? [`${name} up to ${to}`] : [];
  });
  return ` Box: ${sides.length === 0 ? "everything" : sides.join(", ")}${probability === undefined ? "" : `; its probability is ${percent(probability, 3)}`}.`;
}
