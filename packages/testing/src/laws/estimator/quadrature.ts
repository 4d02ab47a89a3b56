import { greatestOf, leastOf } from "@mixtura/core/internal";
import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { columnsOf, enlarged, standardised } from "./data-copy.ts";

/** Points that lie evenly over one or two dimensions, and the area that each represents. */
export interface Grid {
  readonly points: Matrix;
  readonly cell: number;
}

/** How far the grid reaches beyond the data on every side, in standard deviations. */
const GRID_DEVIATIONS = 7;

/** Points of the grid along a feature, by the number of features. */
const POINTS = [0, 2001, 221] as const;

/**
 * Rows for a density that is to be summed over a grid: the first one or two features of the data, of variance 1 and without repeated values, so
 * that no component is much wider or much narrower than the data are.
 */
export function smoothRows(data: Matrix, features: number): Matrix {
  return standardised(enlarged(columnsOf(data, [0, 1].slice(0, features)), 1000));
}

/**
 * A grid over one or two features of variance 1 and far beyond them. For a smooth density whose spread is a few steps or more, the plain sum
 * over such a grid is the integral to many digits.
 *
 * @see Trefethen & Weideman, The exponentially convergent trapezoidal rule (2014)
 */
export function gridAround(data: Matrix): Grid {
  const { columns } = data;
  const count = POINTS[columns];
  if (count === undefined) throw new TypeError("a grid has one or two dimensions");
  const axes = Array.from({ length: columns }, (_, j) => {
    const values = Array.from({ length: data.rows }, (_value, i) => data.data[i * columns + j]!);
    const least = leastOf(values) - GRID_DEVIATIONS;
    return { least, step: (greatestOf(values) + GRID_DEVIATIONS - least) / (count - 1) };
  });
  const rows = count ** columns;
  const points = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    axes.forEach(({ least, step }, j) => (points[i * columns + j] = least + step * (Math.floor(i / count ** j) % count)));
  }
  return { points: matrix(points, rows, columns), cell: axes.reduce((product, { step }) => product * step, 1) };
}
