import { grouped } from "@mixtura/wording/internal";
import type { Pair } from "../color/palette.ts";
import { INK, palette } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import { element, group, px } from "../svg/element.ts";
import type { LegendEntry } from "./header.ts";
import type { RowPixels } from "./hexbins.ts";
import { pickedRows } from "./picked-rows.ts";
import { mark } from "./shapes.ts";

/** The colour of outliers: vermilion. They are diamonds too, so colour is never alone. */
export const OUTLIER: Pair = palette[4]!;

/** Outliers beyond this number are picked evenly. */
const MOST = 2000;

/** Marks beyond this number have no edges: where many lie on one another, only edges would be left. */
const MOST_EDGED = 200;

/** Outliers as diamonds with an edge of the ground's colour. */
export function outlierMarks(outliers: ArrayLike<number>, at: Pick<RowPixels, "x" | "y">, theme: Theme, radius = 3.6): string {
  const picked = Array.from(pickedRows(outliers.length, MOST), (index) => outliers[index]!);
  return group(
    { fill: theme.paint(OUTLIER), ...(picked.length > MOST_EDGED ? {} : { stroke: theme.paint(INK.ground), "stroke-width": "0.8" }) },
    picked.map((row) => mark("diamond", at.x(row), at.y(row), radius)).join(""),
  );
}

/** The legend entry of {@link outlierMarks}. */
export function outlierMarkEntry(count: number, theme: Theme, name = "outliers"): LegendEntry {
  return {
    text: `${name} (${grouped(count)})`,
    sign: (x, y) => group({ fill: theme.paint(OUTLIER) }, mark("diamond", x, y, 4)),
  };
}

/** A removed row: a cross. */
export function crossMarks(rows: ArrayLike<number>, at: Pick<RowPixels, "x" | "y">, theme: Theme, size = 3.2): string {
  const picked = Array.from(pickedRows(rows.length, MOST), (index) => rows[index]!);
  const d = picked.map((row) => crossPath(at.x(row), at.y(row), size)).join("");
  if (d === "") return "";
  const lines = { d, fill: "none", "stroke-linecap": "round" };
  return (
    element("path", { ...lines, stroke: theme.paint(INK.ground), "stroke-width": 3.6 }) +
    element("path", { ...lines, stroke: theme.paint(OUTLIER), "stroke-width": 1.8 })
  );
}

/** The legend entry of {@link crossMarks}. */
export function crossEntry(text: string, theme: Theme): LegendEntry {
  return {
    text,
    sign: (x, y) =>
      element("path", {
        d: crossPath(x, y, 3.5),
        fill: "none",
        stroke: theme.paint(OUTLIER),
        "stroke-width": 1.8,
        "stroke-linecap": "round",
      }),
  };
}

function crossPath(x: number, y: number, size: number): string {
  return `M${px(x - size)} ${px(y - size)}l${px(2 * size)} ${px(2 * size)}m0 ${px(-2 * size)}l${px(-2 * size)} ${px(2 * size)}`;
}

/** The rows with the largest of some values, the largest first; equal ones in their order. O(n · most). */
export function mostExtreme(values: ArrayLike<number>, rows: ArrayLike<number>, most: number): number[] {
  const kept: number[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    if (kept.length === most && values[row]! <= values[kept.at(-1)!]!) continue;
    const at = kept.findIndex((other) => values[row]! > values[other]!);
    kept.splice(at === -1 ? kept.length : at, 0, row);
    if (kept.length > most) kept.pop();
  }
  return kept;
}
