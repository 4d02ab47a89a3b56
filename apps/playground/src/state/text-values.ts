/** A part of an address that says nothing that can be used; the message goes on from "but …". */
export class Unreadable extends Error {}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** A number of a range, written in digits. */
export function numberIn(text: string, { minimum, maximum }: Range): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= minimum && value <= maximum) return value;
  throw new Unreadable(`${JSON.stringify(text.slice(0, 30))} is no number from ${minimum} to ${maximum}`);
}

/** A whole number of a range. */
export function integerIn(text: string, range: Range): number {
  const value = numberIn(text, range);
  if (Number.isInteger(value)) return value;
  throw new Unreadable(`${text.slice(0, 30)} is no whole number`);
}

/** One of the words there are. */
export function oneOf<T extends string>(text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new Unreadable(`there is no ${JSON.stringify(text.slice(0, 30))}; there are ${words.join(", ")}`);
}

const DEPTH = 4;

/** JSON that is small, shallow and plain: finite numbers, texts, lists and objects. */
export function plainValue(text: string): unknown {
  if (text.length > 2000) throw new Unreadable("its value is too long");
  let value: unknown;
  try {
    value = JSON.parse(text, (key, part: unknown) => (key === "__proto__" ? undefined : plainNumber(part)));
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable("its value is no JSON");
  }
  if (value === null || depthOf(value) > DEPTH) throw new Unreadable("its value is no option");
  return value;
}

/** A number that JSON writes as it is: -0 comes back as 0, and 1e999 as nothing. */
function plainNumber(part: unknown): unknown {
  if (typeof part !== "number" || Number.isFinite(part)) return Object.is(part, -0) ? 0 : part;
  throw new Unreadable("one of its numbers is beyond the largest there is");
}

function depthOf(value: unknown): number {
  return typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}
