/** More levels than any option has. */
const DEEPEST = 64;

/**
 * A copy of plain data that nobody else holds: lists and plain objects are copied and frozen, typed arrays copied. Anything else (a model, a
 * matrix of another library, a function) is passed on as it is. What stands in several places is copied once.
 *
 * @param endless makes the error of what holds itself, or has more than 64 levels
 */
export function snapshot<T>(value: T, endless: () => Error): T {
  const copies = new Map<object, unknown>();
  const copy = (item: unknown, depth: number): unknown => {
    if (typeof item !== "object" || item === null) return item;
    if (copies.has(item)) return copies.get(item);
    if (depth > DEEPEST) throw endless();
    const made = copied(item, (inner) => copy(inner, depth + 1));
    copies.set(item, made);
    return made;
  };
  return copy(value, 0) as T;
}

function copied(value: object, copy: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  if (value instanceof Float64Array) return value.length === 0 ? new Float64Array(0) : value.slice(); // detached ones cannot be sliced
  if (!isPlainObject(value)) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copy(field)])));
}

/** Whether a value is an object of fields alone: of no class, though perhaps of another realm, and without symbols. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return plain && Object.getOwnPropertySymbols(value).length === 0;
}
