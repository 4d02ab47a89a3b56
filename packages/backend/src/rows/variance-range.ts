import { MixturaError } from "@mixtura/core";

/** Smaller doubles have lost digits. */
const LEAST_VARIANCE = 2 ** -1022;

/** Whether a variance is a number that has all its digits: others cannot be fitted in any available precision. */
export function isInRange(variance: number): boolean {
  return variance >= LEAST_VARIANCE && variance < Infinity;
}

/** The error of a column whose variance leaves the range of doubles, alone or times the sum of the weights. */
export function outOfRange(
  caller: string,
  column: number,
  variance: number,
  featureNames: readonly string[] | undefined,
  weight?: number,
): MixturaError<"not-finite"> {
  const feature = featureNames?.[column];
  const name = feature === undefined ? `column ${column}` : `column "${feature}"`;
  const why = variance < 1 ? "below the smallest double that has all its digits" : "beyond the largest double";
  const times = weight === undefined ? "" : ` times the sum of the weights (${weight})`;
  return new MixturaError(
    "not-finite",
    `${caller}: the variance of ${name}${times} is ${why}. Rescale ${weight === undefined ? "the column" : "the weights or the column"} first, nearer to 1.`,
    {
      row: 0,
      column,
      found: variance,
      ...(feature === undefined ? {} : { feature }),
    },
  );
}
