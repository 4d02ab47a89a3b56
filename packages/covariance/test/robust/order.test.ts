import { matrix } from "@mixtura/core";
import { createPace, createRandom } from "@mixtura/core/authoring";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalOrder } from "../../src/robust/order/canonical-order.ts";

const pace = createPace();
const every = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, row) => row);

function compare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let j = 0; j < a.length; j++) if (a[j] !== b[j]) return a[j]! - b[j]!;
  return 0;
}

describe("the canonical order of rows", () => {
  it("is that of their values, column by column", async () => {
    const row = fc.array(fc.oneof(fc.integer({ min: -1, max: 1 }), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 3,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const order = await canonicalOrder(matrix(Float64Array.from(rows.flat()), rows.length, 3), every(rows.length), pace);

        const found = Array.from(order, (i) => rows[i]!);
        expect(found.every((values, i) => i === 0 || compare(found[i - 1]!, values) <= 0)).toBe(true);
        expect(order.toSorted()).toEqual(every(rows.length));
      }),
    );
  });

  it.each(["continuous", "few values", "wide range", "negative zeros"])("is that of many rows too: %s", async (kind) => {
    const random = createRandom(3);
    const value = {
      continuous: () => random.normal(),
      "few values": () => random.integer(3) - 1,
      "wide range": () => random.normal() * 10 ** (random.integer(600) - 300),
      "negative zeros": () => (random.integer(2) === 0 ? -0 : 0) * random.integer(2),
    }[kind]!;
    const X = matrix(Float64Array.from({ length: 20_000 * 2 }, value), 20_000, 2);

    const order = await canonicalOrder(X, every(20_000), pace);

    const at = (place: number): Float64Array => X.data.subarray(2 * order[place]!, 2 * order[place]! + 2);
    let descents = 0;
    for (let i = 1; i < 20_000; i++) if (compare(at(i - 1), at(i)) > 0) descents++;
    expect(descents).toBe(0);
    expect(order.toSorted()).toEqual(every(20_000));
  });

  it("takes the rows it is given, and no others", async () => {
    const X = matrix(Float64Array.of(5, 1, 4, 2), 4, 1);

    expect(await canonicalOrder(X, Uint32Array.of(0, 2, 3), pace)).toEqual(Uint32Array.of(3, 2, 0));
  });
});
