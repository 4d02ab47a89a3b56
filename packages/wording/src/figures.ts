import { fixed, significant } from "./numbers.ts";

/** From here on a figure is written with an exponent, as {@link significant} does. */
const LARGE = 1e9;

/** A log-likelihood or a criterion, or the difference of two: to one decimal. */
export function criterionText(value: number): string {
  return Math.abs(value) < LARGE ? fixed(value, 1) : significant(value, 8);
}

/** The natural-log density of one row: to two decimals. */
export function logDensityText(value: number): string {
  return Math.abs(value) < LARGE ? fixed(value, 2) : significant(value, 8);
}
