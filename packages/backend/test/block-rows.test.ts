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

describe("values that change between walks (#16)", () => {
  const rows = (...values: number[]): Block => ({ X: matrix(Float64Array.from(values), values.length, 1) });
  const many = (count: number, change: (value: number, row: number) => number): Block => ({
    X: matrix(
      Float64Array.from({ length: count }, (_, row) => change(row, row)),
      count,
      1,
    ),
  });

  it.each([
    ["another number", rows(1, 2, 4)],
    ["NaN", rows(1, NaN, 3)],
    ["an infinite number", rows(1, 2, Infinity)],
    ["two rows the other way round", rows(1, 3, 2)],
    ["another sign of all", rows(-1, -2, -3)],
    ["weights", { ...rows(1, 2, 3), sampleWeight: Float64Array.of(1, 2, 1) }],
    ["a weight that is none", { ...rows(1, 2, 3), sampleWeight: Float64Array.of(1, NaN, 1) }],
  ])("are a read-error: %s", async (_, second) => {
    const opened = await open(
      walking(
        () => [rows(1, 2, 3)],
        () => [second],
      ),
    );
    await expect(pass(opened)).rejects.toMatchObject({ code: "read-error", message: expect.stringContaining("rows 0 to 2") as string });
  });

  it("are found where they are, by the rows of a chunk", async () => {
    const opened = await open(
      walking(
        () => [many(10_000, (value) => value)],
        ...Array.from({ length: 17 }, () => () => [many(10_000, (value, row) => (row === 5000 ? value + 2 ** -40 : value))]),
      ),
    );
    // Each walk compares every 17th number, another one each time.
    const passes = async () => {
      for (let walk = 0; walk < 17; walk++) await pass(opened);
    };
    await expect(passes()).rejects.toMatchObject({ code: "read-error", detail: { row: 4096 } });
  });

  it("are found in the walk that they make useless", async () => {
    const opened = await open(
      walking(
        () => [many(10_000, (value) => value)],
        () => [many(10_000, (value, row) => (row === 5000 ? NaN : value))],
      ),
    );
    await expect(pass(opened)).rejects.toMatchObject({ code: "read-error", detail: { row: 4096 } });
  });

  it("are none where only the cut of the blocks changes, or weights of 1 are said", async () => {
    const ones = { sampleWeight: new Float64Array(6000).fill(1) };
    const first = many(6000, (value) => value);
    const second = many(4000, (value) => value + 6000);
    const whole = many(10_000, (value) => value);
    const opened = await open(
      walking(
        () => [whole],
        () => [{ ...first, ...ones }, second],
      ),
    );
    expect((await pass(opened)).weight).toBe(10_000);
  });
});

describe("a source that never answers", () => {
  it.each([
    ["its first block", 0],
    ["its second walk", 1],
  ])("does not keep a fit that is aborted while it waits for %s (#16)", async (_, walksBefore) => {
    const controller = new AbortController();
    let walk = 0;
    let told = 0;
    const X: BlockSource = {
      columns: 1,
      blocks: () =>
        walk++ < walksBefore
          ? (async function* () {
              yield block(3);
            })()
          : {
              [Symbol.asyncIterator]: () => ({
                next: () => new Promise<never>(() => setTimeout(() => controller.abort(), 1)),
                return: () => new Promise<never>(() => told++),
              }),
            },
    };
    const load = () => Promise.reject(new Error("not wanted"));
    const request = { backend: referenceBackend, work: () => 0, load, random: createRandom(1), caller: "test" };
    const fit = openFit(X, request, { signal: controller.signal }).then(({ rows: opened }) => pass(opened));
    await expect(fit).rejects.toMatchObject({ code: "aborted" });
    expect(told).toBe(1);
  });
});
