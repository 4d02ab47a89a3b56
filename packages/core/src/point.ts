import { listed, MixturaError, show } from "./errors.ts";

/** One row, on its own: d numbers in the order of the model's features, or, for a model whose features have names, their values by name. */
export type PointLike = ArrayLike<number> | Readonly<Record<string, number | boolean | bigint | null | undefined>>;

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
export function checkPoint(x: PointLike, features: number, caller = "point"): asserts x is ArrayLike<number> {
  if (x?.length !== features) throw wrongLength(x, features, caller);
  const list = x as ArrayLike<number>;
  for (let column = 0; column < features; column++) {
    const found: unknown = list[column];
    if (!Number.isFinite(found)) throw notFinite(caller, `feature ${column}`, column, found);
  }
}

/**
 * Makes points of what comes from callers, for one model: lists pass as they are, checked as by {@link checkPoint}; of records the fields are taken by
 * name, whatever their order and whatever others there are. Nothing is made for a point that passes: values by name are written to one array, which
 * the next call writes to again. Engines may put a fraction on the heap on its way out of a field that they know by a variable name, 16 bytes each;
 * lists and typed arrays have no such way.
 *
 * @param features d
 * @param names of the features, where they have any
 * @throws MixturaError `invalid-shape`; what is made throws `invalid-shape`, `not-finite`, `feature-mismatch`
 * @example
 * ```ts run
 * const read = pointReader(2, ["height", "mass"]);
 * read({ mass: 62, height: 1.7, name: undefined })
 * // => Float64Array.of(1.7, 62)
 * read({ mass: 62 }) // throws feature-mismatch
 * pointReader(2)({ mass: 62, height: 1.7 }) // throws invalid-shape
 * ```
 */
export function pointReader(features: number, names?: readonly string[]): (x: PointLike) => ArrayLike<number> {
  const values = names === undefined ? undefined : new Float64Array(features);
  return (x) => {
    if (values !== undefined && isRecord(x)) return byName(x, names!, values);
    checkPoint(x, features);
    return x;
  };
}

/** Whether a value has fields rather than places; whatever else is like a list has a length and no more. */
function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  if (typeof x !== "object" || x === null || Array.isArray(x) || ArrayBuffer.isView(x)) return false;
  const { length } = x as { readonly length?: unknown };
  return !(typeof length === "number" && 0 in x);
}

function byName(x: Readonly<Record<string, unknown>>, names: readonly string[], values: Float64Array): Float64Array {
  for (let column = 0; column < values.length; column++) {
    const name = names[column]!;
    const found = x[name];
    const value = typeof found === "number" ? found : typeof found === "boolean" || typeof found === "bigint" ? wholeNumber(found) : NaN;
    if (value - value !== 0) throw fieldError(x, name, column, names);
    values[column] = value;
  }
  return values;
}

/** A boolean or an integer as a number; NaN where the integer would become another one. */
function wholeNumber(found: boolean | bigint): number {
  const value = Number(found);
  return typeof found === "boolean" || BigInt(value) === found ? value : NaN;
}

function fieldError(x: Readonly<Record<string, unknown>>, name: string, column: number, names: readonly string[]): MixturaError {
  if (name in x) return notFinite("point", `feature ${show(name)}`, column, x[name]);
  const found = Object.keys(x);
  return new MixturaError(
    "feature-mismatch",
    `point: there is no field ${show(name)}. Expected the fields ${listed(names)}; found ${listed(found)}.`,
    {
      expected: names,
      found,
    },
  );
}

function notFinite(caller: string, feature: string, column: number, found: unknown): MixturaError<"not-finite"> {
  return new MixturaError("not-finite", `${caller}: ${feature} is ${show(found)}. Points must be finite numbers.`, {
    row: 0,
    column,
    found,
  });
}

/** The error of a list that holds more or fewer numbers than are wanted, or is none. */
export function wrongLength(list: PointLike | undefined, length: number, caller: string): MixturaError<"invalid-shape"> {
  const has: unknown = list?.length;
  const [expected, found] = [`${length} numbers`, typeof has === "number" ? `${has}` : show(list)];
  return new MixturaError("invalid-shape", `${caller}: ${expected} expected, found ${found}.`, { expected, found });
}
