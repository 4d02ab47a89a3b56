import type { OptionRange } from "./range.ts";
import { isPlainObject } from "../snapshot.ts";

/** Whether a range allows a value. */
export function inRange(range: OptionRange, value: unknown): boolean {
  switch (range.kind) {
    case "integer":
      return Number.isSafeInteger(value) && withinBounds(range, value as number);
    case "number":
      return Number.isFinite(value) && withinBounds(range, value as number);
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "choice":
      return range.choices!.includes(value as string);
    case "list":
      // A copy, because `every` passes over holes.
      return Array.isArray(value) && value.length >= (range.minimumItems ?? 0) && [...value].every((item) => inRange(range.items!, item));
    case "object":
      return isPlainObject(value) && hasExactly(range.fields!, value);
    case "either":
      return range.alternatives!.some((alternative) => inRange(alternative, value));
    case "other":
      return range.accepts?.(value) ?? true;
  }
}

function withinBounds(
  { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum }: OptionRange,
  value: number,
): boolean {
  return (exclusiveMinimum ? value > minimum : value >= minimum) && (exclusiveMaximum ? value < maximum : value <= maximum);
}

function hasExactly(fields: Readonly<Record<string, OptionRange>>, value: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(fields);
  return (
    Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name) && inRange(fields[name]!, value[name]))
  );
}
