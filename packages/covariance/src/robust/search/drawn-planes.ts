import type { Matrix } from "@mixtura/core";
import type { Pace, Random } from "@mixtura/core/authoring";
import { createRandom, inStrides } from "@mixtura/core/authoring";
import { normOf } from "@mixtura/core/internal";
import { SINGULAR_CONDITION } from "../concentrate/concentrate.ts";
import type { Sample } from "../concentrate/sample.ts";
import { spacedRows } from "./spaced-rows.ts";

/** Rows no farther from a plane than this, in units of their features' scales, lie on it: their covariance would count as singular. */
const NEAR = Math.sqrt(1 / SINGULAR_CONDITION);
/** In more features a plane through drawn rows is hardly ever one that half of the rows lie on. */
const MOST_FEATURES = 12;
const MOST_DRAWS = 500;
/** How often no draw lies on the plane of half of the rows, at most, in few features. */
const MISSED = 1e-3;
/** Of more rows than these, planes are looked for in evenly spaced ones, and all rows decide. */
const MOST_ROWS = 600;
/** The fraction of a plane's rows that a part must have for all rows to be asked. */
const PROMISING = 0.9;
/** The seed of the draws: one answer for the same rows. */
const SEED = 16;

interface Plane {
  readonly point: Float64Array;
  /** Of length 1. */
  readonly normal: Float64Array;
}

/**
 * A hyperplane that at least h rows lie on, looked for through rows that are drawn. Concentration steps from starts that are made of all rows may pass it by:
 * of few rows always, and of rows that share few values at any number, since a start then takes all rows at a point or none.
 *
 * @param count h
 * @returns 0 for the rows on it, −1 for the others; nothing where no such plane was found
 * @remarks O(n p + p³) for each of at most 500 draws, on at most 600 rows.
 * @see Rousseeuw & Leroy, Robust Regression and Outlier Detection (1987), section 5.1, for the exact fit
 */
export async function planeThroughDrawn(sample: Sample, count: number): Promise<Int32Array | undefined> {
  const { rows: n, columns: p, pace } = sample;
  if (p < 2 || p > MOST_FEATURES || n <= p) return undefined;
  const part: Matrix = n > MOST_ROWS ? spacedRows(sample, MOST_ROWS) : sample;
  const needed = n > MOST_ROWS ? Math.ceil((PROMISING * count * MOST_ROWS) / n) : count;
  const random = createRandom(SEED);
  const draws = Math.min(MOST_DRAWS, Math.ceil(Math.log(MISSED) / Math.log1p(-(0.5 ** p))));
  let best: { readonly plane: Plane; readonly on: number } | undefined;
  for (let draw = 0; draw < draws; draw++) {
    const plane = drawnPlane(part, random);
    const on = rowsOn(part, plane, Math.max(needed, (best?.on ?? 0) + 1));
    if (on !== undefined) best = { plane, on };
    if (pace.due()) await pace.turn();
  }
  if (best === undefined) return undefined;
  const { labels, on } = await labelled(sample, best.plane, pace);
  return on >= count ? labels : undefined;
}

/** The plane through as many drawn rows as it takes; where those drawn lie on several, one of these. */
function drawnPlane({ data, rows, columns: p }: Matrix, random: Random): Plane {
  const first = random.integer(rows) * p;
  const point = data.slice(first, first + p);
  /** Orthonormal directions from the point to other rows. */
  const directions: Float64Array[] = [];
  for (let tries = 0; directions.length < p - 1 && tries < 4 * p; tries++) {
    const row = random.integer(rows) * p;
    const direction = orthogonal(
      point.map((value, j) => data[row + j]! - value),
      directions,
    );
    if (direction !== undefined) directions.push(direction);
  }
  for (let j = 0; ; j++) {
    const axis = new Float64Array(p);
    axis[j] = 1;
    // What fewer than p directions leave of the axes is at least 1 / √p of one of them.
    const normal = orthogonal(axis, directions, 0.5 / Math.sqrt(p));
    if (normal !== undefined) return { point, normal };
  }
}

/** What of a vector is orthogonal to directions, of length 1; nothing where that is no more than a fraction of it. */
function orthogonal(vector: Float64Array, directions: readonly Float64Array[], least = NEAR): Float64Array | undefined {
  const length = normOf(vector);
  if (!(length > 0)) return undefined;
  // Twice, which leaves nothing of them but rounding.
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of directions) {
      let along = 0;
      for (let j = 0; j < vector.length; j++) along += vector[j]! * direction[j]!;
      for (let j = 0; j < vector.length; j++) vector[j]! -= along * direction[j]!;
    }
  }
  const left = normOf(vector);
  return left > least * length ? vector.map((value) => value / left) : undefined;
}

function isOn({ data, columns: p }: Matrix, row: number, { point, normal }: Plane): boolean {
  let off = 0;
  for (let j = 0; j < p; j++) off += normal[j]! * (data[row * p + j]! - point[j]!);
  return Math.abs(off) <= NEAR;
}

/** How many rows lie on a plane; nothing where they are fewer than needed. */
function rowsOn(rows: Matrix, plane: Plane, needed: number): number | undefined {
  let on = 0;
  for (let i = 0; i < rows.rows; i++) {
    if (isOn(rows, i, plane)) on++;
    else if (on + rows.rows - i <= needed) return undefined;
  }
  return on;
}

async function labelled(rows: Matrix, plane: Plane, pace: Pace): Promise<{ readonly labels: Int32Array; readonly on: number }> {
  const labels = new Int32Array(rows.rows);
  let on = 0;
  await inStrides(rows.rows, pace, (start, end) => {
    for (let i = start; i < end; i++) {
      const inside = isOn(rows, i, plane);
      labels[i] = inside ? 0 : -1;
      if (inside) on++;
    }
  });
  return { labels, on };
}
