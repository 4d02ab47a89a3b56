import { greatestOf } from "@mixtura/core/internal";
import { counted, grouped } from "@mixtura/wording/internal";
import type { Axis } from "../axis/axis.ts";
import { componentLook, INK } from "../color/palette.ts";
import { densityGrid } from "../gaussian/density.ts";
import type { Curve } from "../gaussian/line.ts";
import { componentCurve, lineGaussians, totalCurve } from "../gaussian/line.ts";
import { planeGaussians } from "../gaussian/plane.ts";
import type { DataSet } from "../input/data-set.ts";
import { histogram } from "../marks/bars.ts";
import { fillLevels, filledContours } from "../marks/contours.ts";
import { ellipses } from "../marks/ellipses.ts";
import { outlierRing } from "../marks/entries.ts";
import type { Box } from "../marks/frame.ts";
import { pickedRows } from "../marks/picked-rows.ts";
import { hexbins } from "../marks/hexbins.ts";
import { pointDots, pointStyles } from "../marks/points.ts";
import type { Looks } from "../options.ts";
import { element, group, px, tenth } from "../svg/element.ts";
import { componentWords } from "./words.ts";

/** One feature of a pair plot and the axes it has, across in its column and up in its row. */
export interface Side {
  readonly index: number;
  readonly name: string;
  readonly across: Axis;
  readonly up: Axis;
}

/** More rows than this are not counted in every panel, but evenly picked: a panel cannot show the difference. */
const MOST_BINNED = 250_000;

/** How many rows are counted in cells, in words. */
export function binnedWords(rows: number): string {
  return rows <= MOST_BINNED ? counted(rows, "row") : `${grouped(MOST_BINNED)} of ${counted(rows, "row")}`;
}

/** The rows that are counted in cells, in every panel the same. */
export function binnedRows(rows: number): Int32Array {
  return pickedRows(rows, MOST_BINNED);
}

/** Rows and ellipses of two features. With `cells`, those rows are counted in cells. */
export function cloud(data: DataSet, across: Side, up: Side, box: Box, looks: Looks, cells: Int32Array | undefined): string {
  const { X, components, membership, outliers, componentNames } = data;
  const { theme } = looks;
  const x = (row: number): number => across.across.position(X.data[row * X.columns + across.index]!);
  const y = (row: number): number => up.up.position(X.data[row * X.columns + up.index]!);
  const radius = X.rows > 400 ? 1.1 : 1.5;
  let rows: string;
  if (cells !== undefined) rows = hexbins({ rows: cells, x, y }, membership, box, 2.5, theme);
  else {
    const points = new Float64Array(2 * X.rows);
    for (let row = 0; row < X.rows; row++) {
      points[2 * row] = x(row);
      points[2 * row + 1] = y(row);
    }
    rows = pointDots(points, pointStyles(membership), theme, { radius, opacity: 0.75 });
  }
  const rings = outliers.length > 500 ? "" : outliers.map((row) => outlierRing(x(row), y(row), theme, 3.5)).join("");
  if (components === undefined) return rows + rings;
  const gaussians = planeGaussians(components, across.index, up.index, across.across, up.up);
  const named = [across, up].map(({ index, name }) => ({ index, name }));
  return (
    rows +
    ellipses(gaussians, theme, {
      stroke: 1.3,
      fill: cells === undefined ? 0.06 : 0,
      halo: cells !== undefined,
      titles: (k) => componentWords(components, k, componentNames[k]!, named),
    }) +
    rings
  );
}

/** The log-density of two features. */
export function area({ components }: DataSet, across: Side, up: Side, box: Box, theme: Looks["theme"]): string {
  const grid = densityGrid(planeGaussians(components!, across.index, up.index, across.across, up.up), box, 4);
  return filledContours(grid, fillLevels(grid), theme);
}

/** The histogram of one feature with its curves, scaled to the panel. */
export function marginal({ X, components }: DataSet, side: Side, box: Box, theme: Looks["theme"]): string {
  const bars = histogram(
    X.rows,
    (row) => X.data[row * X.columns + side.index]!,
    side.across,
    Math.max(6, Math.floor((box.right - box.left) / 5)),
  );
  const gaussians = components === undefined ? [] : lineGaussians(components, side.index, side.across);
  const total = totalCurve(gaussians, box.left, box.right, 2);
  const tallest = greatestOf(bars.fractions) / bars.width;
  const most = Math.min(
    greatestOf(
      total.map(([, density]) => density),
      tallest,
    ),
    2 * tallest,
  );
  const level = (density: number): number => box.bottom - Math.min(1, density / most) * (box.bottom - box.top) * 0.94;
  const rectangles: string[] = [];
  for (const [bar, fraction] of bars.fractions.entries()) {
    if (fraction > 0)
      rectangles.push(
        `M${px(bars.from + bar * bars.width)} ${px(box.bottom)}V${px(level(fraction / bars.width))}h${px(bars.width)}V${px(box.bottom)}Z`,
      );
  }
  const path = (curve: Curve, stroke: string, dash?: string, strokeWidth = 1.4): string =>
    curve.length < 2
      ? ""
      : element("path", {
          d: `M${curve.map(([pixel, density]) => `${tenth(pixel)} ${tenth(level(density))}`).join("L")}`,
          stroke,
          "stroke-dasharray": dash,
          "stroke-width": strokeWidth,
        });
  const curves = gaussians
    .filter(({ weight }) => weight > 0 && gaussians.length > 1)
    .map((gaussian) => {
      const { colour, dash } = componentLook(gaussian.component);
      return path(componentCurve(gaussian, box.left, box.right, 2), theme.paint(colour), dash);
    });
  const sum = gaussians.length === 0 ? "" : path(total, theme.paint(INK.text), undefined, 1.2);
  return (
    group({ fill: theme.paint(INK.line), "fill-opacity": "0.7" }, element("path", { d: rectangles.join("") })) +
    group({ fill: "none" }, curves.join("") + sum)
  );
}
