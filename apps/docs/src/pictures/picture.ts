import type { ThemeName } from "@mixtura/plot/internal";

/** A picture of the site: drawn once for a light and once for a dark ground. */
export interface Picture {
  readonly name: string;
  /** What it shows, for those who cannot see it. */
  readonly alt: string;
  readonly draw: (theme: ThemeName) => string;
  /** Whether it holds so much text that on a phone it is better scrolled than shrunk. */
  readonly isWide?: boolean;
}

/** The place in a page where a picture goes: `<!-- picture NAME -->`. */
const PLACE = /^<!-- picture ([\w-]+(?: [\w-]+)*) -->$/gm;

/**
 * Puts pictures in their places. Several names in one place stand side by side.
 *
 * @throws Error for a picture that there is not
 */
export function withPictures(markdown: string, pictures: ReadonlyMap<string, Picture>, where: string): string {
  return markdown.replaceAll(PLACE, (_, names: string) => {
    const figures = names.split(" ").map((name) => {
      const picture = pictures.get(name);
      if (picture === undefined) throw new Error(`${where}: there is no picture "${name}"; there are ${[...pictures.keys()].join(", ")}.`);
      return figure(picture);
    });
    return figures.length === 1 ? figures[0]! : `<div class="figures">\n${figures.join("\n")}\n</div>`;
  });
}

function figure({ name, alt, isWide = false }: Picture): string {
  const said = alt.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const image = (theme: string): string => `<img class="on-${theme}" src="/pictures/${name}-${theme}.svg" alt="${said}" loading="lazy">`;
  return `<figure class="picture${isWide ? " wide" : ""}"><div${isWide ? ' tabindex="0"' : ""}>${image("light")}${image("dark")}</div><figcaption>${said}</figcaption></figure>`;
}
