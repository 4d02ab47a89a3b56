import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ThemeName } from "@mixtura/plot/internal";

/** A picture of the site: drawn for a light and for a dark ground, and once more for a phone where it is wider than one. */
export interface Picture {
  readonly name: string;
  /** What it shows, for those who cannot see it. */
  readonly alt: string;
  /** The sentence below it; the same where none is given. */
  readonly caption?: string;
  /** How wide it is on a page, in pixels. */
  readonly width: number;
  /** Texts keep their height at any width. */
  readonly draw: (theme: ThemeName, width: number) => string;
}

/** How wide pictures may be on a phone: a window of 390 pixels without its margins. */
const PHONE_WIDTH = 342;

/** Where a page stops being a phone's, as in the style sheet. */
const ON_PHONES = "(max-width: 639px)";

/** The place in a page where a picture goes: `<!-- picture NAME -->`. */
const PLACE = /^<!-- picture ([\w-]+(?: [\w-]+)*) -->$/gm;

/** Draws a picture into a folder, and tells the HTML that shows it. */
export function figureOf(picture: Picture, folder: string): string {
  const { name, alt, caption = alt, width, draw } = picture;
  mkdirSync(folder, { recursive: true });
  const drawn = (theme: ThemeName, at: number, file: string): string => {
    const svg = draw(theme, at);
    writeFileSync(join(folder, file), svg);
    const size = sizeOf(svg);
    return `width="${size.width}" height="${size.height}"`;
  };
  const shown = (theme: ThemeName): string => {
    const file = `${name}-${theme}.svg`;
    const image = `<img src="/pictures/${file}" alt="${attribute(alt)}" ${drawn(theme, width, file)} loading="lazy">`;
    if (width <= PHONE_WIDTH) return `<picture class="on-${theme}">${image}</picture>`;
    const small = `${name}-phone-${theme}.svg`;
    const source = `<source media="${ON_PHONES}" srcset="/pictures/${small}" ${drawn(theme, PHONE_WIDTH, small)}>`;
    return `<picture class="on-${theme}">${source}${image}</picture>`;
  };
  return `<figure class="picture">${shown("light")}${shown("dark")}<figcaption>${text(caption)}</figcaption></figure>`;
}

/**
 * Puts figures in their places. Several names in one place stand side by side.
 *
 * @throws Error for a picture that there is not
 */
export function withFigures(markdown: string, figures: ReadonlyMap<string, string>, where: string): string {
  return markdown.replaceAll(PLACE, (_, names: string) => {
    const found = names.split(" ").map((name) => {
      const figure = figures.get(name);
      if (figure === undefined) throw new Error(`${where}: there is no picture "${name}"; there are ${[...figures.keys()].join(", ")}.`);
      return figure;
    });
    return found.length === 1 ? found[0]! : `<div class="figures">\n${found.join("\n")}\n</div>`;
  });
}

/**
 * What a picture says of its size.
 *
 * @throws Error for one that does not: its place on a page could not be kept
 */
export function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const [, width, height] = /^<svg [^>]*?\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) throw new Error(`a picture without a size: ${svg.slice(0, 80)}`);
  return { width: Number(width), height: Number(height) };
}

/** Also in a page's template braces mean nothing here. */
function text(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("{{", "&#123;&#123;");
}

function attribute(words: string): string {
  return text(words).replaceAll('"', "&quot;");
}
