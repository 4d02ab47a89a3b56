import { element } from "../svg/element.ts";
import { ID } from "../svg/picture.ts";
import type { Box } from "./frame.ts";

/** Content cut off at the box. `name` is unlike the other clips of the picture. */
export function clipped(box: Box, name: string, content: string): string {
  if (content === "") return "";
  const rectangle = element("rect", { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top });
  return `<clipPath id="${ID}-${name}">${rectangle}</clipPath><g clip-path="url(#${ID}-${name})">${content}</g>`;
}
