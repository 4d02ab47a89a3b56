import type { Ticks } from "../axis/axis.ts";
import { axisName, withinEnds } from "../axis/fitting.ts";
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

/** The ticks of an axis and its name, which is empty where there is none. */
interface FrameAxis extends Ticks {
  readonly name: string;
}

/** What stands at the two axes of a box. */
export interface FrameParts {
  readonly box: Box;
  readonly across: FrameAxis;
  readonly up: FrameAxis;
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
    const x = withinEnds(at, textWidth(text, FONT.tick), { left, right });
    return textLine(text, { x, y: box.bottom + 16, size: FONT.tick, fill: muted, anchor: "middle" });
  });
  const upTexts = up.ticks.map(({ at, text }) =>
    textLine(text, { x: box.left - 7, y: at + 4, size: FONT.tick, fill: muted, anchor: "end" }),
  );
  const ink = theme.paint(INK.text);
  const title = ({ name, note }: FrameAxis, room: number): string =>
    name === "" ? "" : axisName(name, note, room - textWidth("↑ ", FONT.label), FONT.label);
  const acrossTitle = title(across, box.right - left - 4);
  const upTitle = title(up, right - left - 12);
  const names = [
    textLine(acrossTitle === "" ? "" : `${acrossTitle} →`, {
      x: box.right,
      y: box.bottom + 34,
      size: FONT.label,
      fill: ink,
      anchor: "end",
      whole: across.name,
    }),
    textLine(upTitle === "" ? "" : `↑ ${upTitle}`, { x: left + 6, y: box.top - 9, size: FONT.label, fill: ink, whole: up.name }),
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
