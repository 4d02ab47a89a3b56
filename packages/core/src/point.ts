import { MixturaError, show } from "./errors.ts";

/**
 * Turns down what is no point: d finite numbers in the order of the model's features. Text, `null` (which is what JSON makes of NaN) and booleans are
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
  if (x?.length !== features) throw wrongShape(x, features, caller);
  for (let j = 0; j < features; j++) {
    if (!Number.isFinite(x[j])) throw noNumber(x[j], j, caller);
  }
}

function wrongShape(x: unknown, features: number, caller: string): MixturaError {
  const length: unknown = typeof x === "object" && x !== null && "length" in x ? x.length : undefined;
  const found = typeof length === "number" ? `${length}` : show(x);
  const hint = typeof length === "number" ? "" : " Pass an array of numbers, in the order of the model's features.";
  return new MixturaError(
    "invalid-shape",
    `${caller}: ${features} ${features === 1 ? "number" : "numbers"} expected, found ${found}.${hint}`,
    {
      expected: `${features} numbers`,
      found,
    },
  );
}

function noNumber(found: unknown, column: number, caller: string): MixturaError {
  return new MixturaError("not-finite", `${caller}: feature ${column} is ${show(found)}. Points must be finite numbers.`, {
    row: 0,
    column,
    found,
  });
}
