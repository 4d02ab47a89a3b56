import type { Scale } from "./scale.ts";

/** The row nearest to a place on the screen, within a reach in CSS pixels. */
export function nearestRow(points: Float64Array, scale: Scale, x: number, y: number, reach: number): number | undefined {
  let best: number | undefined;
  let least = reach * reach;
  eachNear(points, scale, x, y, reach, (row, square) => {
    if (square > least) return;
    least = square;
    best = row;
  });
  return best;
}

/** All rows within a reach of a place on the screen. */
export function rowsNear(points: Float64Array, scale: Scale, x: number, y: number, reach: number): number[] {
  const rows: number[] = [];
  eachNear(points, scale, x, y, reach, (row, square) => {
    if (square <= reach * reach) rows.push(row);
  });
  return rows;
}

function eachNear(
  points: Float64Array,
  scale: Scale,
  x: number,
  y: number,
  reach: number,
  take: (row: number, square: number) => void,
): void {
  const [left, right] = [scale.across(x - reach), scale.across(x + reach)];
  const [bottom, top] = [scale.up(y + reach), scale.up(y - reach)];
  for (let row = 0; 2 * row < points.length; row++) {
    const px = points[2 * row]!;
    if (px < left || px > right) continue;
    const py = points[2 * row + 1]!;
    if (py < bottom || py > top) continue;
    take(row, (scale.x(px) - x) ** 2 + (scale.y(py) - y) ** 2);
  }
}
