import { wrap } from "@mixtura/wording/internal";
import { INK } from "../color/palette.ts";
import type { Looks } from "../options.ts";
import { FONT, elide, textLine, textWidth } from "../svg/text.ts";

/** One entry of a legend. */
export interface LegendEntry {
  readonly text: string;
  /** Draws the sign of the entry around a point, about 14 pixels wide. */
  readonly sign: (x: number, y: number) => string;
}

const SIGN = 20;
const GAP = 14;
const LINE = 18;

/** Title, subtitle and legend from the top down, and where the rest may begin. */
export function header(
  looks: Looks,
  parts: { readonly subtitle?: string; readonly legend?: readonly LegendEntry[]; readonly legendRows?: number },
): { readonly svg: string; readonly bottom: number } {
  const { width, theme, title } = looks;
  const left = 6;
  const room = width - 2 * left;
  let y = 6;
  let svg = "";
  if (title !== undefined && title.trim() !== "") {
    svg += textLine(title, { x: left, y: y + 15, size: FONT.title, bold: true, fill: theme.paint(INK.text), maxWidth: room });
    y += 24;
  }
  for (const line of subtitleLines(parts.subtitle ?? "", room)) {
    svg += textLine(line, { x: left, y: y + 12, size: FONT.tick, fill: theme.paint(INK.muted), maxWidth: room });
    y += 16;
  }
  const { rows, left: unlisted } = legendRows(parts.legend ?? [], room, parts.legendRows ?? 2);
  for (const row of rows) {
    for (const { x, entry, text } of row) {
      svg += entry.sign(left + x + 7, y + 9);
      svg += textLine(text, { x: left + x + SIGN, y: y + 13, size: FONT.tick, fill: theme.paint(INK.text) });
    }
    y += LINE;
  }
  if (unlisted > 0 && rows.length > 0) {
    const end = rows.at(-1)!.at(-1)!;
    const x = left + end.x + SIGN + textWidth(end.text, FONT.tick) + GAP;
    svg += textLine(`+ ${unlisted} more`, { x, y: y - LINE + 13, size: FONT.tick, fill: theme.paint(INK.muted) });
  }
  return { svg, bottom: y + 2 };
}

interface Placed {
  readonly x: number;
  readonly entry: LegendEntry;
  readonly text: string;
}

/** Entries in rows. What does not fit into the rows is left out and counted. */
function legendRows(
  legend: readonly LegendEntry[],
  room: number,
  most: number,
): { readonly rows: readonly (readonly Placed[])[]; readonly left: number } {
  const rows: Placed[][] = [];
  const more = textWidth("+ 000 more", FONT.tick) + GAP;
  let x = Infinity;
  for (const [index, entry] of legend.entries()) {
    const text = elide(entry.text, Math.min(220, room - SIGN - more), FONT.tick);
    const wide = SIGN + textWidth(text, FONT.tick);
    const reserve = rows.length === most && index < legend.length - 1 ? more : 0;
    if (x + wide + reserve > room) {
      if (rows.length === most) return { rows, left: legend.length - index };
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ x, entry, text });
    x += wide + GAP;
  }
  return { rows, left: 0 };
}

/** A subtitle in two lines at most; the second one is elided when it is drawn. */
function subtitleLines(text: string, room: number): string[] {
  if (text === "") return [];
  const [first, ...others] = wrap(text, room, { measure: (part) => textWidth(part, FONT.tick) });
  return others.length === 0 ? [first!] : [first!, others.join(" ")];
}
