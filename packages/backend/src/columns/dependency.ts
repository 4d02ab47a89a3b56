/** A column that follows from others in every row, up to the rounding of the columns: `left` = Σ coefficients[i] · x[columns[i]] + offset. */
export interface Dependency {
  readonly left: number;
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  readonly offset: number;
  /** How far a row may be off by the rounding of its columns. */
  readonly rounding: number;
}

/** left − Σ coefficients · x − offset, for the row that begins at `at`. */
export function breach({ left, columns, coefficients, offset }: Dependency, data: ArrayLike<number>, at: number): number {
  let rest = data[at + left]! - offset;
  for (let i = 0; i < columns.length; i++) rest -= coefficients[i]! * data[at + columns[i]!]!;
  return rest;
}

/** What a column's numbers are known to: half a step where it was recorded in steps, else what single precision leaves. */
export function roundingOf(step: number, largest: number): number {
  return step > 0 ? step / 2 : largest * 2 ** -23;
}
