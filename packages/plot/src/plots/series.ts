import type { ComponentLook } from "../color/palette.ts";
import { componentLook } from "../color/palette.ts";

/** The look of a line among several: colour, dash and mark all differ, so that colour is never alone. */
export function seriesLook(index: number): ComponentLook {
  const { colour } = componentLook(index);
  const dashes = [undefined, "7 3", "2 3", "8 3 2 3"];
  const shapes = ["circle", "square", "triangle", "diamond"] as const;
  return { colour, dash: dashes[index % dashes.length], shape: shapes[index % shapes.length]! };
}
