import { isBlockSource } from "@mixtura/core/authoring";
import type { TableBlock } from "../src/table/walk.ts";
import { csvBlockSource } from "../src/index.ts";
import { expect, it } from "vitest";

async function blocksOf(walk: AsyncIterable<TableBlock>): Promise<TableBlock[]> {
  const blocks: TableBlock[] = [];
  for await (const block of walk) blocks.push(block);
  return blocks;
}

const text = (rows: number): string => `a,b,n\n${Array.from({ length: rows }, (_, row) => `${row},${-row},${1 + (row % 3)}`).join("\n")}\n`;

it("is a block source that knows its columns before any walk", async () => {
  const source = await csvBlockSource(() => text(5), { weightColumn: "n" });

  expect(isBlockSource(source)).toBe(true);
  expect(source).toMatchObject({ columns: 2, featureNames: ["a", "b"], header: ["a", "b", "n"] });
  expect(source.rows).toBeUndefined();
});

it("cuts a long table into blocks of 65,536 rows that use the same memory, each with its weights", async () => {
  const source = await csvBlockSource(() => text(150_000), { weightColumn: "n" });
  const sizes: number[] = [];
  const memory = new Set<ArrayBufferLike>();
  let weight = 0;

  for await (const { X, sampleWeight } of source.blocks({})) {
    sizes.push(X.rows);
    memory.add(X.data.buffer);
    weight += sampleWeight!.reduce((sum, value) => sum + value, 0);
  }

  expect(sizes).toEqual([65_536, 65_536, 18_928]);
  expect(memory.size).toBe(1);
  expect(weight).toBe(300_000);
});

it("makes blocks of wide rows smaller", async () => {
  const wide = `${Array.from({ length: 2 ** 14 }, () => "1").join(",")}\n`.repeat(300);
  const source = await csvBlockSource(() => wide);
  const first = await source.blocks({}).next();

  expect(first.value).toMatchObject({ X: { rows: 256 } }); // 256 rows of 2¹⁴ numbers are 32 MiB
});

it("rejects before any walk when the head is wrong, and in the walk when a value is", async () => {
  await expect(csvBlockSource(() => "a,b\nx,y\n")).rejects.toMatchObject({ code: "read-error" });
  const source = await csvBlockSource(() => "a\n1\n2\nx\n", { blockRows: 2 });
  const walk = source.blocks({});

  expect((await walk.next()).done).toBe(false);
  await expect(walk.next()).rejects.toMatchObject({ code: "not-finite", detail: { row: 2 } });
});

it("rejects a walk that is aborted, and can be walked again", async () => {
  const source = await csvBlockSource(() => text(10), { blockRows: 2 });
  const controller = new AbortController();
  const walk = source.blocks({ signal: controller.signal });
  await walk.next();

  controller.abort();

  await expect(walk.next()).rejects.toMatchObject({ code: "aborted", name: "AbortError" });
  const again = await blocksOf(source.blocks());
  expect(again.length).toBe(5);
});

it("rejects when the table changes between two passes", async () => {
  let rows = 3;
  const source = await csvBlockSource(() => text(rows));
  await blocksOf(source.blocks());
  rows = 4;

  await expect(blocksOf(source.blocks())).rejects.toMatchObject({
    code: "read-error",
    message:
      "the CSV text: the table changed between two passes (it has 4 rows, before it had 3). A fit needs the same rows in every pass; work on a copy that nobody writes to.",
  });
});

it("closes its source when a walk is left early", async () => {
  let closed = 0;
  const open = async function* (): AsyncGenerator<string> {
    try {
      yield text(100_000);
    } finally {
      closed++;
    }
  };
  const source = await csvBlockSource(open, { blockRows: 10 });
  for await (const block of source.blocks({})) if (block.X.rows > 0) break;

  expect(closed).toBe(2); // the first opening and the walk
});

it("tells where rows stand in their file where some are left out", async () => {
  const source = await csvBlockSource(() => "a\n1\nNA\n3\n4\nNA\n6\n", { missing: "drop", blockRows: 2 });
  const indices: number[] = [];

  for await (const { rowIndices } of source.blocks({})) indices.push(...rowIndices!);

  expect(indices).toEqual([0, 2, 3, 5]);
  const whole = await csvBlockSource(() => "a\n1\n");
  expect((await whole.blocks({}).next()).value).not.toHaveProperty("rowIndices");
});
