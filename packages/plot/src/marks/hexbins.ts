import { greatestOf } from "@mixtura/core/internal";
import { ramp } from "../color/palette.ts";
import type { Theme } from "../color/theme.ts";
import type { Membership } from "../input/rows.ts";
import { group, px } from "../svg/element.ts";
import type { Box } from "./frame.ts";
import { blendOf } from "./points.ts";

/** Where rows are, in pixels. */
export interface RowPixels {
  /** Which rows count: this many from the first on, or those listed. */
  readonly rows: number | Int32Array;
  x(row: number): number;
  y(row: number): number;
}

/** Steps of opacity when the colour shows the component. */
const OPACITIES = [0.22, 0.34, 0.46, 0.58, 0.7, 0.8, 0.9, 1];

/** Responsibilities of a cell are rounded to this many steps. */
const RESPONSIBILITY_STEPS = 6;

/**
 * Rows counted in hexagonal cells. Strength shows the cube root of the count, so that single rows still show; colour the blend of the components, where they are known.
 *
 * @param radius from a cell's centre to its corners, in pixels
 * @remarks O(rows · k) time, O(cells · k) memory.
 */
export function hexbins(at: RowPixels, membership: Membership | undefined, box: Box, radius: number, theme: Theme): string {
  const wide = radius * Math.sqrt(3);
  const high = radius * 1.5;
  const columns = Math.ceil((box.right - box.left) / wide) + 2;
  const lines = Math.ceil((box.bottom - box.top) / high) + 2;
  const counts = new Float64Array(columns * lines);
  const k = membership?.count ?? 0;
  const responsibilities = new Float64Array(k === 0 ? 0 : counts.length * k);
  const { rows } = at;
  const count = typeof rows === "number" ? rows : rows.length;
  for (let index = 0; index < count; index++) {
    const row = typeof rows === "number" ? index : rows[index]!;
    const cell = cellOf((at.x(row) - box.left) / wide, (at.y(row) - box.top) / high, columns, lines);
    counts[cell]!++;
    if (membership === undefined) continue;
    const label = membership.label(row);
    if (label >= 0) responsibilities[cell * k + label]!++;
    else for (let j = 0; j < k; j++) responsibilities[cell * k + j]! += membership.responsibility(row, j);
  }

  let most = 1;
  for (const count of counts) if (count > most) most = count;
  const strength = (count: number, steps: number): number =>
    most === 1 ? 0 : Math.min(steps - 1, Math.floor(Math.cbrt(count / most) * steps));
  const hexagon = `m0 ${px(-radius)}l${px(wide / 2)} ${px(radius / 2)}v${px(radius)}l${px(-wide / 2)} ${px(radius / 2)} ${px(-wide / 2)} ${px(-radius / 2)}v${px(-radius)}z`;
  const paths = new Map<string, string[]>();
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    if (count === 0) continue;
    const line = Math.floor(cell / columns);
    const x = box.left + ((cell % columns) + (line % 2 === 1 ? 0.5 : 0)) * wide;
    const y = box.top + line * high;
    const look =
      k === 0
        ? rampLook(strength(count, ramp.length), theme)
        : blendLook(responsibilities.subarray(cell * k, (cell + 1) * k), count, theme);
    const attributes = k === 0 ? look : `${look}" fill-opacity="${OPACITIES[strength(count, OPACITIES.length)]!}`;
    const path = paths.get(attributes);
    const piece = `M${px(x)} ${px(y)}${hexagon}`;
    if (path === undefined) paths.set(attributes, [piece]);
    else path.push(piece);
  }
  return group({}, [...paths].map(([fill, pieces]) => `<path fill="${fill}" d="${pieces.join("")}"/>`).join(""));
}

/** The cell of a point given in columns and lines: the nearer of two candidate centres. */
function cellOf(column: number, line: number, columns: number, lines: number): number {
  let j = Math.round(line);
  let i = Math.round(column - (j & 1 ? 0.5 : 0));
  const down = line - j;
  if (Math.abs(down) * 3 > 1) {
    const across = column - (j & 1 ? 0.5 : 0) - i;
    const otherJ = j + (down < 0 ? -1 : 1);
    const otherI = Math.round(column - (otherJ & 1 ? 0.5 : 0));
    const otherAcross = column - (otherJ & 1 ? 0.5 : 0) - otherI;
    const otherDown = line - otherJ;
    // Columns are √3 radii wide and lines 1.5 radii high.
    if (across * across * 3 + down * down * 2.25 > otherAcross * otherAcross * 3 + otherDown * otherDown * 2.25) {
      i = otherI;
      j = otherJ;
    }
  }
  return Math.max(0, Math.min(lines - 1, j)) * columns + Math.max(0, Math.min(columns - 1, i));
}

function rampLook(step: number, theme: Theme): string {
  return theme.paint(ramp[step]!);
}

function blendLook(responsibilities: Float64Array, count: number, theme: Theme): string {
  const steps = responsibilities.map((responsibility) => Math.round((responsibility / count) * RESPONSIBILITY_STEPS));
  const sum = steps.reduce((total, step) => total + step, 0);
  if (sum === 0) steps[responsibilities.indexOf(greatestOf(responsibilities))] = 1;
  return theme.paint(blendOf(steps.map((step) => step / (sum || 1))));
}
