import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { spreadOf } from "./data-copy.ts";

/** Points that lie evenly over one or two dimensions, and the area that each stands for. */
export interface Grid {
  readonly points: Matrix;
  readonly cell: number;
}

/** Standard deviations that the grid reaches beyond the data on every side. */
const REACH = 8;

/** Points of the grid along a feature, by the number of features. */
const POINTS = [0, 4001, 401] as const;

/**
 * A grid over one or two features and far beyond the data. For a smooth density whose spread is a few steps or more, the plain sum over such a
 * grid is the integral to many digits.
 *
 * @see Trefethen & Weideman, The exponentially convergent trapezoidal rule (2014)
 */
export function gridAround(data: Matrix): Grid {
  const { columns } = data;
  const { deviation } = spreadOf(data);
  const count = POINTS[columns];
  if (count === undefined) throw new TypeError("a grid has one or two dimensions");
  const axes = deviation.map((spread, j) => {
    const values = Array.from({ length: data.rows }, (_, i) => data.data[i * columns + j]!);
    const least = Math.min(...values) - REACH * spread;
    const step = (Math.max(...values) + REACH * spread - least) / (count - 1);
    return { least, step };
  });
  const rows = count ** columns;
  const points = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    axes.forEach(({ least, step }, j) => (points[i * columns + j] = least + step * (Math.floor(i / count ** j) % count)));
  }
  return { points: matrix(points, rows, columns), cell: axes.reduce((product, { step }) => product * step, 1) };
}
