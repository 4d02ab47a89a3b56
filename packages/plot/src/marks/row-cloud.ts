import { INK } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import { pointLabels } from "./ellipses.ts";
import type { Box } from "./frame.ts";
import type { RowPixels } from "./hexbins.ts";
import { hexbins } from "./hexbins.ts";
import { pointMarks } from "./points.ts";

/** Rows that are no outliers, as dots or counted in cells. */
export function rowCloud(
  at: RowPixels & { readonly rows: number },
  outliers: readonly number[],
  box: Box,
  theme: Theme,
  binned: boolean,
): string {
  const others = without(at.rows, outliers);
  if (binned) return hexbins({ ...at, rows: others }, undefined, box, Math.max(3, Math.min(7, (box.right - box.left) / 100)), theme);
  const points = new Float64Array(2 * others.length);
  others.forEach((row, index) => points.set([at.x(row), at.y(row)], 2 * index));
  const many = at.rows > 1000;
  return pointMarks(points, () => ({ key: "", colour: INK.points, shape: "circle" }), theme, {
    radius: many ? 2 : 2.6,
    opacity: many ? 0.55 : 0.7,
  });
}

/** The names of some rows next to their marks, where there is room. */
export function rowLabels(
  rows: readonly number[],
  at: Pick<RowPixels, "x" | "y">,
  nameOf: (row: number) => string,
  box: Box,
  theme: Theme,
): string {
  const labels = rows.map((row) => ({ x: at.x(row), y: at.y(row), text: nameOf(row) }));
  return pointLabels(labels, box, theme, "nextTo").svg;
}

/** All rows but those of a rising list. */
function without(rows: number, listed: readonly number[]): Int32Array {
  const others = new Int32Array(rows - listed.length);
  let next = 0;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (listed[next] === row) next++;
    else others[count++] = row;
  }
  return others;
}
