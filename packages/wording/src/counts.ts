/**
 * A count with its noun.
 *
 * @param several the plural of the noun; default: the noun with an s
 * @example
 * ```ts run
 * counted(1, "row") // => "1 row"
 * counted(12345, "row") // => "12,345 rows"
 * counted(2, "anomaly", "anomalies") // => "2 anomalies"
 * ```
 */
export function counted(count: number, noun: string, several = `${noun}s`): string {
  return `${grouped(count)} ${plural(count, noun, several)}`;
}

/** The form of a word for a count: `plural(2, "was", "were")` is "were". */
export function plural(count: number, one: string, several = `${one}s`): string {
  return count === 1 ? one : several;
}

/** A number with commas between thousands: "12,345", "12,345.6". */
export function grouped(count: number): string {
  return String(count).replace(/^-?\d+/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ","));
}
