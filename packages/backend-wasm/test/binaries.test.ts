import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { Arena } from "../src/arena.ts";
import { ASSIGNMENTS, JOB_FIELDS, SCATTERS, SHAPES } from "../src/job.ts";
import { SMALL } from "../src/layout.ts";
import type { WasmExports } from "../src/webassembly.ts";
import { webAssembly } from "../src/webassembly.ts";

const { base64: plain } = await import("../src/generated/plain.ts");
const { base64: relaxed } = await import("../src/generated/relaxed.ts");
type BinaryName = "plain" | "relaxed";
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const BYTES: Record<BinaryName, Uint8Array> = { plain: bytesOf(plain), relaxed: bytesOf(relaxed) };

/** Node 20 has no relaxed SIMD, and says so here. */
const available = (["plain", "relaxed"] as const).filter((name) => webAssembly()!.validate(BYTES[name]));

/** Numbers between two doubles, in units in the last place: 0 for the same, 1 for neighbours. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
  const [x, y] = new BigInt64Array(Float64Array.of(a, b).buffer).values();
  return Number(x! > y! ? x! - y! : y! - x!);
}

/** A function of a binary on numbers, two at a time as the kernels call it. */
async function evaluate(name: BinaryName, of: keyof Pick<WasmExports, "expAll" | "logAll">, xs: readonly number[]): Promise<Float64Array> {
  const arena = new Arena(await webAssembly()!.compile(BYTES[name]));
  const even = xs.length + (xs.length % 2);
  const address = arena.take(8 * even);
  arena.doubles.fill(1, address / 8, address / 8 + even);
  arena.doubles.set(xs, address / 8);
  arena.exports[of](address, even);
  return arena.doubles.slice(address / 8, address / 8 + xs.length);
}

async function worst(name: BinaryName, of: "expAll" | "logAll", truth: (x: number) => number, xs: readonly number[]): Promise<number> {
  const found = await evaluate(name, of, xs);
  return xs.reduce((most, x, index) => Math.max(most, ulps(found[index]!, truth(x))), 0);
}

const grid = (from: number, to: number, count: number) => Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
const random = createRandom(20);
const drawn = (count: number, next: () => number) => Array.from({ length: count }, next);

it("are in the modules byte for byte", () => {
  for (const name of ["plain", "relaxed"] as const) {
    expect(Buffer.from(BYTES[name]).equals(readFileSync(join(import.meta.dirname, "..", "dist", `${name}.wasm`)))).toBe(true);
  }
});

it("give every engine with SIMD one that it accepts", () => {
  expect(available).toContain("plain");
});

const assembly = readFileSync(join(import.meta.dirname, "..", "assembly", "job.ts"), "utf8");

it("read a job's fields in the order in which they are written", () => {
  const body = /class Job \{([^}]*)\}/.exec(assembly)![1]!;
  const fields = [...body.matchAll(/^\s*(\w+): (?:u32|usize);$/gm)].map(([, field]) => field);

  expect(fields).toEqual([...JOB_FIELDS]);
});

it("mean the same by the numbers of shapes, scatters and assignments", () => {
  const written = [...assembly.matchAll(/^export const (\w+): u32 = (\d+);$/gm)].map(([, name, value]): [string, number] => [
    name!,
    Number(value),
  ]);
  const named = (prefix: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([name, value]): [string, number] => [`${prefix}_${name.toUpperCase()}`, value]);

  const expected = [...named("SHAPE", SHAPES), ...named("SCATTER", SCATTERS), ...named("ASSIGN", ASSIGNMENTS), ["SMALL", SMALL]];

  expect(written.filter(([name]) => /^(SHAPE|SCATTER|ASSIGN|SMALL)/.test(name))).toEqual(expected);
});

describe.each(available)("the %s binary's exponential", (name) => {
  const around = (x: number) => [x - Math.abs(x) * 2 ** -52, x, x + Math.abs(x) * 2 ** -52].filter((y) => y <= 0 && y >= -708);

  // The polynomial is within half a unit of the last place of eʳ and the sum is rounded once more; Math.exp itself errs by less than one unit.
  // Against the true value the error is below 1; against Math.exp it can show as 1.
  it("is within 1 unit in the last place of Math.exp for −708 ≤ x ≤ 0", async () => {
    const xs = [
      ...grid(-708, 0, 100_001),
      ...grid(-1, 0, 50_001),
      ...drawn(50_000, () => -708 * random.uniform()),
      ...drawn(50_000, () => -(2 ** (-60 * random.uniform()))),
      // Where the power of two changes: odd multiples of half of log 2.
      ...Array.from({ length: 1020 }, (_, n) => -(n + 0.5) * Math.LN2).flatMap(around),
      -708,
      -0,
      0,
      -Number.MIN_VALUE,
      -(2 ** -1022),
    ];
    expect(await worst(name, "expAll", Math.exp, xs)).toBeLessThanOrEqual(1);
  });

  it("is 0 below −708, where subnormal numbers begin, for −Infinity and for NaN", async () => {
    const found = await evaluate(name, "expAll", [-708 - 2 ** -43, -745, -1e308, -Infinity, Number.NaN, -2000]);
    expect([...found]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("is 1 at 0 and at −0", async () => {
    expect([...(await evaluate(name, "expAll", [0, -0]))]).toEqual([1, 1]);
  });
});

describe.each(available)("the %s binary's logarithm", (name) => {
  const EPSILON = 2 ** -52;

  // Both are the method of fdlibm, whose error is below 1; where they are compiled differently they may fall on either side of the true value.
  it("is within 1 unit in the last place of Math.log for normal numbers", async () => {
    const xs = [
      ...grid(1, 64, 100_001), // sums of shares of up to 64 components
      ...grid(0.5, 2, 100_001),
      ...drawn(100_000, () => 2 ** (2045 * random.uniform() - 1022)),
      ...Array.from({ length: 2046 }, (_, n) => 2 ** (n - 1022)).flatMap((x) => [x, x * (1 + EPSILON), x * (1 + 2 ** -20)]),
      ...Array.from({ length: 40 }, (_, n) => 2 ** -(n + 13)).flatMap((x) => [1 + x, 1 - x / 2]),
      Math.SQRT2,
      Math.SQRT1_2,
      Number.MAX_VALUE,
      2 ** -1022,
    ];
    expect(await worst(name, "logAll", Math.log, xs)).toBeLessThanOrEqual(1);
  });

  it("is exactly 0 at 1, and rounded correctly next to it", async () => {
    const found = await evaluate(name, "logAll", [1, 1 + EPSILON, 1 - EPSILON / 2, 1 + 2 * EPSILON]);
    // log (1 + ε) = ε − ε²/2 + …: the nearest doubles are known.
    expect([...found]).toEqual([0, Math.log1p(EPSILON), Math.log1p(-EPSILON / 2), Math.log1p(2 * EPSILON)]);
  });
});
