import type { Theme, ThemeName } from "../color/theme.ts";
import { INK } from "../color/palette.ts";
import { element, escapeText, px } from "./element.ts";

/** What a picture is, besides what is drawn in it. */
export interface PictureParts {
  readonly width: number;
  readonly height: number;
  readonly themeName: ThemeName;
  readonly theme: Theme;
  readonly background: boolean;
  /** Its name, for those who cannot see it. */
  readonly title: string;
  /** What it shows, in words. */
  readonly description: string;
  /** What is drawn. Names begin with {@link ID}. */
  readonly body: string;
}

/** Stands for the picture's own name until all of it is known. No text can hold it: escaping takes control characters out. */
export const ID = "\u0001";

const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** The whole SVG document, in ASCII so that no page and no file can misread it. Equal parts give equal bytes. */
export function picture(parts: PictureParts): string {
  const { width, height, themeName, theme, background, title, description } = parts;
  const id = `mx-${fingerprint(`${width} ${height} ${themeName} ${title} ${description} ${parts.body}`)}`;
  const body = parts.body.replaceAll(ID, id);
  const ground = background ? element("rect", { width, height, fill: theme.paint(INK.ground) }) : "";
  const style = theme.style();
  const document = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${px(width)} ${px(height)}`,
      class: `mx-${themeName}`,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      "font-family": FONTS,
      style: "max-width:100%;height:auto",
    },
    element("title", { id: `${id}-title` }, escapeText(title)) +
      element("desc", { id: `${id}-desc` }, escapeText(description)) +
      (style === "" ? "" : `<style>${style}</style>`) +
      ground +
      body,
  );
  return document.replaceAll(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)!};`);
}

/** FNV-1a over the text, twice with different starts, in base 36. */
function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01234567;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x01000193);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
