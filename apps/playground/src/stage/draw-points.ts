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
const DOTS = 150_000;

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

/** A round stamp: how much of each pixel it covers, 0 to 255. */
function stampOf(radius: number, opacity: number): { readonly size: number; readonly cover: Uint8Array } {
  const half = Math.ceil(radius + 0.5);
  const size = 2 * half + 1;
  const cover = Uint8Array.from({ length: size * size }, (_, at) => {
    const distance = Math.hypot((at % size) - half, Math.floor(at / size) - half);
    return Math.round(255 * opacity * Math.min(1, Math.max(0, radius + 0.5 - distance)));
  });
  return { size, cover };
}

function drawDots({ pixels, width, height, ratio }: Raster, scale: Scale, points: Float64Array, colours: Uint32Array): void {
  const count = points.length / 2;
  const { size, cover } = stampOf(radiusOf(count) * ratio, opacityOf(count));
  const half = size >> 1;
  const [x0, dx] = lineOf(scale.x, ratio);
  const [y0, dy] = lineOf(scale.y, ratio);
  for (let row = 0; row < count; row++) {
    const left = Math.round(x0 + dx * points[2 * row]!) - half;
    const top = Math.round(y0 + dy * points[2 * row + 1]!) - half;
    if (left < 0 || top < 0 || left + size > width || top + size > height) continue;
    const colour = colours[row]!;
    const r = colour & 255;
    const g = (colour >> 8) & 255;
    const b = (colour >> 16) & 255;
    for (let j = 0, from = 0; j < size; j++) {
      let at = (top + j) * width + left;
      for (let i = 0; i < size; i++, at++, from++) {
        const part = cover[from]!;
        if (part === 0) continue;
        const under = pixels[at]!;
        const rest = 255 - part;
        pixels[at] =
          0xff000000 |
          (((b * part + ((under >> 16) & 255) * rest) / 255) << 16) |
          (((g * part + ((under >> 8) & 255) * rest) / 255) << 8) |
          ((r * part + (under & 255) * rest) / 255);
      }
    }
  }
}

/** Position on the screen as a line in the value. */
function lineOf(place: (value: number) => number, ratio: number): [number, number] {
  return [place(0) * ratio, (place(1) - place(0)) * ratio];
}

/** Cells per CSS pixel of a density. */
const CELL = 1.5;

/** Counts rows in small cells and mixes their colours; cells are the stronger the more rows they hold. */
function drawDensity({ pixels, width, height, ratio }: Raster, scale: Scale, points: Float64Array, colours: Uint32Array): void {
  const cell = CELL * ratio;
  const across = Math.ceil(width / cell);
  const up = Math.ceil(height / cell);
  const sums = new Float32Array(4 * across * up);
  const [x0, dx] = lineOf(scale.x, ratio / cell);
  const [y0, dy] = lineOf(scale.y, ratio / cell);
  const count = points.length / 2;
  for (let row = 0; row < count; row++) {
    const i = Math.floor(x0 + dx * points[2 * row]!);
    const j = Math.floor(y0 + dy * points[2 * row + 1]!);
    if (i < 0 || j < 0 || i >= across || j >= up) continue;
    const at = 4 * (j * across + i);
    const colour = colours[row]!;
    sums[at]! += colour & 255;
    sums[at + 1]! += (colour >> 8) & 255;
    sums[at + 2]! += (colour >> 16) & 255;
    sums[at + 3]! += 1;
  }
  let most = 1;
  for (let at = 3; at < sums.length; at += 4) if (sums[at]! > most) most = sums[at]!;
  const full = Math.log1p(most);
  for (let y = 0; y < height; y++) {
    const line = Math.floor(y / cell) * across;
    for (let x = 0; x < width; x++) {
      const at = 4 * (line + Math.floor(x / cell));
      const n = sums[at + 3]!;
      if (n === 0) continue;
      const part = 0.25 + 0.75 * (Math.log1p(n) / full);
      const under = pixels[y * width + x]!;
      const mix = (sum: number, below: number): number => (sum / n) * part + below * (1 - part);
      pixels[y * width + x] =
        0xff000000 |
        (mix(sums[at + 2]!, (under >> 16) & 255) << 16) |
        (mix(sums[at + 1]!, (under >> 8) & 255) << 8) |
        mix(sums[at]!, under & 255);
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
  const [x0, dx] = lineOf(scale.x, ratio);
  const [y0, dy] = lineOf(scale.y, ratio);
  for (let row = 0, drawn = 0; row < count && drawn < RINGS; row++) {
    if (!marked(row)) continue;
    const x = Math.round(x0 + dx * points[2 * row]!);
    const y = Math.round(y0 + dy * points[2 * row + 1]!);
    if (x < half || y < half || x + half >= width || y + half >= height) continue;
    drawn++;
    for (const offset of offsets) pixels[y * width + x + offset] = colour;
  }
}
