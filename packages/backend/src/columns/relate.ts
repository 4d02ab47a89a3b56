import type { RowSample } from "./row-sample.ts";

/** Columns of a sample, explained by those kept so far. */
export interface Related {
  /**
   * The kept columns, those that weigh most first, when they leave at most `left` of the column's variance unexplained; nothing else.
   */
  explain(column: number, left: number): readonly number[] | undefined;
  /** Adds the column that was asked about last to those that explain. */
  keep(column: number): void;
}

/** Gram–Schmidt on the standardised columns of a sample, by a Cholesky factor that grows. O(m·d) a column, O(m·d + d²) memory. */
export function relate(sample: RowSample, varied: readonly number[], spreads: Float64Array): Related {
  const standard = new Map(varied.map((column) => [column, standardised(sample, column, spreads[column]!)]));
  const factor: Float64Array[] = [];
  const kept: number[] = [];
  let row = new Float64Array(0);

  return {
    explain(column, left) {
      row = new Float64Array(kept.length + 1);
      const own = product(standard.get(column)!, standard.get(column)!);
      let rest = own;
      for (let a = 0; a < kept.length; a++) {
        let value = product(standard.get(column)!, standard.get(kept[a]!)!);
        for (let t = 0; t < a; t++) value -= row[t]! * factor[a]![t]!;
        row[a] = value / factor[a]![a]!;
        rest -= row[a]! ** 2;
      }
      row[kept.length] = Math.sqrt(Math.max(rest, own * 2 ** -50));
      return kept.length > 0 && rest <= left * own ? byWeight(kept, weightsOf(factor, row)) : undefined;
    },
    keep(column) {
      kept.push(column);
      factor.push(row);
    },
  };
}

/** (x − mean) / spread of one column, each row times the root of its weight. */
function standardised({ data, rows, columns: d, weights }: RowSample, column: number, spread: number): Float64Array {
  const values = new Float64Array(rows);
  let mean = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    total += weights[i]!;
    mean += (weights[i]! / total) * (data[i * d + column]! - mean);
  }
  for (let i = 0; i < rows; i++) values[i] = ((data[i * d + column]! - mean) / spread) * Math.sqrt(weights[i]! / total);
  return values;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Lᵀ w = row, from the bottom up: what each kept column contributes. */
function weightsOf(factor: readonly Float64Array[], row: Float64Array): Float64Array {
  const weights = row.slice(0, factor.length);
  for (let a = factor.length - 1; a >= 0; a--) {
    weights[a]! /= factor[a]![a]!;
    for (let t = 0; t < a; t++) weights[t]! -= weights[a]! * factor[a]![t]!;
  }
  return weights;
}

function byWeight(kept: readonly number[], weights: Float64Array): number[] {
  return Array.from(kept.keys())
    .sort((a, b) => Math.abs(weights[b]!) - Math.abs(weights[a]!))
    .map((index) => kept[index]!);
}

/** How a fit of {@link leastSquares} differs from the usual one. */
export interface LeastSquaresOptions {
  /** The rows that count. Default: all. */
  readonly rows?: (row: number) => boolean;
  /** Without an offset. */
  readonly throughZero?: boolean;
}

/**
 * Coefficients and offset of a column on others, by weighted least squares over some rows of a sample.
 *
 * @returns nothing where the others are dependent themselves in those rows
 */
export function leastSquares(
  sample: RowSample,
  left: number,
  terms: readonly number[],
  spreads: Float64Array,
  { rows, throughZero = false }: LeastSquaresOptions = {},
): { readonly coefficients: readonly number[]; readonly offset: number } | undefined {
  const columns = [...terms, left];
  const means = throughZero ? new Float64Array(sample.columns) : meansOf(sample, columns, rows);
  const size = terms.length;
  const factor = Array.from(columns, () => new Float64Array(size + 1));
  const unit = (a: number): number => spreads[columns[a]!]!;
  for (let a = 0; a <= size; a++) {
    for (let b = 0; b <= Math.min(a, size - 1); b++) {
      let value = covarianceOf(sample, columns[a]!, columns[b]!, means, rows) / unit(a) / unit(b);
      const own = value;
      for (let t = 0; t < b; t++) value -= factor[a]![t]! * factor[b]![t]!;
      if (a === b) {
        if (!(value > 1e-12 * own)) return undefined;
        factor[a]![b] = Math.sqrt(value);
      } else factor[a]![b] = value / factor[b]![b]!;
    }
  }
  const solution = factor[size]!.slice(0, size);
  for (let a = size - 1; a >= 0; a--) {
    solution[a]! /= factor[a]![a]!;
    for (let t = 0; t < a; t++) solution[t]! -= solution[a]! * factor[a]![t]!;
  }
  const coefficients = terms.map((_, a) => solution[a]! * (unit(size) / unit(a)));
  const offset = throughZero ? 0 : terms.reduce((sum, column, a) => sum - coefficients[a]! * means[column]!, means[left]!);
  return { coefficients, offset };
}

/** Weighted means, by column number; the other columns stay 0. */
function meansOf(
  { data, rows: count, columns: d, weights }: RowSample,
  columns: readonly number[],
  rows?: (row: number) => boolean,
): Float64Array {
  const means = new Float64Array(d);
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (rows?.(i) === false) continue;
    total += weights[i]!;
    // Running means: nothing overflows, and a far offset costs no digits.
    for (const j of columns) means[j]! += (weights[i]! / total) * (data[i * d + j]! - means[j]!);
  }
  return means;
}

function covarianceOf(
  { data, rows: count, columns: d, weights }: RowSample,
  a: number,
  b: number,
  means: Float64Array,
  rows?: (row: number) => boolean,
): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (rows?.(i) === false) continue;
    total += weights[i]!;
    sum += weights[i]! * (data[i * d + a]! - means[a]!) * (data[i * d + b]! - means[b]!);
  }
  return sum / total;
}
