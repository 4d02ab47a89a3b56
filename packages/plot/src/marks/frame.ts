import { greatestOf } from "@mixtura/core/internal";
import type { Axis, Tick } from "../axis/axis.ts";
import { axisTicks } from "../axis/axis.ts";
import { INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import { element, group, px } from "../svg/element.ts";
import { FONT, textLine, textWidth } from "../svg/text.ts";

/** The rectangle in which data is drawn, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Room between the texts of two ticks. */
const GAP = 12;

/** Ticks across whose texts stand clear of each other, and the note that goes with them. */
export function ticksAcross(axis: Axis, whole = false): { readonly ticks: readonly Tick[]; readonly note: string } {
  const length = Math.abs(axis.to - axis.from);
  for (let wanted = Math.max(2, Math.round(length / 75)); ; wanted--) {
    const found = axisTicks(axis, wanted, whole);
    const widest = greatestOf(
      found.ticks.map(({ text }) => textWidth(text, FONT.tick)),
      0,
    );
    const apart = nearestTicks(found.ticks);
    if (wanted <= 1 || apart >= widest + GAP) return apart >= widest + GAP ? found : { ...found, ticks: found.ticks.slice(0, 1) };
  }
}

/** Ticks up, one per 45 pixels or so. */
export function ticksUp(axis: Axis): { readonly ticks: readonly Tick[]; readonly note: string } {
  const length = Math.abs(axis.to - axis.from);
  for (let wanted = Math.max(2, Math.round(length / 45)); ; wanted--) {
    const found = axisTicks(axis, wanted);
    if (wanted <= 1 || nearestTicks(found.ticks) >= FONT.tick + 6) return found;
  }
}

/** Pixels between the two ticks that are nearest to each other. */
function nearestTicks(ticks: readonly Tick[]): number {
  return ticks.slice(1).reduce((least, { at }, index) => Math.min(least, Math.abs(at - ticks[index]!.at)), Infinity);
}

/** A feature's name with the note of its ticks. */
export function axisName(name: string, note: string): string {
  return note === "" ? name : `${name} (${note})`;
}

/** Width of the widest text, in tick size. */
export function widestTick(ticks: readonly Tick[]): number {
  return greatestOf(
    ticks.map(({ text }) => textWidth(text, FONT.tick)),
    0,
  );
}

/** What stands at the two axes of a box. */
export interface FrameParts {
  readonly box: Box;
  readonly across: { readonly ticks: readonly Tick[]; readonly name: string };
  readonly up: { readonly ticks: readonly Tick[]; readonly name: string };
  readonly theme: Theme;
  /** Texts stay between these, the edges of the picture or of its part. */
  readonly left: number;
  readonly right: number;
}

/** Grid lines, texts of the ticks and names of the axes: the one across at the lower right, the one up above its axis. */
export function frame({ box, across, up, theme, left, right }: FrameParts): { readonly grid: string; readonly texts: string } {
  const lines = [
    ...across.ticks.map(({ at }) => `M${px(at)} ${px(box.top)}V${px(box.bottom)}`),
    ...up.ticks.map(({ at }) => `M${px(box.left)} ${px(at)}H${px(box.right)}`),
  ];
  const muted = theme.paint(INK.muted);
  const acrossTexts = across.ticks.map(({ at, text }) => {
    const half = textWidth(text, FONT.tick) / 2;
    const x = Math.max(left + half + 2, Math.min(right - half - 2, at));
    return textLine(text, { x, y: box.bottom + 16, size: FONT.tick, fill: muted, anchor: "middle" });
  });
  const upTexts = up.ticks.map(({ at, text }) =>
    textLine(text, { x: box.left - 7, y: at + 4, size: FONT.tick, fill: muted, anchor: "end" }),
  );
  const ink = theme.paint(INK.text);
  const names = [
    textLine(across.name === "" ? "" : `${across.name} →`, {
      x: box.right,
      y: box.bottom + 34,
      size: FONT.label,
      fill: ink,
      anchor: "end",
      maxWidth: box.right - left - 4,
    }),
    textLine(up.name === "" ? "" : `↑ ${up.name}`, {
      x: left + 6,
      y: box.top - 9,
      size: FONT.label,
      fill: ink,
      maxWidth: right - left - 12,
    }),
  ];
  const edge = element("path", {
    d: `M${px(box.left)} ${px(box.bottom)}H${px(box.right)}`,
    stroke: theme.paint(INK.line),
    fill: "none",
  });
  return {
    grid: group({ stroke: theme.paint(INK.grid), fill: "none" }, lines.length === 0 ? "" : element("path", { d: lines.join("") })) + edge,
    texts: group({ "font-variant-numeric": "tabular-nums" }, acrossTexts.join("") + upTexts.join("")) + names.join(""),
  };
}

/** Room below a box for the texts of {@link frame}. */
export const BELOW = 42;

/** Room above a box for the name of the axis up. */
export const ABOVE = 24;
