/** How numbers are compared: to the bit, or to a relative difference of 1e-9. */
export type Closeness = "exact" | "near";

const NEAR = 1e-9;

/**
 * The first place where two values differ, in words; nothing where they agree.
 *
 * An expected plain array is met by a typed array of the same numbers too; an expected typed array asks for the same kind. Zeros are equal
 * of either sign, and NaN equals NaN. Objects need the same own fields, of any class.
 */
export function difference(found: unknown, expected: unknown, closeness: Closeness, path = "value"): string | undefined {
  if (typeof found === "number" && typeof expected === "number") {
    return sameNumber(found, expected, closeness) ? undefined : `${path} is ${found}, the example says ${expected}`;
  }
  if (isList(found) && isList(expected)) return listDifference(found, expected, closeness, path);
  if (isObject(found) && isObject(expected) && !isList(found) && !isList(expected)) {
    return objectDifference(found, expected, closeness, path);
  }
  return Object.is(found, expected) ? undefined : `${path} is ${text(found)}, the example says ${text(expected)}`;
}

function sameNumber(found: number, expected: number, closeness: Closeness): boolean {
  if (found === expected || (Number.isNaN(found) && Number.isNaN(expected))) return true;
  return closeness === "near" && Math.abs(found - expected) <= NEAR * Math.abs(expected);
}

type List = readonly unknown[] | (ArrayBufferView & ArrayLike<unknown>);

function isList(value: unknown): value is List {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function listDifference(found: List, expected: List, closeness: Closeness, path: string): string | undefined {
  if (!Array.isArray(expected) && found.constructor !== expected.constructor) {
    return `${path} is a ${found.constructor.name}, the example says ${expected.constructor.name}`;
  }
  if (found.length !== expected.length) return `${path} is ${text(found)}, the example says ${text(expected)}`;
  for (let index = 0; index < expected.length; index++) {
    const reason = difference(found[index], expected[index], closeness, `${path}[${index}]`);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function objectDifference(
  found: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
  closeness: Closeness,
  path: string,
): string | undefined {
  // Fields decide; what has none that can be seen (a promise, a map) is only ever equal to itself.
  if (Object.keys(found).length + Object.keys(expected).length === 0 && Object.getPrototypeOf(found) !== Object.getPrototypeOf(expected)) {
    return `${path} is ${text(found)}, the example says ${text(expected)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    if (!Object.hasOwn(found, key)) return `${path} lacks "${key}"`;
    if (!Object.hasOwn(expected, key)) return `${path} has "${key}" besides: ${text(found[key])}`;
    const reason = difference(found[key], expected[key], closeness, `${path}.${key}`);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function text(value: unknown): string {
  if (value instanceof Promise) return "a promise (await is missing)";
  if (isList(value)) return `${Array.isArray(value) ? "" : value.constructor.name}[${Array.from(value, text).join(", ")}]`;
  if (typeof value === "string") return JSON.stringify(value);
  if (isObject(value))
    return `{ ${Object.entries(value)
      .map(([key, field]) => `${key}: ${text(field)}`)
      .join(", ")} }`;
  return String(value);
}
