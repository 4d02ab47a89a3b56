import { matrix } from "@mixtura/core";
import type { Matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { unmeasuredColumns, withoutColumns } from "../src/internal/columns.ts";

const kinds = ["counter", "timestamp", "constant"] as const;
const table = (rows: number, ...columns: ((index: number) => number)[]): Matrix =>
  matrix(
    Float64Array.from({ length: rows * columns.length }, (_, at) => columns[at % columns.length]!(Math.floor(at / columns.length))),
    rows,
    columns.length,
  );
const found = (X: Matrix, unnamed?: number) =>
  unmeasuredColumns(X, undefined, { kinds, ...(unnamed === undefined ? {} : { unnamed }) }).map(({ column, kind }) => `${column} ${kind}`);
const measurement = (index: number): number => Math.sin(index * 7.3);

describe("columns that measure nothing (#17)", () => {
  it.each([0, 1, -3, 10_001, 2 ** 40])("a counter is +1 in every row from any start: %d", (start) => {
    expect(found(table(40, measurement, (i) => start + i))).toEqual(["1 counter"]);
  });

  it.each([
    ["steps of 2", (i: number) => 2 * i],
    ["a gap", (i: number) => i + Number(i > 20)],
    ["a repetition", (i: number) => i - Number(i > 20)],
    ["downwards", (i: number) => -i],
    ["another order", (i: number) => (i * 7) % 40],
    ["halves", (i: number) => i / 2],
  ])("what does not count stays: %s", (_, values) => {
    expect(found(table(40, measurement, values))).toEqual([]);
  });

  it.each([
    ["seconds", 1_764_518_400, 5],
    ["milliseconds", 1_764_518_400_248, 625],
    ["microseconds", 1_764_518_400_248_000, 1],
    ["seconds that repeat", 1_764_518_400, 0.2],
  ])("a clock is whole numbers between 1990 and 2100 that never fall: %s", (_, start, step) => {
    const clock = table(40, measurement, (i) => start + Math.floor(i * step) + Number(i > 30));
    const falling = table(40, measurement, (i) => start + 1000 - Math.floor(i * step));

    expect(found(clock)).toEqual(["1 timestamp"]);
    expect(found(falling)).toEqual([]);
  });

  it("numbers of another time, or with fractions, are no clock", () => {
    expect(found(table(40, measurement, (i) => 400_000_000 + 7 * i))).toEqual([]);
    expect(found(table(40, measurement, (i) => 1_764_518_400 + 7.5 * i))).toEqual([]);
  });

  it("an index without a name counts where it climbs: rows that were removed leave gaps", () => {
    const X = table(40, (i) => i + (i > 9 ? 3 : 0), measurement);

    expect(found(X, 0)).toEqual(["0 counter"]);
    expect(found(X)).toEqual([]);
    expect(
      found(
        table(40, (i) => i - Number(i > 20), measurement),
        0,
      ),
    ).toEqual([]);
  });

  it("rows of weight 0 are passed over", () => {
    const X = table(20, measurement, (i) => (i % 2 === 0 ? i / 2 : 99));
    const weights = Float64Array.from({ length: 20 }, (_, i) => Number(i % 2 === 0));

    expect(unmeasuredColumns(X, weights, { kinds })).toEqual([{ column: 1, kind: "counter" }]);
  });

  it("only what is asked for is named, and nothing where no column would be left", () => {
    const X = table(
      20,
      measurement,
      (i) => i,
      () => 4,
    );

    expect(unmeasuredColumns(X, undefined, { kinds: ["constant"] })).toEqual([{ column: 2, kind: "constant" }]);
    expect(
      found(
        table(
          20,
          (i) => i,
          () => 4,
        ),
      ),
    ).toEqual([]);
  });

  it("the other columns keep their numbers and names", () => {
    const X = matrix(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3, ["id", "x", "y"]);

    expect(withoutColumns(X, new Set([0]))).toEqual(matrix(Float64Array.of(2, 3, 5, 6), 2, 2, ["x", "y"]));
  });

  it("no column of a clean random table is named, sorted by any of them and rounded to whole numbers", () => {
    const random = createRandom(17);
    for (let trial = 0; trial < 40; trial++) {
      const [rows, columns] = [20 + random.integer(180), 2 + random.integer(8)];
      const values = Array.from({ length: rows }, () => Array.from({ length: columns }, (__, j) => (1 + j) * 3 * random.normal()));
      for (let by = 0; by < columns; by++) {
        const sorted = values.toSorted((a, b) => a[by]! - b[by]!).flat();
        for (const data of [sorted, sorted.map(Math.round)]) expect(found(matrix(Float64Array.from(data), rows, columns))).toEqual([]);
      }
    }
  });
});
