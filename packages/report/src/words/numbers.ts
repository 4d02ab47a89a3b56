/** A number to so many significant digits, without trailing zeros; exponents only where it is very large or small. */
export function significant(value: number, digits = 6): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "not a number";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  return size >= 1e9 || size < 1e-5 ? rounded.toExponential() : String(rounded);
}

/** Decimals at which a spread shows two significant digits; -1 where only exponents serve. */
export function decimalsFor(spread: number): number {
  if (!(spread > 0)) return 2;
  const decimals = 1 - Math.floor(Math.log10(spread));
  if (decimals > 7 || decimals < -7) return -1;
  return Math.max(0, decimals);
}

/** A number to so many decimals, or with an exponent where `decimals` is -1. */
export function fixed(value: number, decimals: number): string {
  return decimals === -1 ? value.toExponential(3) : value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, "$1");
}

/** A share as a percentage, with a decimal where it is small. */
export function percent(share: number): string {
  const value = share * 100;
  return value >= 9.95 || value === 0 ? `${value.toFixed(0)}%` : value < 0.05 ? "<0.1%" : `${value.toFixed(1)}%`;
}

/** A count with its noun: "1 row", "12,345 rows". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** A whole number with commas between thousands. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** How long something took. */
export function duration(milliseconds: number): string {
  return milliseconds < 100 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The size of a file. */
export function fileSize(bytes: number): string {
  return bytes < 1000 ? counted(bytes, "byte") : bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
