import type { ColumnRanges } from "./column-ranges.ts";
import { readColumnRanges } from "./column-ranges.ts";
import { show } from "./errors.ts";
import type { FieldReader } from "./model-json.ts";
import { readObject } from "./model-json.ts";
import type { OptionDeclarations } from "./options/declare.ts";
import { isPlainObject, snapshot } from "./snapshot.ts";
import { present } from "./present.ts";

/** Rows of a source that a fit was not given. */
interface LeftOutRows {
  readonly rows: number;
  /** Why, such as "missing values". */
  readonly reason: string;
}

/** A column of a source that a fit was not given. */
interface LeftOutColumn {
  /** Its name; its number, from 1, in a source without names. */
  readonly column: string;
  /** Why, such as "it counts the rows". */
  readonly reason: string;
}

/** What only the caller of a fit knows of its rows; the model's provenance holds it. */
export interface GivenProvenance {
  /** What the rows came from, such as the name of a file. */
  readonly source?: string;
  /** Rows of the source that were left out before the fit. */
  readonly leftOut?: readonly LeftOutRows[];
  /** Columns of the source that are no features because they measure nothing: new rows may have them or not. */
  readonly leftOutColumns?: readonly LeftOutColumn[];
  /** When the model was made. Written down only where it is given, since one seed otherwise gives one file, byte for byte. */
  readonly created?: string;
}

/** Where a fitted model comes from. It is written to JSON; of one seed and the same rows it is always the same. */
export interface Provenance extends GivenProvenance {
  /** The release of Mixtura that fitted it. */
  readonly version: string;
  /** The options that differ from their defaults. Long arrays, models and functions are described, not held. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What its columns range over, by which new rows of another unit are known; absent in files of before. */
  readonly columnRanges?: ColumnRanges;
  /** Rows that the fit read, those of weight 0 included. */
  readonly rows: number;
  /** Sixteen hexadecimal digits that the fit's first look at the rows gives: other rows have others. Compare models of one type. */
  readonly checksum: string;
}

/** Longer arrays are described, not held. */
const LONGEST = 64;

/**
 * The options that differ from their defaults, as plain JSON data.
 *
 * @example
 * ```ts run
 * changedOptions({ nComponents: 2, tol: 1e-5 }, gaussianMixtureOptions)
 * // => { nComponents: 2 }
 * ```
 */
export function changedOptions(options: object, declarations: OptionDeclarations): Readonly<Record<string, unknown>> {
  const changed = Object.entries(options)
    .filter(([name, value]) => value !== declarations[name]?.default) // of most options nothing need be written out
    .map(([name, value]) => [name, plain(value)] as const)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(plain(declarations[name]?.default)));
  return Object.freeze(Object.fromEntries(changed));
}

/** Deeper values are described, not held. */
const DEEPEST = 8;

/** A value of an option as plain JSON data; what is long or deep, or no data, in words. */
function plain(value: unknown, depth = 0): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : String(value);
  if (typeof value !== "object") return value === undefined ? undefined : show(value);
  if (depth > DEEPEST) return show(value);
  const inner = (item: unknown): unknown => plain(item, depth + 1);
  if (Array.isArray(value)) return value.flat(3).length > LONGEST ? show(value) : value.map(inner);
  if (ArrayBuffer.isView(value))
    return "length" in value && Number(value.length) <= LONGEST ? Array.from(value as Float64Array) : show(value);
  if ("type" in value && typeof value.type === "string")
    return "options" in value && typeof value.options === "object"
      ? { type: value.type, options: inner({ ...value.options }) }
      : `a ${value.type} model`;
  if (!isPlainObject(value)) return show(value);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, inner(field)]));
}

/**
 * Sixteen hexadecimal digits of some numbers in order, by the mixing steps of MurmurHash3 under two seeds. −0 counts as 0.
 *
 * @remarks Differences by accident are seen, those that somebody contrives need not be.
 * @example
 * ```ts run
 * checksumOf([1, 2]) === checksumOf([1, 2]) // => true
 * checksumOf([1, 2]) === checksumOf([2, 1]) // => false
 * ```
 */
export function checksumOf(numbers: Iterable<number>): string {
  const view = new DataView(new ArrayBuffer(8));
  let [low, high] = [0x9747b28c, 0x3c6ef372];
  for (const number of numbers) {
    view.setFloat64(0, number + 0, true);
    for (const at of [0, 4]) {
      const word = view.getUint32(at, true);
      low = mixed(low, word);
      high = mixed(high, word);
    }
  }
  return [low, high].map((half) => finished(half).toString(16).padStart(8, "0")).join("");
}

function mixed(state: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const h = state ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(state: number): number {
  let h = state;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Reads the provenance of a model from untrusted JSON; files of version 1 have none.
 *
 * @throws MixturaError `invalid-model`
 */
export function readProvenance(reader: FieldReader): Provenance {
  const options = reader.value("options");
  if (!isPlainObject(options)) throw reader.fail("options", "an object");
  const checksum = reader.string("checksum");
  if (!/^[0-9a-f]{16}$/.test(checksum)) throw reader.fail("checksum", "sixteen hexadecimal digits");
  return Object.freeze({
    version: reader.string("version"),
    options: snapshot(options, () => reader.fail("options", "an object of few levels")),
    ...present({
      source: reader.has("source") ? reader.string("source") : undefined,
      leftOut: reader.has("leftOut") ? readLeftOut(reader) : undefined,
      leftOutColumns: reader.has("leftOutColumns") ? readLeftOutColumns(reader) : undefined,
      created: reader.has("created") ? reader.string("created") : undefined,
      columnRanges: reader.has("columnRanges") ? readColumnRanges(reader.object("columnRanges")) : undefined,
    }),
    rows: reader.count("rows", 1),
    checksum,
  });
}

function readLeftOut(reader: FieldReader): readonly LeftOutRows[] {
  return Object.freeze(
    reader.list("leftOut").map((item, index) => {
      const one = readObject(item, `provenance.leftOut[${index}]`);
      return Object.freeze({ rows: one.count("rows"), reason: one.string("reason") });
    }),
  );
}

function readLeftOutColumns(reader: FieldReader): readonly LeftOutColumn[] {
  return Object.freeze(
    reader.list("leftOutColumns").map((item, index) => {
      const one = readObject(item, `provenance.leftOutColumns[${index}]`);
      return Object.freeze({ column: one.string("column"), reason: one.string("reason") });
    }),
  );
}
