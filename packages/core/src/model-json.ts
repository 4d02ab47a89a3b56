import { MixturaError, show } from "./errors.ts";

/** The format name written into every model file. */
export const MODEL_FORMAT = "mixtura-model";
/** The version of the format that this release writes. It reads this version and older ones. */
export const MODEL_VERSION = 2;

/** A fitted model as plain JSON data. All fields but the three heads belong to the model's type. */
export interface ModelJSON {
  readonly format: typeof MODEL_FORMAT;
  readonly version: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * Adds the heads that every model carries.
 *
 * @example
 * ```ts run
 * modelJSON("Mean", { mean: 2 })
 * // => { format: "mixtura-model", version: 2, type: "Mean", mean: 2 }
 * ```
 */
export function modelJSON(type: string, payload: Readonly<Record<string, unknown>>): ModelJSON {
  return { format: MODEL_FORMAT, version: MODEL_VERSION, type, ...payload };
}

/**
 * Reads the heads of a model: a JSON text or the parsed value, from anywhere. Nothing in it is trusted.
 *
 * @throws MixturaError `invalid-model` (not JSON, not a model), `unsupported-version` (written by a newer release)
 * @example
 * ```ts run
 * readModelHeads(
 *   '{ "format": "mixtura-model", "version": 1, "type": "KMeans" }',
 * ).type // => "KMeans"
 * readModelHeads("not JSON") // throws invalid-model
 * ```
 */
export function readModelHeads(json: unknown): ModelJSON {
  let value = json;
  if (typeof value === "string") {
    try {
      value = JSON.parse(value);
    } catch (error) {
      throw invalid("", "JSON text", "text that is not JSON", { cause: error });
    }
  }
  const reader = readObject(value);
  const format = reader.value("format");
  if (format !== MODEL_FORMAT) throw invalid("format", `"${MODEL_FORMAT}" (this is not a Mixtura model)`, show(format));
  const version = reader.value("version");
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
    throw invalid("version", "a whole number ≥ 1", show(version));
  if (version > MODEL_VERSION) {
    throw new MixturaError(
      "unsupported-version",
      `The model has format version ${version}, this release reads up to ${MODEL_VERSION}. Update Mixtura to read it.`,
      {
        found: version,
        supported: MODEL_VERSION,
      },
    );
  }
  reader.string("type");
  return value as ModelJSON;
}

/** Reads the fields of one object of a model file; every miss is an `invalid-model` error that names the path. */
export interface FieldReader {
  /** An own property, or `undefined`; inherited ones are never seen. */
  value(key: string): unknown;
  /** A text. */
  string(key: string): string;
  /** `true` or `false`. */
  boolean(key: string): boolean;
  /** A finite number. */
  number(key: string): number;
  /** A whole number ≥ `least`, at most 2³¹ − 1. */
  count(key: string, least?: number): number;
  /** One of the listed texts. */
  oneOf<T extends string>(key: string, allowed: readonly T[]): T;
  /** Finite numbers; just `length` of them, where given. Negative zeros become zeros, since JSON cannot hold them. */
  numbers(key: string, length?: number): Float64Array;
  /** Rows of equal length, as one row-major array. */
  rows(key: string, rows: number, columns: number): Float64Array;
  /** `count` square matrices of `size` rows, as one array, matrix after matrix. */
  squares(key: string, count: number, size: number): Float64Array;
  /** Texts; just `length` of them, where given. A frozen copy. */
  strings(key: string, length?: number): readonly string[];
  /** A list whose items are not looked at. */
  list(key: string): readonly unknown[];
  /** A nested object, with its own reader, which knows its path. */
  object(key: string): FieldReader;
  /** Whether the field is there. */
  has(key: string): boolean;
  /** The error of a field that is not as expected, for the caller to throw. */
  fail(key: string, expected: string): MixturaError<"invalid-model">;
}

/**
 * A {@link FieldReader} for an untrusted value.
 *
 * @throws MixturaError `invalid-model` when it is no object
 * @example
 * ```ts run
 * const reader = readObject({ weights: [0.25, 0.75] });
 * reader.numbers("weights", 2) // => [0.25, 0.75]
 * reader.numbers("weights", 3) // throws invalid-model
 * reader.string("toString") // throws invalid-model
 * ```
 */
export function readObject(source: unknown, path = ""): FieldReader {
  if (typeof source !== "object" || source === null || Array.isArray(source)) throw invalid(path, "an object", show(source));
  const value = (key: string): unknown => (Object.hasOwn(source, key) ? (source as Record<string, unknown>)[key] : undefined);
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const fail = (key: string, expected: string): MixturaError<"invalid-model"> => invalid(at(key), expected, show(value(key)));

  const reader: FieldReader = {
    value,
    fail,
    has: (key) => value(key) !== undefined,
    string(key) {
      const found = value(key);
      if (typeof found !== "string") throw fail(key, "a text");
      return found;
    },
    boolean(key) {
      const found = value(key);
      if (typeof found !== "boolean") throw fail(key, "true or false");
      return found;
    },
    number(key) {
      const found = value(key);
      if (typeof found !== "number" || !Number.isFinite(found)) throw fail(key, "a finite number");
      return found + 0;
    },
    count(key, least = 0) {
      const found = value(key);
      if (typeof found !== "number" || !Number.isInteger(found) || found < least || found > 0x7fffffff)
        throw fail(key, `a whole number ≥ ${least}`);
      return found;
    },
    oneOf(key, allowed) {
      const found = allowed.find((item) => item === value(key));
      if (found === undefined) throw fail(key, `one of ${allowed.join(", ")}`);
      return found;
    },
    numbers(key, length) {
      const found = value(key);
      if (!Array.isArray(found) || (length !== undefined && found.length !== length)) throw fail(key, `${length ?? "some"} numbers`);
      const out = new Float64Array(found.length);
      copyNumbers(found, out, 0, at(key));
      return out;
    },
    rows(key, rows, columns) {
      return nested(value(key), [rows, columns], at(key));
    },
    squares(key, count, size) {
      return nested(value(key), [count, size, size], at(key));
    },
    strings(key, length) {
      const found = reader.list(key);
      if ((length !== undefined && found.length !== length) || !found.every((item) => typeof item === "string"))
        throw fail(key, `${length ?? "some"} texts`);
      return Object.freeze([...found] as string[]);
    },
    list(key) {
      const found = value(key);
      if (!isDense(found)) throw fail(key, "a list");
      return found;
    },
    object: (key) => readObject(value(key), at(key)),
  };
  return reader;
}

/** Whether a value is a list without holes, which `every`, `forEach` and `map` pass over. JSON text has none, parsed values may. */
function isDense(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !value.includes(undefined);
}

/** Nested lists of the given shape, flattened. The shape is checked before memory is taken. */
function nested(value: unknown, shape: readonly number[], path: string): Float64Array {
  const check = (list: unknown, depth: number, place: string): void => {
    if (!isDense(list) || list.length !== shape[depth]) throw invalid(place, `a list of ${shape[depth]}`, show(list));
    if (depth < shape.length - 1) list.forEach((item, index) => check(item, depth + 1, `${place}[${index}]`));
  };
  check(value, 0, path);
  const leaves = (value as unknown[]).flat(shape.length - 2) as unknown[][];
  const width = shape.at(-1)!;
  const out = new Float64Array(leaves.length * width);
  leaves.forEach((leaf, index) => copyNumbers(leaf, out, index * width, `${path}[${index}]`));
  return out;
}

function copyNumbers(from: readonly unknown[], to: Float64Array, offset: number, path: string): void {
  for (let i = 0; i < from.length; i++) {
    const found = from[i];
    if (typeof found !== "number" || !Number.isFinite(found)) throw invalid(`${path}[${i}]`, "a finite number", show(found));
    to[offset + i] = found + 0;
  }
}

/** The error of a model's field that is not as expected, for what is found only when the model is built. */
export function invalidField(path: string, expected: string, found: string): MixturaError<"invalid-model"> {
  return invalid(path, expected, found);
}

function invalid(path: string, expected: string, found: string, options?: ErrorOptions): MixturaError<"invalid-model"> {
  const place = path === "" ? "The model" : `The model's field "${path}"`;
  return new MixturaError(
    "invalid-model",
    `${place} should be ${expected}, found ${found}. The file is damaged or not a model.`,
    { path, expected },
    options,
  );
}
