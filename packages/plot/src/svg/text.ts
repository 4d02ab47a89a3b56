import type { Attributes } from "./element.ts";
import { element, escapeText } from "./element.ts";

/** Sizes of text in pixels. Nothing is smaller than 10. */
export const FONT = { title: 15, label: 12, tick: 11, small: 10 } as const;

const NARROWEST = 0.36;

/** Width of one character in units of the font size, on the wide side of the usual sans-serif faces. */
function characterWidth(character: string): number {
  if ("ijl.,:;'|!()[] ".includes(character)) return NARROWEST;
  if ("ftr-/".includes(character)) return 0.45;
  if ("mwMW@%→↑".includes(character)) return 0.98;
  if (character >= "A" && character <= "Z") return 0.72;
  return character.codePointAt(0)! < 0x2e80 ? 0.62 : 1;
}

/** Estimated width of a text in pixels: there is no browser to measure it. */
export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * size * (bold ? 1.08 : 1);
}

/** The text, or as much of its beginning and end as fits the width, with "…" between. */
export function elide(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const all = Array.from(text);
  // No character is narrower than a third of the size, so more than this many cannot fit, however long the text is.
  const most = Math.max(2, Math.min(all.length - 1, Math.ceil(width / (NARROWEST * size))));
  for (let kept = most; kept > 1; kept--) {
    const head = Math.ceil(kept * 0.6);
    const shorter = `${all.slice(0, head).join("")}…${all.slice(all.length - (kept - head)).join("")}`;
    if (textWidth(shorter, size, bold) <= width) return shorter;
  }
  return "…";
}

/** Where a text goes and how it looks. */
export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  /** Elided to this width; the whole text is then its `<title>`. */
  readonly maxWidth?: number;
  /** What is meant where the text itself is elided already: the `<title>` if the text does not hold it. */
  readonly whole?: string;
  /** Colour of an outline that sets it off from what is behind. */
  readonly halo?: string;
}

/** A line of text; `y` is its base line. */
export function textLine(text: string, place: TextPlace): string {
  const { x, y, size, fill, anchor = "start", bold = false, maxWidth = Infinity, halo, whole: meant = "" } = place;
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line === "") return "";
  const shown = elide(line, maxWidth, size, bold);
  const attributes: Attributes = {
    x,
    y,
    "font-size": size,
    "font-weight": bold ? "600" : undefined,
    "text-anchor": anchor === "start" ? undefined : anchor,
    fill,
    ...(halo === undefined ? {} : { stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" }),
  };
  const title = shown !== line ? line : shown.includes("…") && !shown.includes(meant) ? meant : "";
  const whole = title === "" ? "" : element("title", {}, escapeText(title));
  return element("text", attributes, whole + escapeText(shown));
}
