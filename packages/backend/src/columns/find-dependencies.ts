import { asPeopleSay, sumOfTwo } from "./as-people-say.ts";
import type { Dependency } from "./dependency.ts";
import { breach } from "./dependency.ts";
import type { LeastSquaresOptions } from "./relate.ts";
import { leastSquares, relate } from "./relate.ts";
import type { RowSample } from "./row-sample.ts";

/** What is known about the columns of a sample. */
export interface SampledColumns {
  /** Columns that vary. */
  readonly varied: readonly number[];
  /** Standard deviations, length d. */
  readonly spreads: Float64Array;
  /** What each column's numbers are known to, length d. */
  readonly roundings: Float64Array;
}

/** Rows that a dependency asks for: this many for each of its terms, and some more. */
const ROWS_PER_TERM = 5;
const ROWS_MORE = 20;
/** Rows for each column that varies. */
const ROWS_PER_COLUMN = 10;
/** What rounding may leave at most, in standard deviations of the column: with coarser steps everything would follow from everything. */
const COARSEST = 0.05;
/** What is left of a column that follows exactly, in its standard deviations. */
const EXACT = 1e-6;
/** Terms of which each is tried to be left out. */
const FEW_TERMS = 24;
/** Columns up to which all pairs of them are tried. */
const MOST_IN_PAIRS = 200;
/** Refitted on half the rows, coefficients err on the other half by their own uncertainty, too. */
const REFIT_SLACK = 2;

/**
 * Linear dependencies that a sample of the rows supports: each column in turn is explained by those before it that are not explained themselves, as few of
 * them as can do it, with as few digits as can do it. Nothing is believed that does not hold in every row of the sample, that has fewer rows than
 * 5 × its terms + 20, or that, fitted again on each half of the rows, fails on the other half.
 *
 * @returns dependencies of which no one's left column is in use on the right of an earlier one
 * @remarks O(m·d² + d³) for a sample of m rows.
 */
export function findDependencies(sample: RowSample, columns: SampledColumns): Dependency[] {
  const { varied, spreads } = columns;
  if (sample.rows < ROWS_PER_COLUMN * varied.length) return [];
  const found: Dependency[] = [];
  const basis: number[] = [];
  const related = relate(sample, varied, spreads);
  for (const column of varied) {
    const terms = related.explain(column, COARSEST ** 2);
    const dependency = terms === undefined ? undefined : believed(column, terms, sample, columns);
    if (dependency === undefined) {
      related.keep(column);
      basis.push(column);
    } else found.push(simplest(dependency, varied, sample, columns));
  }
  return asPeopleSay(found, (left, terms) => {
    const again = fitted(left, terms, sample, columns);
    return again === undefined || !holds(again, sample, columns) ? undefined : fewestDigits(again, sample, columns);
  });
}

/** An exact sum of two columns before it, where there is one and the dependency is not as simple already. */
function simplest(dependency: Dependency, varied: readonly number[], sample: RowSample, { roundings }: SampledColumns): Dependency {
  if (varied.length > MOST_IN_PAIRS || dependency.coefficients.every((value) => Math.abs(value) === 1)) return dependency;
  const earlier = varied.slice(0, varied.indexOf(dependency.left));
  return sumOfTwo(dependency.left, earlier, sample, roundings) ?? dependency;
}

/** The simplest dependency of a column on some of the terms, those that weigh most first, if one holds. */
function believed(left: number, terms: readonly number[], sample: RowSample, columns: SampledColumns): Dependency | undefined {
  const most = Math.min(terms.length, Math.floor((sample.rows - ROWS_MORE) / ROWS_PER_TERM) - 1);
  for (const count of counts(most)) {
    const tried = fitted(left, terms.slice(0, count), sample, columns);
    if (tried === undefined || !holds(tried, sample, columns)) continue;
    const slim = inOrder(count <= FEW_TERMS ? fewestTerms(tried, sample, columns) : tried);
    if (![0, 1].every((half) => holdsOnTheOtherHalf(slim, half, sample, columns))) return undefined;
    return fewestDigits(slim, sample, columns);
  }
  return undefined;
}

/** With its columns in the table's order. */
function inOrder(dependency: Dependency): Dependency {
  const order = Array.from(dependency.columns.keys()).sort((a, b) => dependency.columns[a]! - dependency.columns[b]!);
  return {
    ...dependency,
    columns: order.map((at) => dependency.columns[at]!),
    coefficients: order.map((at) => dependency.coefficients[at]!),
  };
}

