/** What one column's values look like, from one walk over the rows of positive weight. */
export interface ColumnValues {
  /** Each value is the one before it plus 1. */
  readonly counts: boolean;
  /** No value is below the one before it. */
  readonly rising: boolean;
  /** Each value is above the one before it. */
  readonly climbing: boolean;
  readonly whole: boolean;
  /** The values and their weights, in ascending order, where there are at most sixteen. */
  readonly few: readonly (readonly [value: number, weight: number])[] | undefined;
}

/** Up to so many different values a column is looked at value by value. */
const FEW = 16;

/** Collects {@link ColumnValues} of one column, span by span. A column of which nothing is to be found any more costs nothing. */
export interface ColumnReader {
  add(data: Float64Array, first: number, stride: number, rows: number, weights: Float64Array | undefined): void;
  finish(): ColumnValues;
}

export function createColumnReader(): ColumnReader {
  let counts = true;
  let rising = true;
  let climbing = true;
  let whole = true;
  let before = NaN;
  /** The first values found, and their weights; nothing once there are too many. */
  let values: number[] | undefined = [];
  let held: number[] = [];
  let seen = 0;

  function countFew(value: number, weight: number): void {
    const at = values!.indexOf(value);
    if (at !== -1) held[at]! += weight;
    else if (values!.length === FEW) [values, held] = [undefined, []];
    else {
      values!.push(value);
      held.push(weight);
    }
  }

  return {
    add(data, first, stride, rows, weights) {
      for (let i = 0, at = first; i < rows; i++, at += stride) {
        if (!rising && !whole && values === undefined) return;
        const weight = weights === undefined ? 1 : weights[i]!;
        if (weight === 0) continue;
        const value = data[at]!;
        if (seen++ > 0 && rising) {
          if (value < before) rising = climbing = counts = false;
          else if (value !== before + 1) {
            counts = false;
            if (value === before) climbing = false;
          }
        }
        before = value;
        if (whole && value !== Math.trunc(value)) whole = false;
        if (values !== undefined) countFew(value, weight);
      }
    },
    finish: () => ({
      counts: counts && seen > 1,
      rising,
      climbing: climbing && seen > 1,
      whole,
      few: values?.map((value, i) => [value, held[i]!] as const).sort(([a], [b]) => a - b),
    }),
  };
}
