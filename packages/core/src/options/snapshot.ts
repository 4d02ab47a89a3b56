/**
 * A copy of plain data that nobody else holds: lists and plain objects are copied and frozen, typed arrays copied. Anything else (a model, a
 * matrix of another library, a function) is passed on as it is.
 */
export function snapshot<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  if (value instanceof Float64Array) return value.slice();
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0;
  if (!plain) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copy(field)])));
}
