/** What one column's values look like, from one walk over the rows of positive weight. */
export interface ColumnValues {
  /** Each value is the one before it plus 1. */
  readonly counts: boolean;
  /** No value is below the one before it. */
  readonly rising: boolean;
  readonly whole: boolean;
  readonly least: number;
  readonly greatest: number;
  /** Rows with the value 0, by weight. */
  readonly zeroWeight: number;
  /** The values and their weights, in ascending order, where there are at most sixteen. */
  readonly few: readonly (readonly [value: number, weight: number])[] | undefined;
}

/** Up to so many different values a column is looked at value by value. */
const FEW = 16;

/** Collects {@link ColumnValues} of one column, span by span. */
export interface ColumnReader {
  add(data: Float64Array, first: number, stride: number, rows: number, weights: Float64Array | undefined): void;
  finish(): ColumnValues;
}

export function createColumnReader(): ColumnReader {
  let counts = true;
  let rising = true;
  let whole = true;
  let before = NaN;
  let least = Infinity;
  let greatest = -Infinity;
  let zeroWeight = 0;
  let few: Map<number, number> | undefined = new Map();

  return {
    add(data, first, stride, rows, weights) {
      for (let i = 0, at = first; i < rows; i++, at += stride) {
        const weight = weights === undefined ? 1 : weights[i]!;
        if (weight === 0) continue;
        const value = data[at]!;
        if (value === 0) zeroWeight += weight;
        if (value < least) least = value;
        if (value > greatest) greatest = value;
        if (rising) {
          if (value < before) rising = counts = false;
          else if (counts && value !== before + 1 && before === before) counts = false;
          before = value;
        }
        if (whole && value !== Math.trunc(value)) whole = false;
        if (few === undefined) continue;
        few.set(value, (few.get(value) ?? 0) + weight);
        if (few.size > FEW) few = undefined;
      }
    },
    finish: () => ({
      counts: counts && greatest > least,
      rising,
      whole,
      least,
      greatest,
      zeroWeight,
      few: few && [...few].sort(([a], [b]) => a - b),
    }),
  };
}
