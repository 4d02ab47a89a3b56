import type { Axis } from "../axis/axis.ts";
import type { PlaneGaussian } from "./plane.ts";

/** Log-densities on a grid of points, in nats per square pixel. */
export interface DensityGrid {
  readonly columns: number;
  readonly rows: number;
  /** Row-major; far from every component it stops at a floor, so it is always finite. */
  readonly values: Float64Array;
  /** Pixels of grid point (0, 0) and the step between points. */
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Log-densities stop this far below the highest one. */
const DEPTH = 700;

/** Components narrower than this part of a grid step are evaluated as if this wide: a needle would fall between the points. */
const NEEDLE = 0.5;

/** The log-density of the mixture at the points of a grid over the box, its border included. O(k · columns · rows). */
export function densityGrid(
  gaussians: readonly PlaneGaussian[],
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  step: number,
): DensityGrid {
  const columns = Math.max(2, Math.ceil((box.right - box.left) / step) + 1);
  const rows = Math.max(2, Math.ceil((box.bottom - box.top) / step) + 1);
  const stepX = (box.right - box.left) / (columns - 1);
  const stepY = (box.bottom - box.top) / (rows - 1);
  const values = new Float64Array(columns * rows).fill(-Infinity);
  for (const gaussian of gaussians) {
    if (gaussian.weight === 0) continue;
    const sdX = Math.hypot(gaussian.sdX, NEEDLE * step);
    const sdY = Math.hypot(gaussian.sdY, NEEDLE * step);
    const correlation = (gaussian.correlation * gaussian.sdX * gaussian.sdY) / (sdX * sdY);
    const left = Math.max(1e-12, 1 - correlation * correlation);
    const offset = Math.log(gaussian.weight) - Math.log(2 * Math.PI * sdX * sdY) - Math.log(left) / 2;
    for (let row = 0; row < rows; row++) {
      const v = (box.top + row * stepY - gaussian.y) / sdY;
      for (let column = 0; column < columns; column++) {
        const u = (box.left + column * stepX - gaussian.x) / sdX;
        const rest = u - correlation * v;
        const value = offset - (v * v + (rest * rest) / left) / 2;
        const at = row * columns + column;
        values[at] = logAdd(values[at]!, value);
      }
    }
  }
  let highest = -Infinity;
  for (const value of values) if (value > highest) highest = value;
  if (highest === -Infinity) highest = 0;
  for (let at = 0; at < values.length; at++) values[at] = Math.max(values[at]!, highest - DEPTH);
  return { columns, rows, values, left: box.left, top: box.top, stepX, stepY };
}

/** log(eᵃ + eᵇ) without overflow. */
function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === -Infinity ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** What is added to a log-density per square pixel to have it per unit of the data. */
export function logPixelsPerUnit(axis: Axis): number {
  return Math.log(Math.abs(axis.to - axis.from)) - Math.log(axis.high - axis.low) - Math.log(axis.scale);
}

/**
 * Levels whose regions of highest density hold the given fractions of the mass within the grid.
 *
 * @param fractions from 0 to 1
 * @returns log-densities, one per fraction
 */
export function massLevels({ values }: DensityGrid, fractions: readonly number[]): number[] {
  const sorted = values.toSorted().reverse();
  const highest = sorted[0]!;
  const masses = sorted.map((value) => Math.exp(value - highest));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const levels: number[] = [];
  let sum = 0;
  let at = 0;
  for (const fraction of fractions) {
    while (at < masses.length - 1 && sum + masses[at]! < fraction * total) sum += masses[at++]!;
    levels.push(sorted[at]!);
  }
  return levels;
}
