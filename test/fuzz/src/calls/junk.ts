// Values that no declaration allows, and numbers that declarations allow and nobody means.
import type { Random } from "@mixtura/core/authoring";

export const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;

/** Numbers at the edges of what doubles and integers can be. NaN is none that a declaration means, but has the type. */
export const NUMBERS: readonly number[] = [
  0,
  -0,
  1,
  2,
  3,
  7,
  -1,
  0.5,
  -0.5,
  0.95,
  1.5,
  100,
  1e-9,
  1e9,
  5e-324,
  1e-320,
  1e-160,
  1e160,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 60,
  Infinity,
  -Infinity,
  NaN,
];

export const TEXTS: readonly string[] = [
  "",
  "a",
  "x,y\n1,2\n",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud800",
  "é".repeat(300),
  "full",
  "0.5",
  "null",
  '{"a":1}',
];

/** A value of no fitting type. */
export function junk(random: Random): unknown {
  return pick<() => unknown>(random, [
    () => undefined,
    () => null,
    () => true,
    () => Symbol("junk"),
    () => 10n ** 30n,
    () => pick(random, NUMBERS),
    () => pick(random, TEXTS),
    () => Object.create(null) as object,
    () => ({}),
    () => [],
    () => [[]],
    () => [null],
    () => Array(3),
    () => [Symbol("cell")],
    () => () => 1,
    () => new Date(NaN),
    () => new Map([[1, 2]]),
    () => Promise.resolve(1),
    () => detached(),
    () => new DataView(new ArrayBuffer(8)),
    () => new BigInt64Array(2),
    () => cyclic(),
    () => deep(),
    () => ({ length: 2 }),
    () => ({ length: 1e9 }),
    () => ({ rows: 1e9, columns: 1e9, data: new Float64Array(1) }),
    () => ({ columns: 1, blocks: () => 5 }),
    () => ({ type: "GaussianMixture" }),
    () => new Error("junk"),
    () => /x/,
  ])();
}

function detached(): Float64Array {
  const array = Float64Array.of(1, 2, 3, 4);
  structuredClone(array, { transfer: [array.buffer] });
  return array;
}

function cyclic(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function deep(): unknown {
  let value: unknown = 1;
  for (let level = 0; level < 20_000; level++) value = [value];
  return value;
}
