import { palette } from "@mixtura/plot";
import type { Markup } from "../html/markup.ts";
import { html } from "../html/markup.ts";

/** The colour that the pictures give to a component. */
export function swatch(component: number): Markup {
  const [light, dark] = palette[component % palette.length]!;
  return html`<span class="swatch" style="background:light-dark(${light},${dark})"></span>`;
}
