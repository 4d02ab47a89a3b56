/** Evenly spaced rows of a walk, and their weights. */
export interface RowSample {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly data: Float64Array;
  readonly weights: Float64Array;
}

/** Collects a {@link RowSample}. The result does not depend on how the rows were cut. */
export interface RowSampler {
  add(data: Float64Array, rows: number, weights: Float64Array | undefined): void;
  finish(): RowSample;
}

/**
 * Keeps every s-th row of positive weight, s doubling whenever `most` rows are held, so that between half of them and all are held in the end.
 *
 * @param most rows held, even
 */
export function createRowSampler(columns: number, most: number): RowSampler {
  let data = new Float64Array(Math.min(most, 64) * columns);
  const weights = new Float64Array(most);
  let held = 0;
  let stride = 1;
  let seen = 0;

  function thin(): void {
    for (let row = 1; 2 * row < held; row++) {
      data.copyWithin(row * columns, 2 * row * columns, (2 * row + 1) * columns);
      weights[row] = weights[2 * row]!;
    }
    held = Math.ceil(held / 2);
    stride *= 2;
  }

  return {
    add(source, rows, given) {
      for (let i = 0; i < rows; i++) {
        const weight = given === undefined ? 1 : given[i]!;
        if (weight === 0 || seen++ % stride !== 0) continue;
        if (held === most) {
          thin();
          if ((seen - 1) % stride !== 0) continue;
        }
        if ((held + 1) * columns > data.length) {
          const larger = new Float64Array(Math.min(most, 2 * (held + 1)) * columns);
          larger.set(data);
          data = larger;
        }
        data.set(source.subarray(i * columns, (i + 1) * columns), held * columns);
        weights[held++] = weight;
      }
    },
    finish: () => ({ rows: held, columns, data: data.subarray(0, held * columns), weights: weights.subarray(0, held) }),
  };
}
