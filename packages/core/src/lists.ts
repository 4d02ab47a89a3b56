/**
 * The values of several lists in one, in order.
 *
 * @param make an empty list of so many values
 */
export function joinedLists<List extends Float64Array | Int32Array>(parts: readonly List[], make: (length: number) => List): List {
  const out = make(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** {@link joinedLists} of 64-bit floats. */
export function joinedValues(parts: readonly Float64Array[]): Float64Array {
  return joinedLists(parts, (length) => new Float64Array(length));
}
