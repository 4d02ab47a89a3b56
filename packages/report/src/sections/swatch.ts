import { componentLook } from "@mixtura/plot/internal";
import type { Markup } from "../html/markup.ts";
import { html } from "../html/markup.ts";

/** The mark of a component, in the colour and the shape that it has in the pictures: colours come again from component 12 on. */
export function swatch(component: number): Markup {
  const {
    colour: [light, dark],
    shape,
  } = componentLook(component);
  return html`<span class="swatch ${shape}" style="background:light-dark(${light},${dark})"></span>`;
}