/** 1, 2, 3, 4, 6, 8, 12, 16, 24 … and `most`. */
function counts(most: number): number[] {
  const list: number[] = [];
  for (let count = 1; count < most; count = count < 4 ? count + 1 : Number.isInteger(Math.log2(count)) ? count * 1.5 : (count * 4) / 3)
    list.push(count);
  return most > 0 ? [...list, most] : list;
}

/** The least-squares coefficients of a column on others; nothing where they do not exist. */
function fitted(
  left: number,
  terms: readonly number[],
  sample: RowSample,
  { spreads, roundings }: SampledColumns,
  options?: LeastSquaresOptions,
): Dependency | undefined {
  const solution = leastSquares(sample, left, terms, spreads, options);
  if (solution === undefined) return undefined;
  return withRounding({ left, columns: terms, ...solution }, roundings);
}

function withRounding(dependency: Omit<Dependency, "rounding">, roundings: Float64Array): Dependency {
  const { left, columns, coefficients } = dependency;
  const rounding = columns.reduce((sum, column, i) => sum + Math.abs(coefficients[i]!) * roundings[column]!, roundings[left]!);
  return { ...dependency, rounding };
}

/** Whether no row of the sample is farther off than rounding explains, or all are exact. */
function holds(
  dependency: Dependency,
  sample: RowSample,
  { spreads }: SampledColumns,
  { slack = 1 + 1e-6, rows = everyRow }: { readonly slack?: number; readonly rows?: (row: number) => boolean } = {},
): boolean {
  const spread = spreads[dependency.left]!;
  const exact = EXACT * spread;
  const most = dependency.rounding <= COARSEST * spread ? Math.max(slack * dependency.rounding, exact) : exact;
  for (let row = 0; row < sample.rows; row++)
    if (rows(row) && Math.abs(breach(dependency, sample.data, row * sample.columns)) > most) return false;
  return true;
}

const everyRow = (): boolean => true;

/** Without the terms that it holds without, the smallest first. */
function fewestTerms(full: Dependency, sample: RowSample, columns: SampledColumns): Dependency {
  let best = full;
  const size = (column: number, at: number): number => Math.abs(full.coefficients[at]!) * columns.spreads[column]!;
  const order = full.columns.map((column, at) => ({ column, size: size(column, at) })).sort((a, b) => a.size - b.size);
  for (const { column } of order) {
    if (best.columns.length === 1) break;
    const rest = best.columns.filter((other) => other !== column);
    const tried = fitted(best.left, rest, sample, columns);
    if (tried !== undefined && holds(tried, sample, columns)) best = tried;
  }
  return best;
}

/** Fitted on every second row, it holds on the others; a half in which some column does not vary decides nothing. */
function holdsOnTheOtherHalf({ left, columns: terms }: Dependency, half: number, sample: RowSample, columns: SampledColumns): boolean {
  const again = fitted(left, terms, sample, columns, { rows: (row) => row % 2 === half });
  return again !== undefined && holds(again, sample, columns, { slack: REFIT_SLACK, rows: (row) => row % 2 !== half });
}

/** Without an offset where it holds without one, and in as few digits as it holds with: 1, 2.54, 0.19. */
function fewestDigits(dependency: Dependency, sample: RowSample, columns: SampledColumns): Dependency {
  const { left, columns: terms } = dependency;
  const throughZero = fitted(left, terms, sample, columns, { throughZero: true });
  const plain = throughZero !== undefined && holds(throughZero, sample, columns);
  const exact = plain ? throughZero : dependency;
  for (let digits = 1; digits <= 12; digits++) {
    const coefficients = exact.coefficients.map((value) => Number(value.toPrecision(digits)));
    const middle = plain ? 0 : middleBreach({ ...exact, coefficients, offset: 0 }, sample);
    for (const offset of plain ? [0] : [Number(middle.toPrecision(digits)), Number(middle.toPrecision(digits + 2))]) {
      const rounded = withRounding({ left, columns: terms, coefficients, offset }, columns.roundings);
      if (holds(rounded, sample, columns)) return rounded;
    }
  }
  return exact;
}

/** Halfway between the least and the greatest breach. */
function middleBreach(dependency: Dependency, sample: RowSample): number {
  let least = Infinity;
  let greatest = -Infinity;
  for (let row = 0; row < sample.rows; row++) {
    const value = breach(dependency, sample.data, row * sample.columns);
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return least / 2 + greatest / 2;
}
