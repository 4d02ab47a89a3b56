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

/**
 * The picture that a text is: nothing for other texts, and for those that the browser cannot draw. It is only ever handed to an image, since a
 * document made from it would be held to the page's content policy, and complain about every style sheet.
 */
export async function pictureOf(source: string): Promise<SVGPicture | undefined> {
  if (!SVG.test(source)) return undefined;
  const image = new Image();
  const address = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }));
  image.src = address;
  try {
    await image.decode();
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(address);
  }
  const words = ["title", "desc"].map((tag) => wordsOf(source, tag)).filter((part) => part !== "");
  return { alt: words.join(". ") || "A picture without a title", width: image.naturalWidth, height: image.naturalHeight, source };
}

/** The text of the first element of a name. */
function wordsOf(source: string, tag: string): string {
  const inside = new RegExp(`<${tag}\\b[^>]*>([^]*?)</${tag}>`).exec(source)?.[1] ?? "";
  // Without its elements it is text alone, of which the parser makes characters.
  const plain = inside.replaceAll(/<[^>]*>/g, "");
  return new DOMParser().parseFromString(plain, "text/html").documentElement.textContent.trim();
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
