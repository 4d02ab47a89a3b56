import type { ThemeName } from "@mixtura/plot/internal";

const COLOURS = {
  light: {
    text: "#1f2328",
    muted: "#57606a",
    line: "#d8dee4",
    strong: "#6e7781",
    strongest: "#0072b2",
    soft: "#eef5fb",
    ground: "#ffffff",
  },
  dark: {
    text: "#e6e8eb",
    muted: "#a5adb8",
    line: "#30363d",
    strong: "#8b949e",
    strongest: "#5fb0ec",
    soft: "#1a2530",
    ground: "#15181d",
  },
} as const;

/** The colours of pictures that the site draws itself, near those of `@mixtura/plot`. */
export type Ground = (typeof COLOURS)["light" | "dark"];

/** Those for a theme. */
export function groundOf(theme: ThemeName): Ground {
  return COLOURS[theme === "dark" ? "dark" : "light"];
}

/** Height of all texts, in pixels. */
const TEXT_HEIGHT = 12;

/** A text of a picture. */
export function textOf(left: number, top: number, said: string, colour: string, anchor = "start", weight = 400): string {
  return `<text x="${left.toFixed(1)}" y="${top.toFixed(1)}" fill="${colour}" text-anchor="${anchor}" font-size="${TEXT_HEIGHT}" font-weight="${weight}">${xml(said)}</text>`;
}

/** A whole picture, with its name. */
export function svgOf(width: number, height: number, title: string, body: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">` +
    `<title>${xml(title)}</title>${body}</svg>`
  );
}

function xml(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** How wide a text is, by an estimate on the wide side: none is known without a browser. */
export function widthOf(words: string): number {
  return 0.56 * TEXT_HEIGHT * words.length;
}

/** Words in lines that fit a place; a word that is wider has a line to itself. */
export function linesOf(words: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
