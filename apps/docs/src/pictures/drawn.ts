import type { ThemeName } from "@mixtura/plot/internal";
import type { Packages } from "../run-example.ts";
import { runExample } from "../run-example.ts";
import type { Picture } from "./picture.ts";
import { sizeOf } from "./picture.ts";

/** An example, and behind it the comment that shows what it draws: `<!-- drawn: CAPTION -->`. */
const DRAWN = /^```ts run\n((?:(?!```).*\n)*)```\n+<!-- drawn: ([^>]+) -->$/gm;

/** Divides the captions of an example that draws several pictures. */
const NEXT_CAPTION = / \| /;

/** How wide pictures are that stand side by side in the text's column. */
const HALF_COLUMN = 338;

type Plot = (options: Readonly<Record<string, unknown>>) => string;

/**
 * The pictures that the examples of a page draw, by running them: what stands below the code is what the code gives. The comment behind an
 * example has a caption for each SVG that an expression of it gave, and becomes their place.
 *
 * @throws Error for an example that draws another number of pictures than it has captions
 */
export async function drawnPictures(
  markdown: string,
  path: string,
  packages: Packages,
): Promise<{ readonly markdown: string; readonly pictures: readonly Picture[] }> {
  const pictures: Picture[] = [];
  let finished = markdown;
  for (const [whole, code = "", words = ""] of markdown.matchAll(DRAWN)) {
    const captions = words.replaceAll(/\s+/g, " ").split(NEXT_CAPTION);
    const { pictures: drawn } = await picturesOf(code, packages).catch((error: unknown) => {
      throw new Error(`${path}: the example that draws "${captions[0]}" fails: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    });
    if (drawn.length !== captions.length)
      throw new Error(`${path}: an example draws ${drawn.length} pictures and has ${captions.length} captions: ${captions.join(" | ")}`);
    const some = drawn.map((picture, index): Picture => {
      const name = `${path.replaceAll("/", "-")}-drawn-${pictures.length + index + 1}`;
      const width = drawn.length > 1 ? Math.min(picture.width, HALF_COLUMN) : picture.width;
      return { ...picture, name, caption: captions[index]!, width };
    });
    pictures.push(...some);
    const place = `<!-- picture ${some.map(({ name }) => name).join(" ")} -->`;
    finished = finished.replace(whole, () => whole.replace(/<!-- drawn: [^>]+ -->$/, () => place));
  }
  const left = /^<!-- drawn.*$/m.exec(finished)?.[0];
  if (left !== undefined) throw new Error(`${path}: "${left}" stands behind no example.`);
  return { markdown: finished, pictures };
}

/** Runs an example: the pictures that its expressions gave, with how to draw each once more for another ground and width, and all that they gave. */
export async function picturesOf(
  code: string,
  packages: Packages,
): Promise<{ readonly given: readonly unknown[]; readonly pictures: readonly Omit<Picture, "name">[] }> {
  const drawings = new Map<string, Picture["draw"]>();
  const remembering = (plot: Plot): Plot => {
    return (options) => {
      const svg = plot(options);
      drawings.set(svg, (theme: ThemeName, width) => {
        // What is narrower than meant gets the height that suits it.
        const height = width === sizeOf(svg).width ? options["height"] : undefined;
        return plot({ ...options, theme, width, height });
      });
      return svg;
    };
  };
  const plots = Object.entries(packages["@mixtura/plot"]!).map(([name, value]) => [
    name,
    typeof value === "function" ? remembering(value as Plot) : value,
  ]);
  const { given } = await runExample(code, { ...packages, "@mixtura/plot": Object.fromEntries(plots) as Packages[string] });
  const svgs = given.filter((value): value is string => typeof value === "string" && drawings.has(value));
  return { given, pictures: svgs.map((svg) => ({ alt: wordsOf(svg), width: sizeOf(svg).width, draw: drawings.get(svg)! })) };
}

/** What a picture says it is and shows, in its own words. */
function wordsOf(svg: string): string {
  const [title, description] = ["title", "desc"].map((tag) => new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`).exec(svg)?.[1] ?? "");
  return `${title}. ${description}`
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
