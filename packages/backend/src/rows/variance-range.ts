import { MixturaError } from "@mixtura/core";

/** Smaller doubles have lost digits. */
const LEAST_VARIANCE = 2 ** -1022;

/** Whether a variance is a number that has all its digits: others cannot be fitted in any available precision. */
export function isInRange(variance: number): boolean {
  return variance >= LEAST_VARIANCE && variance < Infinity;
}

/** The error of a column whose variance leaves the range of doubles. */
export function outOfRange(
  caller: string,
  column: number,
  variance: number,
  featureNames: readonly string[] | undefined,
): MixturaError<"not-finite"> {
  const feature = featureNames?.[column];
  const name = feature === undefined ? `column ${column}` : `column "${feature}"`;
  const why = variance < 1 ? "below the smallest double that has all its digits" : "beyond the largest double";
  return new MixturaError("not-finite", `${caller}: the variance of ${name} is ${why}. Rescale the column first, nearer to 1.`, {
    row: 0,
    column,
    found: variance,
    ...(feature === undefined ? {} : { feature }),
  });
}
