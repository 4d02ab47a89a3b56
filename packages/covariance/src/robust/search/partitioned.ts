import type { Objective, Optimum, Visited } from "../concentrate/concentrate.ts";
import { concentrate } from "../concentrate/concentrate.ts";
import type { Sample, Shape } from "../concentrate/sample.ts";
import { openSample, releaseSample, squaredDistances } from "../concentrate/sample.ts";
import { FLAT_SHARE, flooredEllipse } from "../../gaussian/ellipse.ts";
import type { Run, SearchContext, SearchResult } from "./context.ts";
import { MAX_STEPS, restartsOf } from "./context.ts";
import { deterministicSearch } from "./deterministic.ts";
import { spacedRows } from "./spaced-rows.ts";

/** Interleaved parts of the rows in which starts are looked for. */
const PARTS = 5;
/** Rows of a part: enough for the six starts to tell the bulk from the rest, in whatever dimension. */
const PART_ROWS = 2000;
const PART_ROWS_PER_FEATURE = 20;
/** Optima of the joined parts that go on to all rows. */
const MOST_KEPT = 3;
/** How many standard deviations of a log-determinant an optimum may lie behind the best and still go on. */
const DOUBT = 3;
/** Optima whose locations lie this near to each other, as a squared distance, and whose log-determinants do, are one for a larger sample. */
const SAME = 0.05;

/** From how many rows on the search is partitioned. */
export function partitionedFrom(features: number): number {
  return 2 * PARTS * Math.max(PART_ROWS, PART_ROWS_PER_FEATURE * features);
}

/**
 * DetMCD for many rows: six starts in each of five parts, concentration steps from the parts' optima on the five together, then from the best on all
 * rows. Parts are interleaved in canonical order, so nothing is drawn and the order of the input does not matter.
 *
 * @see Rousseeuw & Van Driessen (1999), section 3.3, for nested samples; Hubert et al. (2012) for the starts
 */
export async function partitionedSearch(sample: Sample, { count }: Objective, context: SearchContext): Promise<SearchResult> {
  const { rows: n, columns: p, pace } = sample;
  const { backend } = context;
  const quiet: SearchContext = { ...context, onStep: () => {} };
  const size = Math.max(PART_ROWS, PART_ROWS_PER_FEATURE * p);
  const share = count / n;
  const shapes: Shape[] = [];
  for (let part = 0; part < PARTS; part++) {
    const rows = await openSample(spacedRows(sample, size, part, PARTS), backend, pace);
    try {
      shapes.push(shapeOf((await deterministicSearch(rows, { count: Math.ceil(share * size) }, quiet)).best));
    } finally {
      releaseSample(rows);
    }
    context.onStep(0, 1, 0, 0);
  }
  const pool = await openSample(spacedRows(sample, size * PARTS), backend, pace);
  let pooled: readonly Optimum[];
  try {
    pooled = (await optimaFrom(pool, shapes, { count: Math.ceil(share * pool.rows) }, () => {})).optima;
  } finally {
    releaseSample(pool);
  }
  const kept = contenders(pooled, p, DOUBT * Math.sqrt((2 * p) / (share * pool.rows)));
  const { optima, runs } = await optimaFrom(sample, kept.map((optimum) => shapeOf(optimum)), { count }, (search, step, logDeterminant) =>
    context.onStep(search, kept.length, step, logDeterminant),
  );
  const { chosen, restarts } = restartsOf(runs);
  return { best: optima[chosen]!, restarts };
}

/** The optima that may be the best among all rows: near the best in determinant, and different from each other. */
function contenders(optima: readonly Optimum[], p: number, doubt: number): readonly Optimum[] {
  const sorted = optima.toSorted((a, b) => a.logDeterminant - b.logDeterminant);
  const kept: Optimum[] = [];
  for (const optimum of sorted) {
    if (optimum.logDeterminant > sorted[0]!.logDeterminant + doubt) break;
    if (kept.every((better) => !alike(better, optimum, p))) kept.push(optimum);
  }
  return kept.slice(0, MOST_KEPT);
}

function alike(a: Optimum, b: Optimum, p: number): boolean {
  if (a.distances === undefined || b.distances === undefined) return a.distances === b.distances;
  let distance = 0;
  for (let i = 0; i < p; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += a.whitening[i * p + j]! * (b.location[j]! - a.location[j]!);
    distance += sum * sum;
  }
  return distance < SAME && Math.abs(a.logDeterminant - b.logDeterminant) < SAME;
}

/** The optima that concentration steps from given ellipsoids lead to; those that meet another are left out. */
export async function optimaFrom(
  sample: Sample,
  shapes: readonly Shape[],
  objective: Objective,
  onStep: (search: number, step: number, logDeterminant: number) => void,
  maxSteps: number = MAX_STEPS,
): Promise<{ readonly optima: readonly Optimum[]; readonly runs: readonly Run[] }> {
  const subsets: Visited = new Map();
  const optima: Optimum[] = [];
  const runs: Run[] = [];
  for (const [search, shape] of shapes.entries()) {
    const found = await concentrate(sample, await squaredDistances(sample, shape), objective, {
      maxSteps,
      visited: { subsets, search },
      onStep: (step, logDeterminant) => onStep(search, step, logDeterminant),
    });
    if ("joined" in found) continue;
    optima.push(found);
    runs.push({ converged: found.converged, iterations: found.steps.length, logDeterminant: found.logDeterminant });
  }
  return { optima, runs };
}

/** An optimum's ellipsoid; a flat one gets a floor. */
export function shapeOf({ location, whitening, covariance, distances }: Optimum): Shape {
  return { location, whitening: distances === undefined ? flooredWhitening(location, covariance) : whitening };
}

/** The whitening factor of whatever covariance, in standardised coordinates. */
export function flooredWhitening(location: Float64Array, covariance: Float64Array): Float64Array {
  const scales = location.map((_, j) => {
    const variance = covariance[j * (location.length + 1)]!;
    return variance > FLAT_SHARE ? variance : 1;
  });
  return flooredEllipse({ location, covariance }, scales).whitening;
}
