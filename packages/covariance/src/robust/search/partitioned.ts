import type { Objective, Optimum } from "../concentrate/concentrate.ts";
import { shapeOf } from "../concentrate/floored.ts";
import type { Sample, Shape } from "../concentrate/sample.ts";
import { openSample, releaseSample } from "../concentrate/sample.ts";
import type { SearchContext, SearchResult } from "./context.ts";
import { restartsOf } from "./context.ts";
import { deterministicSearch } from "./deterministic.ts";
import { optimaFrom } from "./optima.ts";
import { partSize } from "./part-size.ts";
import { spacedRows } from "./spaced-rows.ts";

/** Interleaved parts of the rows in which starts are looked for. */
const PARTS = 5;
/** Optima of the joined parts that go on to all rows. */
const MOST_KEPT = 3;
/** How many standard deviations of a log-determinant an optimum may lie behind the best and still go on. */
const DOUBT = 3;
/** Optima whose locations lie this near to each other, as a squared distance, and whose log-determinants do, are one for a larger sample. */
const SAME = 0.05;

/** Fewer rows are searched as a whole from each start, in about the time that the parts take. */
const MANY_ROWS = 100_000;

/** From how many rows on the search is partitioned. */
export function partitionedFrom(features: number): number {
  return Math.max(MANY_ROWS, 2 * PARTS * partSize(features));
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
  const size = partSize(p);
  const fraction = count / n;
  const shapes: Shape[] = [];
  for (let part = 0; part < PARTS; part++) {
    const rows = openSample(spacedRows(sample, size, part, PARTS), backend, pace);
    try {
      shapes.push(shapeOf((await deterministicSearch(rows, { count: Math.ceil(fraction * size) }, quiet)).best));
    } finally {
      releaseSample(rows);
    }
    context.onStep(0, 1, 0, 0);
  }
  const pool = openSample(spacedRows(sample, size * PARTS), backend, pace);
  let pooled: readonly Optimum[];
  try {
    pooled = (await optimaFrom(pool, shapes, { count: Math.ceil(fraction * pool.rows) }, () => {})).optima;
  } finally {
    releaseSample(pool);
  }
  const kept = contenders(pooled, p, DOUBT * Math.sqrt((2 * p) / (fraction * pool.rows)));
  const { optima, runs } = await optimaFrom(
    sample,
    kept.map((optimum) => shapeOf(optimum)),
    { count },
    (search, step, logDeterminant) => context.onStep(search, kept.length, step, logDeterminant),
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
