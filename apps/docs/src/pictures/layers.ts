import type { ThemeName } from "@mixtura/plot/internal";
import type { Ground } from "./ground.ts";
import { groundOf, linesOf, svgOf, textOf, widthOf } from "./ground.ts";

/** A box of a diagram. */
interface Box {
  readonly title: string;
  readonly says: string;
  /** What the reader of the page writes is set off. */
  readonly isYours?: boolean;
}

/** Boxes side by side, and what goes on from them to the next. */
export interface Layer {
  readonly boxes: readonly Box[];
  /** Words at the arrow downwards. */
  readonly handsOn?: string;
}

const LINE = 17;
const PADDING = 12;
const GAP = 12;
const ARROW = 44;

/** Layers from top to bottom, with arrows between them. */
export function drawLayers(title: string, layers: readonly Layer[], theme: ThemeName, width: number): string {
  const ground = groundOf(theme);
  let top = 1;
  const parts = layers.map(({ boxes, handsOn }) => {
    const shared = (width - 2 - GAP * (boxes.length - 1)) / boxes.length;
    // Where a word is wider than its box, the boxes of a layer stand below each other.
    const isStacked = boxes.some(({ title, says }) =>
      linesOf(`${title} ${says}`, shared - 2 * PADDING).some((line) => widthOf(line) > shared),
    );
    const rows = isStacked ? boxes.map((box) => [box]) : [boxes];
    const drawn = rows.map((row, index) => {
      if (index > 0) top += GAP / 2;
      const each = isStacked ? width - 2 : shared;
      const { parts: drawnRow, height } = drawRow(row, top, each, ground);
      top += height;
      return drawnRow;
    });
    if (handsOn === undefined) return drawn.join("");
    const [from, to, middle] = [top + 4, top + ARROW - 5, Math.min(width / 2, width - widthOf(handsOn) - 14)];
    top += ARROW;
    const arrow = `<path d="M${middle} ${from}V${to}m-4.5 -6l4.5 6l4.5 -6" fill="none" stroke="${ground.strong}" stroke-width="1.4"/>`;
    return drawn.join("") + arrow + textOf(middle + 12, from + 21, handsOn, ground.muted);
  });
  return svgOf(width, top + 1, title, `<rect width="${width}" height="${top + 1}" fill="${ground.ground}"/>${parts.join("")}`);
}

function drawRow(boxes: readonly Box[], top: number, each: number, ground: Ground): { readonly parts: string; readonly height: number } {
  const texts = boxes.map((box) => ({
    ...box,
    titles: linesOf(box.title, (each - 2 * PADDING) * 0.92),
    lines: linesOf(box.says, each - 2 * PADDING),
  }));
  const height = 2 * PADDING + LINE * Math.max(...texts.map(({ titles, lines }) => titles.length + lines.length));
  const parts = texts.map(({ titles, lines, isYours = false }, index) => {
    const left = 1 + index * (each + GAP);
    const middle = left + each / 2;
    const line = (at: number): number => top + PADDING + LINE * (at + 0.75);
    const frame = isYours
      ? `fill="${ground.soft}" stroke="${ground.strongest}" stroke-width="1.6"`
      : `fill="${ground.ground}" stroke="${ground.strong}"`;
    return (
      `<rect x="${left.toFixed(1)}" y="${top}" width="${each.toFixed(1)}" height="${height}" rx="8" ${frame}/>` +
      titles.map((words, at) => textOf(middle, line(at), words, ground.text, "middle", 600)).join("") +
      lines.map((words, at) => textOf(middle, line(titles.length + at), words, ground.muted, "middle")).join("")
    );
  });
  return { parts: parts.join(""), height };
}
