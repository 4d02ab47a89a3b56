import { show } from "../errors.ts";
import { isPlainObject } from "../snapshot.ts";
import { expectedText } from "./expected.ts";
import { inRange } from "./in-range.ts";
import type { OptionRange } from "./range.ts";

/**
 * What a range allows in place of a value, what was found, and what was probably meant: "must be { chiSquare: a number ≥ 0.5 and < 1 }, found
 * { chiSquare: 0.05 }. Did you mean { chiSquare: 0.95 }?". Of several forms that a value may have, the one that it was given in is named.
 */
export function refusalText(range: OptionRange, value: unknown): string {
  const form = range.alternatives?.find(({ fields }) => fields !== undefined && hasFields(fields, value)) ?? range;
  const meant = suggestion(form, value);
  return `must be ${expectedText(form)}, found ${shown(value)}.${meant === undefined ? "" : ` Did you mean ${shown(meant)}?`}`;
}

/**
 * The value that was probably meant: of a large fraction, the rest up to 1. Nothing where that is no value of the range either.
 *
 * @example
 * ```ts run
 * suggestion(
 *   { kind: "number", minimum: 0.5, maximum: 1, complement: true },
 *   0.05,
 * ) // => 0.95
 * suggestion({ kind: "number", minimum: 0.5, maximum: 1 }, 0.05)
 * // => undefined
 * ```
 */
export function suggestion(range: OptionRange, value: unknown): unknown {
  if (range.kind === "object" && hasFields(range.fields!, value)) {
    const fields = Object.entries(value).map(([name, field]) => [name, suggestion(range.fields![name]!, field) ?? field]);
    const meant: unknown = Object.fromEntries(fields);
    return inRange(range, meant) ? meant : undefined;
  }
  if (range.complement !== true || typeof value !== "number") return undefined;
  const rest = Number((1 - value).toPrecision(12)); // 1 − 0.1 is 0.9, and 1 − 0.3 should be 0.7
  return inRange(range, rest) ? rest : undefined;
}

function hasFields(fields: Readonly<Record<string, OptionRange>>, value: unknown): value is Readonly<Record<string, unknown>> {
  const names = Object.keys(fields);
  return isPlainObject(value) && Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
}

/** An object with its values: what was wrong is one of them. */
function shown(value: unknown): string {
  if (!isPlainObject(value) || Object.keys(value).length !== 1) return show(value);
  const [[name, field]] = Object.entries(value) as [[string, unknown]];
  return `{ ${name}: ${show(field)} }`;
}
