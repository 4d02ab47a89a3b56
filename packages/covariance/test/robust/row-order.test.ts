import type { Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { loadData } from "@mixtura/fixtures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marked, mcd, mrcd, rowsAt } from "./fits.ts";

const random = createRandom(5);

/** Whole numbers with many equal rows and many equal distances. */
const counts = matrix(
  Float64Array.from({ length: 300 * 3 }, () => random.integer(4)),
  300,
  3,
);
/** A bulk, and a fifth of the rows elsewhere. */
const heap = (rows: number): Matrix =>
  matrix(
    Float64Array.from({ length: rows * 2 }, (_, at) => random.normal() + (at < 0.4 * rows ? 8 : 0)),
    rows,
    2,
  );

const data = {
  hbk: loadData("hbk", 3).rows,
  wine: loadData("wine").rows,
  milk: loadData("milk").rows, // two rows are identical
  glass: loadData("glass").rows, // more than half of the rows on a hyperplane
  galaxies: loadData("galaxies").rows,
  "whole numbers": counts,
  "rows of which a part makes the starts": heap(8_000),
} as const;

describe.each(Object.entries(data))("the order of the rows does not matter: %s", (_, X) => {
  const n = "rows" in X ? X.rows : X.length;
  const orders = [Int32Array.from({ length: n }, (__, i) => n - 1 - i), random.permutation(n), random.permutation(n)];

  it.each([
    ["MinCovDet", mcd],
    ["MRCD", mrcd],
  ] as const)("to any bit of %s", async (__, fit) => {
    const right = await fit(rowsAt(X, orders[0]!));

    for (const order of orders.slice(1)) {
      const model = await fit(rowsAt(X, order));

      for (const name of ["location", "covariance", "rawLocation", "rawCovariance", "criterion"] as const)
        expect(model[name]).toEqual(right[name]);
      // Of rows that are equal throughout, those count that come first: the values are the same, whichever they are.
      expect(marked(model.rawSupport).length).toBe(marked(right.rawSupport).length);
      expect(valuesOf(rowsAt(X, order), model.rawSupport)).toEqual(valuesOf(rowsAt(X, orders[0]!), right.rawSupport));
      expect(valuesOf(rowsAt(X, order), model.support)).toEqual(valuesOf(rowsAt(X, orders[0]!), right.support));
    }
  });
});

it("does not matter to a search in parts either", async () => {
  const X = heap(100_000);
  const right = await mcd(X);
  const model = await mcd(rowsAt(X, random.permutation(X.rows)));

  expect(model.location).toEqual(right.location);
  expect(model.covariance).toEqual(right.covariance);
});

it("does not matter for any small tables, with ties in all places among them", async () => {
  const row = fc.tuple(
    fc.integer({ min: -2, max: 2 }),
    fc.oneof(
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: -3000, max: 3000 }).map((value) => value / 1000),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 10, maxLength: 30 }), fc.integer(), async (rows, seed) => {
      const order = createRandom(seed).permutation(rows.length);

      const right = await mcd(rows);
      const model = await mcd(rowsAt(rows, order));

      expect(model.location).toEqual(right.location);
      expect(model.covariance).toEqual(right.covariance);
    }),
    { numRuns: 60 },
  );
});

/** The rows that a mask marks, as texts in order. */
function valuesOf({ data: numbers, columns }: { data: Float64Array; columns: number }, mask: Uint8Array | undefined): string[] {
  return marked(mask)
    .map((row) => numbers.subarray((row - 1) * columns, row * columns).join())
    .sort();
}
