import { counted } from "./counts.ts";

/** A number to `digits` significant digits, without trailing zeros; with an exponent from 1e9 on, and below 1e-5. */
export function significant(value: number, digits = 6): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "not a number";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === Infinity) return value.toExponential(digits - 1); // the largest doubles round to none
  return size >= 1e9 || size < 1e-5 ? rounded.toExponential() : String(rounded);
}

/** From here on a double has no decimals, and `toFixed` writes all its digits. */
const HUGE = 1e21;

/** A number to `decimals` decimals, or with an exponent where `decimals` is -1 and from 1e21 on. */
export function fixed(value: number, decimals: number): string {
  return decimals === -1 || Math.abs(value) >= HUGE ? value.toExponential(3) : value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, "$1");
}

/**
 * The decimals at which a spread shows two significant digits, for {@link fixed}: a value and its spread are written with the same.
 *
 * @param most from 0 to 100: a spread that needs more decimals is written with an exponent, as is one of 1e9 and more. Default 7
 * @returns -1 for an exponent; 2 where there is no spread
 * @example
 * ```ts run
 * [0.0123, 0.5, 42].map((spread) => decimalsFor(spread)) // => [3, 2, 0]
 * ```
 */
export function decimalsFor(spread: number, most = 7): number {
  if (!(spread > 0)) return 2;
  const decimals = 1 - Math.floor(Math.log10(spread));
  return decimals > most || decimals < -7 ? -1 : Math.max(0, decimals);
}

/** How long something took: "under 1 ms", "350 ms", "1.2 s". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return "under 1 ms";
  return milliseconds < 999.5 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The size of a file: "999 bytes", "1.2 kB", "3.4 MB"; a kB is 1000 bytes. */
export function fileSize(bytes: number): string {
  return bytes < 1000 ? counted(bytes, "byte") : bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
