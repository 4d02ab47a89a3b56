import type { Contour } from "../worker/protocol.ts";
import type { Box, Scale } from "./scale.ts";
import { partOf } from "./scale.ts";

/** Parts of a box by which the end of a line may miss its edge: rounding, a thousandth of a cell of the map. */
const NEAR = 1e-5;

/** The edges of a box on which a point lies, one bit each. */
function edgesAt(x: number, y: number, [left, bottom, right, top]: Box): number {
  const [across, up] = [partOf(x, left, right), partOf(y, bottom, top)];
  return Number(across <= NEAR) | (Number(across >= 1 - NEAR) << 1) | (Number(up <= NEAR) << 2) | (Number(up >= 1 - NEAR) << 3);
}

/** A line of equal score as a path. Rings are closed along the edge of their map, where there is no such line, so that part is left out. */
export function contourPath(contour: Contour, { x, y }: Pick<Scale, "x" | "y">, box: Box | undefined): string {
  return contour.rings
    .map((ring) => {
      let path = "";
      let before = 0;
      for (let at = 0; at < ring.length; at += 2) {
        const edges = box === undefined ? 0 : edgesAt(ring[at]!, ring[at + 1]!, box);
        path += `${at === 0 || (edges & before) !== 0 ? "M" : "L"}${x(ring[at]!).toFixed(1)} ${y(ring[at + 1]!).toFixed(1)}`;
        before = edges;
      }
      return path;
    })
    .join("");
}
