import { MixturaError, show } from "./errors.ts";

/**
 * Rejects what is not a point: d finite numbers in the order of the model's features. Text, `null` (which is what JSON makes of NaN) and booleans are
 * no numbers, though arithmetic would take them for some. Nothing is allocated for a point that passes. O(d).
 *
 * @param x what came from the caller, anything at all
 * @param features d
 * @param caller what the sentence begins with
 * @throws MixturaError `invalid-shape`, `not-finite`
 * @example
 * ```ts run
 * checkPoint([1.7, 62], 2)
 * checkPoint([1.7], 2) // throws invalid-shape
 * checkPoint(JSON.parse("[1.7, null]"), 2) // throws not-finite
 * ```
 */
export function checkPoint(x: ArrayLike<number>, features: number, caller = "point"): void {
  if (x?.length !== features) throw wrongLength(x, features, caller);
  for (let column = 0; column < features; column++) {
    const found: unknown = x[column];
    if (!Number.isFinite(found)) {
      throw new MixturaError("not-finite", `${caller}: feature ${column} is ${show(found)}. Points must be finite numbers.`, {
        row: 0,
        column,
        found,
      });
    }
  }
}

/** The error of a list that holds more or fewer numbers than are wanted, or is none. */
export function wrongLength(list: ArrayLike<number> | undefined, length: number, caller: string): MixturaError<"invalid-shape"> {
  const has: unknown = list?.length;
  const [expected, found] = [`${length} numbers`, typeof has === "number" ? `${has}` : show(list)];
  return new MixturaError("invalid-shape", `${caller}: ${expected} expected, found ${found}.`, { expected, found });
}
