// Sources that do not keep what they promised.
import type { Block, BlockSource } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { createRandom } from "@mixtura/core/authoring";
import { describe, expect, it } from "vitest";
import { referenceBackend } from "../src/index.ts";
import type { Rows } from "../src/authoring.ts";
import { openFit } from "../src/internal/rows.ts";

const block = (rows: number): Block => ({
  X: matrix(
    Float64Array.from({ length: rows }, (_, i) => i),
    rows,
    1,
  ),
});

/** A source of one feature whose walks are given one by one. */
function walking(...walks: (() => Iterable<Block>)[]): BlockSource {
  let walk = 0;
  return {
    columns: 1,
    async *blocks() {
      yield* walks[walk++]!();
    },
  };
}

async function open(X: BlockSource): Promise<Rows> {
  const load = () => Promise.reject(new Error("not wanted"));
  return (await openFit(X, { backend: referenceBackend, work: () => 0, load, random: createRandom(1), caller: "test" }, {})).rows;
}

const pass = (rows: Rows) => rows.moments({}, { centres: new Float64Array(1), scatter: "full" });

describe("a source that walks over other rows the second time", () => {
  it.each([
    [99, "gave 100 rows on its first walk and 99 now"],
    [101, "gave 100 rows on its first walk and at least 101 now"],
  ])("is refused: %i rows instead of 100", async (rows, message) => {
    const opened = await open(
      walking(
        () => [block(100)],
        () => [block(rows)],
      ),
    );
    await expect(pass(opened)).rejects.toMatchObject({ code: "read-error", message: expect.stringContaining(message) as string });
  });

  it("is not walked to the end where that has no end", async () => {
    let blocks = 0;
    function* endless(): Generator<Block> {
      while (blocks++ < 1000) yield block(1000);
      throw new Error("walked on");
    }
    const opened = await open(walking(() => [block(100)], endless));
    await expect(pass(opened)).rejects.toMatchObject({
      code: "read-error",
      message: expect.stringContaining("at least 4096 now") as string,
    });
    expect(blocks).toBe(5); // 4096 rows are passed over at a time
  });
});

describe("a weight in a block", () => {
  it.each([Infinity, -1, NaN])("is refused where it is %d", async (weight) => {
    const source = walking(() => [{ ...block(3), sampleWeight: Float64Array.of(1, weight, 1) }]);
    await expect(open(source)).rejects.toMatchObject({
      code: "invalid-weight",
      message: expect.stringContaining(`a block has the sample weight ${weight}.`) as string,
    });
  });

  it("may be 0", async () => {
    const source = walking(() => [{ ...block(3), sampleWeight: Float64Array.of(1, 0, 1) }]);
    const rows = await open(source);
    expect(rows.profile).toMatchObject({ rows: 3, countedRows: 2, weight: 2 });
    // The sample of the rows, from which coordinates and starting points are chosen, has those that count and nothing else.
    const sample = rows.sample();
    expect([...sample.at([...Array(sample.count).keys()])]).toEqual([-1, 1]);
    expect([...sample.weights!]).toEqual([1, 1]);
  });
});
