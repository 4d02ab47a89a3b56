import type { KnownDependency } from "./known.ts";

/** What a sum of a few terms, given to sixteen digits each, may be off by, as a fraction of them. */
const SUM_ROUNDING = 2 ** -42;

/** By how many roundings a row, which begins at `at`, breaks a dependency; 0 where it keeps it. Nothing is allocated. */
export function roundingsOff(
  { left, columns, coefficients, offset, rounding, allowed }: KnownDependency,
  data: ArrayLike<number>,
  at: number,
): number {
  let rest = data[at + left]! - offset;
  let size = Math.abs(data[at + left]!) + Math.abs(offset);
  for (let i = 0; i < columns.length; i++) {
    const term = coefficients[i]! * data[at + columns[i]!]!;
    rest -= term;
    size += Math.abs(term);
  }
  const off = Math.abs(rest);
  if (off <= allowed + SUM_ROUNDING * size) return 0;
  return off / rounding < Number.MAX_VALUE ? off / rounding : Number.MAX_VALUE;
}

/** The most roundings that a row breaks any dependency by; 0 where it keeps all. */
export function mostRoundingsOff(dependencies: readonly KnownDependency[], data: ArrayLike<number>, at: number): number {
  let most = 0;
  for (let i = 0; i < dependencies.length; i++) {
    const off = roundingsOff(dependencies[i]!, data, at);
    if (off > most) most = off;
  }
  return most;
}

/** What the left feature of a dependency should be in a row, and what it is. */
export function breachOf(
  { left, columns, coefficients, offset }: KnownDependency,
  data: ArrayLike<number>,
  at: number,
): { readonly expected: number; readonly found: number } {
  let expected = offset;
  for (let i = 0; i < columns.length; i++) expected += coefficients[i]! * data[at + columns[i]!]!;
  return { expected, found: data[at + left]! };
}
