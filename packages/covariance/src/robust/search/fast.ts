import type { Matrix } from "@mixtura/core";
import type { Random } from "@mixtura/core/authoring";
import type { Objective, Optimum } from "../concentrate/concentrate.ts";
import { whitened } from "../concentrate/concentrate.ts";
import { flooredWhitening, shapeOf } from "../concentrate/floored.ts";
import type { Sample, Shape } from "../concentrate/sample.ts";
import { openSample, releaseSample, spreadOf } from "../concentrate/sample.ts";
import type { SearchContext, SearchResult } from "./context.ts";
import { MAX_STEPS, restartsOf } from "./context.ts";
import { optimaFrom } from "./optima.ts";

/** Beyond this number of rows, trials run in groups. */
const FEW_ROWS = 600;
/** Rows of a group, about, and groups at most. */
const GROUP_ROWS = 300;
const MOST_GROUPS = 5;
/** Concentration steps of a trial, and trials that go on. */
const TRIAL_STEPS = 2;
const KEPT = 10;
/** Beyond this number of values only the very best go to the end on all rows, after two steps each. */
const MANY_NUMBERS = 100_000;
const KEPT_OF_MANY = 2;

/**
 * FastMCD: two concentration steps from each of many random subsets of p + 1 rows, the ten best to the end. For more than 600 rows the trials run in up to
 * five groups of 300 rows, the ten best of each on the groups together, the ten best of those on all rows.
 *
 * Draws depend on the number of rows alone, so that rows in the same order, however turned, scaled and shifted together, give the same
 * subsets: the estimate is affine equivariant.
 *
 * @see Rousseeuw & Van Driessen, A fast algorithm for the minimum covariance determinant estimator, Technometrics 41 (1999)
 */
export async function fastSearch(
  sample: Sample,
  { count }: Objective,
  context: SearchContext,
  { random, trials }: { readonly random: Random; readonly trials: number },
): Promise<SearchResult> {
  const { rows: n, columns: p, pace } = sample;
  const { backend } = context;
  const fraction = count / n;
  let candidates: readonly Optimum[];
  if (n <= FEW_ROWS) candidates = await bestTrials(sample, { count }, { random, trials });
  else {
    const groups = Math.min(MOST_GROUPS, Math.floor(n / GROUP_ROWS));
    const pooledRows = groups === MOST_GROUPS ? Math.min(n, GROUP_ROWS * MOST_GROUPS) : n;
    const drawn = random.permutation(n).subarray(0, pooledRows);
    const found: Optimum[] = [];
    for (let group = 0; group < groups; group++) {
      const rows = rowsAt(
        sample,
        drawn.filter((_, i) => i % groups === group),
      );
      const opened = openSample(rows, backend, pace);
      try {
        const ofGroup = { random, trials: Math.ceil(trials / groups) };
        for (const trial of await bestTrials(opened, { count: Math.ceil(fraction * rows.rows) }, ofGroup)) found.push(trial);
      } finally {
        releaseSample(opened);
      }
      context.onStep(0, 1, 0, 0);
    }
    const pool = openSample(rowsAt(sample, drawn), backend, pace);
    try {
      const shapes = found.map((optimum) => shapeOf(optimum));
      candidates = best((await optimaFrom(pool, shapes, { count: Math.ceil(fraction * pooledRows) }, () => {}, TRIAL_STEPS)).optima, KEPT);
    } finally {
      releaseSample(pool);
    }
    if (n * p > MANY_NUMBERS) {
      const shapes = candidates.map((optimum) => shapeOf(optimum));
      candidates = best((await optimaFrom(sample, shapes, { count }, () => {}, TRIAL_STEPS)).optima, KEPT_OF_MANY);
    }
  }
  const shapes = candidates.map((optimum) => shapeOf(optimum));
  const { optima, runs } = await optimaFrom(
    sample,
    shapes,
    { count },
    (search, step, logDeterminant) => context.onStep(search, shapes.length, step, logDeterminant),
    MAX_STEPS,
  );
  const { chosen, restarts } = restartsOf(runs);
  return { best: optima[chosen]!, restarts };
}

/** The best of many trials from random rows. */
async function bestTrials(
  sample: Sample,
  objective: Objective,
  { random, trials }: { readonly random: Random; readonly trials: number },
): Promise<readonly Optimum[]> {
  let kept: Optimum[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const { optima } = await optimaFrom(sample, [await randomShape(sample, random)], objective, () => {}, TRIAL_STEPS);
    kept.push(optima[0]!);
    if (kept.length >= 4 * KEPT) kept = best(kept, KEPT);
    if (sample.pace.due()) await sample.pace.turn();
  }
  return best(kept, KEPT);
}

/** The ellipsoid of p + 1 random rows; of more, one by one, where they lie on a hyperplane. */
async function randomShape(sample: Sample, random: Random): Promise<Shape> {
  const { rows: n, columns: p } = sample;
  const labels = new Int32Array(n).fill(-1);
  let taken = 0;
  const take = (): void => {
    for (;;) {
      const row = random.integer(n);
      if (labels[row] === 0) continue;
      labels[row] = 0;
      taken++;
      return;
    }
  };
  while (taken < Math.min(p + 1, n)) take();
  for (;;) {
    const { location, covariance } = await spreadOf(sample, labels, new Float64Array(p));
    const shape = whitened(covariance, p);
    if (shape !== undefined || taken >= n) {
      return { location, whitening: shape?.whitening ?? flooredWhitening(location, covariance) };
    }
    take();
  }
}

/** Those of least determinant, each only once. */
function best(optima: readonly Optimum[], count: number): Optimum[] {
  const sorted = optima.toSorted((a, b) => a.logDeterminant - b.logDeterminant);
  const different = sorted.filter(({ logDeterminant }, i) => i === 0 || !same(logDeterminant, sorted[i - 1]!.logDeterminant));
  return different.slice(0, count);
}

function same(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) < 1e-10;
}

function rowsAt({ data, columns }: Matrix, places: Int32Array): Matrix {
  const out = new Float64Array(places.length * columns);
  places.forEach((row, i) => out.set(data.subarray(row * columns, (row + 1) * columns), i * columns));
  return { data: out, rows: places.length, columns };
}
