import type { Scale } from "./scale.ts";

/** A picture under construction, in device pixels. */
export interface Raster {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** Rows beyond which their density is drawn instead of dots. */
const DOTS = 40_000;

/** The radius of dots, in CSS pixels: the more there are the smaller. */
function radiusOf(rows: number): number {
  return rows <= 150 ? 4.5 : rows <= 800 ? 3.6 : rows <= 4000 ? 2.8 : rows <= 20_000 ? 2 : 1.4;
}

/** How solid dots are. */
function opacityOf(rows: number): number {
  return rows <= 800 ? 0.85 : rows <= 4000 ? 0.7 : rows <= 20_000 ? 0.55 : 0.4;
}

/** Draws rows as dots, or as their density where there are very many. */
export function drawRows(raster: Raster, scale: Scale, points: Float64Array, colours: Uint32Array): void {
  if (points.length / 2 > DOTS) drawDensity(raster, scale, points, colours);
  else drawDots(raster, scale, points, colours);
}

/** A round stamp: the pixels that it touches, and how much of each it covers, 1 to 255. */
function stampOf(
  radius: number,
  opacity: number,
  width: number,
): { readonly half: number; readonly offsets: Int32Array; readonly cover: Uint8Array } {
  const half = Math.ceil(radius + 0.5);
  const [offsets, cover]: [number[], number[]] = [[], []];
  for (let j = -half; j <= half; j++) {
    for (let i = -half; i <= half; i++) {
      const part = Math.round(255 * opacity * Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(i, j))));
      if (part === 0) continue;
      offsets.push(j * width + i);
      cover.push(part);
    }
  }
  return { half, offsets: Int32Array.from(offsets), cover: Uint8Array.from(cover) };
}

function drawDots({ pixels, width, height, ratio }: Raster, scale: Scale, points: Float64Array, colours: Uint32Array): void {
  const count = points.length / 2;
  const { half, offsets, cover } = stampOf(radiusOf(count) * ratio, opacityOf(count), width);
  const [x0, left, dx, y0, bottom, dy] = linesOf(scale, ratio) as [number, number, number, number, number, number];
  for (let row = 0; row < count; row++) {
    const x = Math.round(x0 + dx * (points[2 * row]! / 4 - left));
    const y = Math.round(y0 + dy * (points[2 * row + 1]! / 4 - bottom));
    // Written so that the NaN of an erased row is passed over, too.
    if (!(x >= half && y >= half && x + half < width && y + half < height)) continue;
    const colour = colours[row]!;
    const r = colour & 255;
    const g = (colour >> 8) & 255;
    const b = (colour >> 16) & 255;
    const centre = y * width + x;
    for (let index = 0; index < offsets.length; index++) {
      const at = centre + offsets[index]!;
      const part = cover[index]!;
      const rest = 255 - part;
      const under = pixels[at]!;
      pixels[at] =
        0xff000000 |
        (((b * part + ((under >> 16) & 255) * rest) / 255) << 16) |
        (((g * part + ((under >> 8) & 255) * rest) / 255) << 8) |
        ((r * part + (under & 255) * rest) / 255);
    }
  }
}

/** Position on the screen as a line in a quarter of the value, from an end of the axis on: the value's own digits stay, however far 0 is. */
function linesOf({ frame, box: [left, bottom], unit: [across, up] }: Scale, ratio: number): readonly number[] {
  return [frame.left * ratio, left / 4, 4 * across * ratio, frame.bottom * ratio, bottom / 4, -4 * up * ratio];
}

/** CSS pixels across a cell of a density. */
const CELL = 1.5;

/** Sums of a density, kept from picture to picture: colours and count per cell. */
let sums = new Float32Array(0);

/** Counts rows in small cells and mixes their colours; cells are the stronger the more rows they hold. */
function drawDensity({ pixels, width, height, ratio }: Raster, scale: Scale, points: Float64Array, colours: Uint32Array): void {
  const cell = Math.max(1, Math.round(CELL * ratio));
  const across = Math.ceil(width / cell);
  const up = Math.ceil(height / cell);
  if (sums.length === 4 * across * up) sums.fill(0);
  else sums = new Float32Array(4 * across * up);
  const [x0, left, dx, y0, low, dy] = linesOf(scale, ratio / cell) as [number, number, number, number, number, number];
  const count = points.length / 2;
  let most = 1;
  for (let row = 0; row < count; row++) {
    const x = x0 + dx * (points[2 * row]! / 4 - left);
    const y = y0 + dy * (points[2 * row + 1]! / 4 - low);
    if (!(x >= 0 && y >= 0 && x < across && y < up)) continue;
    const at = 4 * ((y | 0) * across + (x | 0));
    const colour = colours[row]!;
    sums[at]! += colour & 255;
    sums[at + 1]! += (colour >> 8) & 255;
    sums[at + 2]! += (colour >> 16) & 255;
    const held = sums[at + 3]! + 1;
    sums[at + 3] = held;
    if (held > most) most = held;
  }
  const full = 0.75 / Math.log1p(most);
  for (let j = 0; j < up; j++) {
    const bottom = Math.min(height, (j + 1) * cell);
    for (let i = 0; i < across; i++) {
      const at = 4 * (j * across + i);
      const n = sums[at + 3]!;
      if (n === 0) continue;
      const part = 0.25 + full * Math.log1p(n);
      const under = pixels[j * cell * width + i * cell]!;
      const rest = 1 - part;
      const colour =
        0xff000000 |
        (((sums[at + 2]! / n) * part + ((under >> 16) & 255) * rest) << 16) |
        (((sums[at + 1]! / n) * part + ((under >> 8) & 255) * rest) << 8) |
        ((sums[at]! / n) * part + (under & 255) * rest);
      const right = Math.min(width, (i + 1) * cell);
      for (let y = j * cell; y < bottom; y++) for (let x = i * cell; x < right; x++) pixels[y * width + x] = colour;
    }
  }
}

/** Rows beyond which rings about unusual ones would cover everything. */
const RINGS = 20_000;

/** A ring about each marked row: a shape of its own, for those who do not see its colour. */
export function drawRings(
  { pixels, width, height, ratio }: Raster,
  scale: Scale,
  points: Float64Array,
  marked: (row: number) => boolean,
  colour: number,
): void {
  const count = points.length / 2;
  const radius = (radiusOf(count) + 2.2) * ratio;
  const half = Math.ceil(radius + 1);
  const offsets: number[] = [];
  for (let j = -half; j <= half; j++)
    for (let i = -half; i <= half; i++)
      if (Math.abs(Math.hypot(i, j) - radius) < 0.62 * Math.max(1, ratio * 0.8)) offsets.push(j * width + i);
  const [x0, left, dx, y0, bottom, dy] = linesOf(scale, ratio) as [number, number, number, number, number, number];
  for (let row = 0, drawn = 0; row < count && drawn < RINGS; row++) {
    if (!marked(row)) continue;
    const x = Math.round(x0 + dx * (points[2 * row]! / 4 - left));
    const y = Math.round(y0 + dy * (points[2 * row + 1]! / 4 - bottom));
    if (!(x >= half && y >= half && x + half < width && y + half < height)) continue;
    drawn++;
    for (const offset of offsets) pixels[y * width + x + offset] = colour;
  }
}
