// Damage to JSON data: what a hand, a bug or a bad disk may make of it.
import { createRandom } from "@mixtura/core/authoring";
import type { Random } from "@mixtura/core/authoring";

type Path = readonly (string | number)[];

/** What numbers become. Their own neighbours and multiples come in addition. */
const numbers = [
  0,
  -1,
  1,
  0.5,
  2,
  1e-320,
  5e-324,
  1e-300,
  -1e-300,
  1e154,
  -1e154,
  1e300,
  1e308,
  -1e308,
  Number.MAX_VALUE,
  2 ** 31,
  2 ** 53,
  1e9,
  Number.EPSILON,
];
/** What anything becomes. */
const values = [null, true, "", "full", "NaN", "__proto__", [], {}, [null], [[]], [1], { length: 3 }, 1e308, 0, -1];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    ...(path.length === 0 ? [] : [path]),
    ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

/** A copy with one to three damages, the same for the same seed; `others` lend values of theirs. */
export function damaged(json: object, others: readonly object[], seed: number): object {
  const random = createRandom(seed);
  const copy = structuredClone(json) as Record<string, unknown>;
  for (let left = 1 + random.integer(3); left > 0; left--) damage(copy, others, random);
  return copy;
}

function damage(json: object, others: readonly object[], random: Random): void {
  const paths = pathsOf(json);
  if (paths.length === 0) return;
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)]!;
  const path = pick(paths);
  const holder = at(json, path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1)!;
  const value = holder[key];
  const kinds: (() => void)[] = [
    () => delete holder[key], // of a list: a hole, which JSON text has not but parsed values may
    () => (holder[key] = structuredClone(pick(values))),
    () => (holder[key] = structuredClone(at(json, pick(paths)))),
    () => {
      const other = pick(others);
      holder[key] = structuredClone(at(other, pick(pathsOf(other))));
    },
  ];
  if (typeof value === "number") {
    const near = [-value, value * 2, value / 3, value + 1, value * 1e-200, value * 1e200];
    for (let times = 0; times < 6; times++) kinds.push(() => (holder[key] = pick([...numbers, ...near])));
  }
  if (Array.isArray(value) && value.length > 0) {
    kinds.push(
      () => value.pop(),
      () => value.push(structuredClone(value[0])),
      () => value.reverse(),
      () => (holder[key] = value.map(() => structuredClone(value[0]) as unknown)),
      () => (value.length += 2),
      () => (holder[key] = value.map((item: unknown) => (typeof item === "number" ? pick(numbers) : item))),
    );
  }
  if (typeof value === "string")
    kinds.push(() => (holder[key] = pick(["", "x".repeat(10_000), "full", "diag", "tied", "dirichlet_process", "row", "gaussian"])));
  pick(kinds)();
}
