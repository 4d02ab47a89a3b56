/** A picture that an example gave. */
export interface SVGPicture {
  /** What it shows: its title and its description. */
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly source: string;
}

/** A text that begins like a picture. */
const SVG = /^\s*(?:<\?xml[^>]*\?>\s*)?<svg[\s>]/;

/** Where a picture does not say how large it is, what browsers take. */
const DEFAULT_SIZE = { width: 300, height: 150 };

/** The picture that a text is: nothing for other texts, and for those that no browser could draw. */
export function pictureOf(text: string): SVGPicture | undefined {
  if (!SVG.test(text)) return undefined;
  const { documentElement: root } = new DOMParser().parseFromString(text, "image/svg+xml");
  if (root.localName !== "svg" || root.querySelector("parsererror") !== null) return undefined;
  const words = ["title", "desc"].map((tag) => root.querySelector(`:scope > ${tag}`)?.textContent?.trim() ?? "");
  const [, , boxWidth, boxHeight] = (root.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  const size = (name: "width" | "height", fromBox: number | undefined): number => {
    const said = Number.parseFloat(root.getAttribute(name) ?? "");
    return [said, fromBox ?? 0].find((value) => value > 0) ?? DEFAULT_SIZE[name];
  };
  return {
    alt: words.filter((part) => part !== "").join(". ") || "A picture without a title",
    width: size("width", boxWidth),
    height: size("height", boxHeight),
    source: text,
  };
}

/** A colour of a picture that follows its ground: a variable that is named by its light and its dark value. */
const COLOUR = /var\(--mx-([0-9a-f]{6})-([0-9a-f]{6}),#[0-9a-f]{6}\)/g;

/**
 * The address of a picture for a ground, to be revoked after use. In an `<img>` it runs no scripts and fetches nothing, whatever it holds;
 * neither does it see which ground the page has, so its colours are those of the page's ground from the start.
 */
export function addressOf({ source }: SVGPicture, isDark: boolean): string {
  const svg = source.replaceAll(COLOUR, isDark ? "#$2" : "#$1");
  return URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
}
