import { MixturaError } from "@mixtura/core";

/** The error of a feature whose variance is no number to reckon with: too small for its digits, or too large to be one. */
export function outOfRange(caller: string, column: number, feature: string | undefined, variance: number): MixturaError<"not-finite"> {
  const name = feature === undefined ? `column ${column}` : `column "${feature}"`;
  const why = variance < 1 ? "below the smallest double that has all its digits" : "beyond the largest double";
  return new MixturaError("not-finite", `${caller}: the variance of ${name} is ${why}. Bring the column to a scale nearer 1 first.`, {
    row: 0,
    column,
    found: variance,
    ...(feature === undefined ? {} : { feature }),
  });
}
