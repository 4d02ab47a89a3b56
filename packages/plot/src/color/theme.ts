import type { Pair } from "./palette.ts";

/** Which ground a picture is for. "auto" follows the reader's. */
export type ThemeName = "light" | "dark" | "auto";

/** Hands out the colours of one picture, and the style sheet that they need. */
export interface Theme {
  /** The colour as an attribute's value. */
  paint(colour: Pair): string;
  /** The style sheet of all colours handed out so far; empty unless the theme is "auto". */
  style(): string;
}

/**
 * Colours for a ground.
 *
 * "light" and "dark" are plain colours, which every SVG renderer reads. "auto" gives CSS variables whose light value is also the
 * fallback. A variable is named by its two colours, so pictures that share a page cannot disagree about one.
 */
export function createTheme(name: ThemeName): Theme {
  const used = new Map<string, Pair>();
  return {
    paint(colour) {
      const [light, dark] = colour;
      if (name !== "auto" || light === dark) return name === "dark" ? dark : light;
      const variable = `--mx-${light.slice(1)}-${dark.slice(1)}`;
      used.set(variable, colour);
      return `var(${variable},${light})`;
    },
    style() {
      if (used.size === 0) return "";
      const values = (at: 0 | 1): string => [...used].map(([variable, colour]) => `${variable}:${colour[at]}`).join(";");
      const light = `{${values(0)}}`;
      const dark = `{${values(1)}}`;
      return (
        `.mx-auto${light}@media(prefers-color-scheme:dark){.mx-auto${dark}}` +
        `[data-theme=light] .mx-auto${light}[data-theme=dark] .mx-auto${dark}`
      );
    },
  };
}
