import type { Matrix } from "@mixtura/core";
import { MixturaError } from "@mixtura/core";
import type { Standardised } from "./scale/standardise.ts";

/** Smaller doubles have lost digits. */
const LEAST_VARIANCE = 2 ** -1022;

/** Turns down features whose variances are no numbers any more, or hardly: they cannot be fitted in any precision at hand. */
export function checkRange({ active, scale }: Standardised, X: Matrix, caller: string): void {
  for (const column of active) {
    const square = scale[column]! * scale[column]!;
    if (!(square >= LEAST_VARIANCE && square < Infinity)) throw outOfRange(column, square, X, caller);
  }
}

/** The error of a column whose variance leaves the range of doubles. */
export function outOfRange(column: number, variance: number, { featureNames }: Matrix, caller: string): MixturaError<"not-finite"> {
  const feature = featureNames?.[column];
  const why = variance < 1 ? "below the smallest" : "beyond the largest";
  return new MixturaError(
    "not-finite",
    `${caller}: the variance of ${feature === undefined ? `column ${column}` : `column "${feature}"`} is ${why} double. ` +
      "Bring the column to a scale nearer 1 first.",
    { row: 0, column, found: variance, ...(feature === undefined ? {} : { feature }) },
  );
}
