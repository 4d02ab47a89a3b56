import type { DeclarationsOf, OptionDeclaration } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import { checkOptions, show } from "@mixtura/core/authoring";
import type { ThemeName } from "./color/theme.ts";
import { createTheme } from "./color/theme.ts";
import type { Theme } from "./color/theme.ts";

/** Options of the look of every picture. */
export interface PictureOptions {
  /** Width in pixels, 240 to 4000. Default 480; pair plots 720. Text keeps its size, so ask for the width at which it will be shown. */
  readonly width?: number | undefined;
  /** Height in pixels, 200 to 4000. Default: what suits the width and the content. */
  readonly height?: number | undefined;
  /** "light", "dark", or "auto" (default): one file that follows the reader's colour scheme. */
  readonly theme?: ThemeName | undefined;
  /** A line above the picture, and its accessible name. Default: a name is given to assistive technology only. */
  readonly title?: string | undefined;
  /** Whether the ground is painted. Default true; false lets the page show through. */
  readonly background?: boolean | undefined;
}

/** The looks of pictures, declared once. */
export const pictureOptions = {
  width: { range: { kind: "number", minimum: 240, maximum: 4000 }, description: "Width of the picture.", unit: "px" },
  height: { range: { kind: "number", minimum: 200, maximum: 4000 }, description: "Height of the picture.", unit: "px" },
  theme: { range: { kind: "choice", choices: ["auto", "light", "dark"] }, default: "auto", description: "The ground the picture is for." },
  title: { range: { kind: "text" }, description: "A line above the picture, and its accessible name." },
  background: { range: { kind: "boolean" }, default: true, description: "Whether the ground is painted." },
} satisfies DeclarationsOf<PictureOptions>;

/** The looks after checking. */
export interface Looks {
  readonly width: number;
  readonly height: number;
  readonly themeName: ThemeName;
  readonly theme: Theme;
  readonly title: string | undefined;
  readonly background: boolean;
}

/** The height of a picture with axes: a part of its width, but enough for its texts on a narrow one. */
export function heightOf(part: number): (width: number) => number {
  return (width) => Math.max(240, width * part);
}

/** An argument that is checked where it is read. */
const data = (description: string): OptionDeclaration => ({ range: { kind: "other" }, description, flag: false });

/** Declarations of data arguments, so that a misspelt name is an error. */
export function dataArguments(...names: readonly string[]): Record<string, OptionDeclaration> {
  return Object.fromEntries(names.map((name) => [name, data("Data to draw.")]));
}

function missing(caller: string, found: unknown): never {
  throw new MixturaError("invalid-option", `${caller}: an object with the data to draw is needed, found ${show(found)}.`, {
    option: "",
    found,
  });
}

/**
 * Checks the argument of a drawing function: known names, and looks within their ranges.
 *
 * @param height the default height, of the checked width
 * @throws MixturaError `invalid-option`, `unknown-option`
 */
export function checkLooks(
  caller: string,
  declarations: Readonly<Record<string, OptionDeclaration>>,
  given: object,
  size: { readonly width: number; readonly height: (width: number) => number },
): { readonly looks: Looks; readonly checked: Readonly<Record<string, unknown>> } {
  const checked = checkOptions(caller, { ...pictureOptions, ...declarations }, given ?? missing(caller, given));
  const width = (checked["width"] as number | undefined) ?? size.width;
  const themeName = checked["theme"] as ThemeName;
  const looks = {
    width,
    height: (checked["height"] as number | undefined) ?? Math.round(size.height(width)),
    themeName,
    theme: createTheme(themeName),
    title: checked["title"] as string | undefined,
    background: checked["background"] as boolean,
  };
  return { looks, checked };
}
