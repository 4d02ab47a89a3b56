import { contours } from "d3-contour";
import { ramp } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import type { DensityGrid } from "../gaussian/density.ts";
import { tenth } from "../svg/element.ts";

/** The outlines of the region where the grid is at least `level`, as a path. */
export function contourPath(grid: DensityGrid, level: number): string {
  const { columns, rows, values, left, top, stepX, stepY } = grid;
  // d3-contour puts the value of cell (0, 0) at (0.5, 0.5).
  const { coordinates } = contours()
    .size([columns, rows])
    .contour(values as unknown as number[], level);
  const rings = coordinates.flatMap((polygon) =>
    polygon.map((ring) => {
      const points = ring.slice(0, -1).map(([x, y]) => `${tenth(left + (x! - 0.5) * stepX)} ${tenth(top + (y! - 0.5) * stepY)}`);
      return `M${points.join("L")}Z`;
    }),
  );
  return rings.join("");
}

/** Levels of a filled log-density, low to high, and its peak. */
export interface FillLevels {
  readonly levels: readonly number[];
  readonly peak: number;
}

/** A log-density is coloured down to what a single Gaussian has at this many σ from its mean. */
const SIGMAS = 5;

/** One level per step of the ramp: those of a single Gaussian at equal steps of its σ, so that the areas are equally wide. */
export function fillLevels({ values }: DensityGrid): FillLevels {
  let peak = -Infinity;
  for (const value of values) if (value > peak) peak = value;
  return { levels: ramp.map((_, step) => peak - (SIGMAS * (1 - step / ramp.length)) ** 2 / 2), peak };
}

/** Areas of log-density, the stronger the denser. */
export function filledContours(grid: DensityGrid, { levels }: FillLevels, theme: Theme): string {
  return levels
    .map((level, step) => {
      const d = contourPath(grid, level);
      return d === "" ? "" : `<path fill="${theme.paint(ramp[step]!)}" d="${d}"/>`;
    })
    .join("");
}
