import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import type { Random } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import type { ColumnLook } from "../src/internal/columns.ts";
import { columnFindings, equation, lookAt, namer } from "../src/internal/columns.ts";

const table = (rows: number, row: (random: Random, index: number) => readonly number[], seed = 1): Matrix => {
  const random = createRandom(seed);
  const values = Array.from({ length: rows }, (_, index) => row(random, index));
  return matrix(Float64Array.from(values.flat()), rows, values[0]!.length);
};
const look = async (X: Matrix, weights?: Float64Array) => (await lookAt(X, weights, createPace())).look;
const kinds = ({ columns }: ColumnLook) => columns.map(({ kind }) => kind ?? "measurement");
const rounded = (value: number, step: number) => Math.round(value / step) * Number(step.toPrecision(12));
const cents = (value: number) => Number(value.toFixed(2));
const equations = (found: ColumnLook, names: readonly string[]) =>
  found.dependencies.map((dependency) => equation(dependency, namer(names)));

describe("what columns look like (#17)", () => {
  it("tells counters, clocks, identifiers, flags, few values, zeros, tails and steps from measurements", async () => {
    const X = table(400, (random, i) => [
      i + 10_001,
      1_700_000_000 + 300 * i,
      100 * ((i * 7919) % 400) + i, // different in every row, in no order
      i % 3 === 0 ? 1 : 0,
      i % 7,
      i % 4 === 0 ? cents(Math.exp(3 + random.normal())) : 0,
      Math.exp(random.normal()),
      random.normal() / Math.abs(random.normal()),
      Math.round(1.2 * random.normal() + 0.1 * (i % 40)),
      random.normal(),
    ]);

    expect(kinds(await look(X))).toEqual([
      "counter",
      "timestamp",
      "identifier",
      "two-valued",
      "few-valued",
      "zero-inflated",
      "skewed",
      "heavy-tailed",
      "few-valued",
      "measurement",
    ]);
  });

  it("says nothing about columns that are sorted, or hold whole numbers in no order", async () => {
    const random = createRandom(5);
    const sorted = Float64Array.from({ length: 200 }, () => random.normal()).sort();
    const X = table(200, (own, i) => [sorted[i]!, Math.round(40 * own.normal())]);

    expect(kinds(await look(X))).toEqual(["measurement", "measurement"]);
  });

  it.each([
    [
      "a total, wherever it stands",
      (r: Random) => [cents(50 + 10 * r.normal()), cents(30 + 5 * r.normal())],
      ([a, b]: readonly number[]) => [cents(a! + b!), a!, b!],
      ['"x" = "y" + "z"'],
    ],
    [
      "a tax and a gross amount",
      (r: Random) => [cents(400 + 100 * r.normal())],
      ([net]: readonly number[]) => [net!, cents(0.19 * net!), cents(net! + cents(0.19 * net!))],
      ['"y" = 0.19 × "x"', '"z" = "x" + "y"'],
    ],
    [
      "parts of a whole",
      (r: Random) => [rounded(30 + 5 * r.normal(), 0.5), rounded(40 + 5 * r.normal(), 0.5)],
      ([a, b]: readonly number[]) => [a!, b!, 100 - a! - b!],
      ['"x" + "y" + "z" = 100'],
    ],
    [
      "inches and centimetres",
      (r: Random) => [170 + 10 * r.normal()],
      ([cm]: readonly number[]) => [rounded(cm! / 2.54, 0.1), rounded(cm!, 0.1)],
      ['"y" = 2.54 × "x"'],
    ],
    [
      "two scales of temperature",
      (r: Random) => [rounded(15 + 8 * r.normal(), 0.1)],
      ([c]: readonly number[]) => [c!, rounded(1.8 * c! + 32, 0.1)],
      ['"y" = 1.8 × "x" + 32'],
    ],
    ["a column twice", (r: Random) => [r.normal(), r.normal()], ([a, b]: readonly number[]) => [a!, b!, a!], ['"z" = "x"']],
    [
      "a category spelled out in 0/1 columns",
      (r: Random) => [Math.floor(3 * r.uniform())],
      ([k]: readonly number[]) => [0, 1, 2].map((value) => Number(value === k)),
      ['"x" + "y" + "z" = 1'],
    ],
  ])("finds %s", async (_, parts, row, expected) => {
    const X = table(150, (random) => row(parts(random)));

    expect(equations(await look(X), ["x", "y", "z"])).toEqual(expected);
  });

  it("finds a sum of many columns, and believes nothing on a few rows", async () => {
    const wide = (rows: number) =>
      table(rows, (random) => {
        const parts = Array.from({ length: 12 }, () => random.normal());
        return [...parts, parts.reduce((sum, value) => sum + value, 0)];
      });

    expect((await look(wide(200))).dependencies).toMatchObject([{ left: 12, columns: Array.from({ length: 12 }, (_, j) => j), offset: 0 }]);
    // 13 columns ask for 130 rows.
    expect((await look(wide(120))).dependencies).toEqual([]);
  });

  it("lets one row that breaks a dependency refute it, wherever the row stands", async () => {
    // 20,000 rows: a sample of them finds the dependency, all of them are asked.
    const whole = (broken: number) =>
      table(20_000, (random, i) => {
        const [a, b] = [cents(random.normal()), cents(random.normal())];
        return [a, b, i === broken ? a + b + 5 : a + b];
      });

    expect((await look(whole(-1))).dependencies).toHaveLength(1);
    expect((await look(whole(12_345))).dependencies).toEqual([]);
  });

  it("takes near collinearity for what it is", async () => {
    const X = table(500, (random) => {
      const a = random.normal();
      return [a, 2 * a + 1e-3 * random.normal()];
    });

    expect((await look(X)).dependencies).toEqual([]);
  });

  it("does not depend on how rows are weighted or repeated", async () => {
    const row = (random: Random, i: number) => [
      cents(random.normal()),
      i % 4 === 0 ? 1 + random.normal() ** 2 : 0,
      Math.exp(random.normal()),
    ];
    const single = table(300, row);
    const weights = Float64Array.from({ length: 300 }, (_, i) => 1 + (i % 3));
    const copies = Array.from(weights.keys()).flatMap((i) =>
      Array.from({ length: weights[i]! }, () => [...single.data.subarray(3 * i, 3 * i + 3)]),
    );
    const repeated = matrix(Float64Array.from(copies.flat()), copies.length, 3);

    expect(kinds(await look(repeated))).toEqual(kinds(await look(single, weights)));
    expect(kinds(await look(single, weights))).toEqual(["measurement", "zero-inflated", "skewed"]);
  });

  it("finds nothing on clean tables, nor when they are sorted or rounded", async () => {
    const random = createRandom(17);
    for (let trial = 0; trial < 60; trial++) {
      const rows = Math.floor(20 * 100 ** random.uniform());
      const columns = 2 + Math.floor(29 * random.uniform());
      const correlation = random.uniform();
      const X = table(
        rows,
        (own) => ((common) => Array.from({ length: columns }, () => 5 * (correlation * common + own.normal())))(own.normal()),
        trial,
      );
      const by = Array.from({ length: rows }, (_, i) => i).sort((a, b) => X.data[a * columns]! - X.data[b * columns]!);
      const sorted = matrix(Float64Array.from(by.flatMap((i) => [...X.data.subarray(i * columns, (i + 1) * columns)])), rows, columns);
      const whole = matrix(X.data.map(Math.round), rows, columns);

      for (const clean of [X, sorted]) expect(columnFindings(await look(clean), namer(undefined))).toEqual([]);
      const found = await look(whole);
      expect(found.dependencies).toEqual([]);
      expect(kinds(found)).not.toContain("counter");
      expect(kinds(found)).not.toContain("timestamp");
    }
  });

  it("estimates how many rows repeat another one", async () => {
    const X = table(9_000, (_, i) => [Math.sin(i % 6_000), i % 6_000]);

    // Rows 6,000 … 8,999 repeat earlier ones: a third. Of 6,000 values some 3,000 are sampled, each twice with probability ½: the fraction errs by about 0.5 / √3000 · ⅔.
    expect((await look(X)).repeated).toBeCloseTo(1 / 3, 1);
  });

  it("names columns, and what to do", async () => {
    const X = table(100, (random, i) => [i + 1, i % 2, Math.exp(random.normal()), cents(random.normal()), 0]);
    X.data.forEach((_, at) => at % 5 === 4 && (X.data[at] = 2 * X.data[at - 1]!));

    expect(columnFindings(await look(X), namer(["id", "flag", "amount", "half", "double"]))).toMatchObject([
      {
        code: "counting-feature",
        message: '"id" counts the rows up by 1 and says nothing about them; leave it out.',
        detail: { features: [0] },
      },
      { code: "two-valued-feature", severity: "info", detail: { features: [1] } },
      { code: "skewed-feature", message: expect.stringContaining('log("amount") has none.'), detail: { transforms: ["log"] } },
      { code: "collinear-features", message: expect.stringContaining('"double" = 2 × "half" in every row'), detail: { features: [4, 3] } },
    ]);
  });
});
