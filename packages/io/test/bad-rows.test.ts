import { describe, expect, it } from "vitest";
import type { TableBlockSource } from "../src/index.ts";
import { csvBlockSource, jsonBlockSource, ndjsonBlockSource, readCSV, readJSON, readNDJSON } from "../src/index.ts";

const report = { badRows: "report" } as const;

describe("rows that cannot be read are left out and listed with their reasons (#17)", () => {
  it.each<[what: string, text: string, reason: string]>([
    ["a text", "a,b\n1,2\n3,x\n5,6\n", 'column "b" is not a number (found "x")'],
    ["two texts", "a,b\n1,2\ny,x\n5,6\n", 'column "a" is not a number (found "y"), nor is "b"'],
    ["a missing value", "a,b\n1,2\n3,\n5,6\n", 'column "b" is missing (found "")'],
    ["an infinite value", "a,b\n1,2\n3,inf\n5,6\n", 'column "b" is not finite (found "inf")'],
    ["a row that is short", "a,b\n1,2\n3\n5,6\n", "has 1 field, the header has 2"],
    ["a row that is long", "a,b\n1,2\n3,4,5\n5,6\n", "has 3 fields, the header has 2"],
  ])("CSV: %s", async (_, text, reason) => {
    const table = await readCSV(text, report);

    expect([...table.X.data]).toEqual([1, 2, 5, 6]);
    expect(table.rows).toBe(3);
    expect([...table.rowIndices!]).toEqual([0, 2]);
    expect(table.bad!.rows).toMatchObject([{ row: 1, line: 3, reason }]);
  });

  it("a weight that is none", async () => {
    const { X, bad } = await readCSV("a,w\n1,2\n3,-1\n", { ...report, weightColumn: "w" });

    expect([...X.data]).toEqual([1]);
    expect(bad!.rows).toMatchObject([
      { row: 1, reason: 'column "w" is not a weight (found "-1")', advice: "Weights are finite numbers ≥ 0." },
    ]);
  });

  it("keeps their cells, as far as they have any", async () => {
    const { bad, kept } = await readCSV("id,a,b\nu,1,2\nv,x,4\nw,3\n", { ...report, columns: ["a", "b"], keep: "all" });

    expect(kept!.map(({ cells }) => cells)).toEqual([["u"], ["1"], ["2"]]);
    expect(bad!.kept!.map(({ name, cells }) => [name, cells])).toEqual([
      ["id", ["v", "w"]],
      ["a", ["x", "3"]],
      ["b", ["4", ""]],
    ]);
  });

  it("NDJSON: a line that is no JSON, one that is no row, a text in place of a number, a field that is not there", async () => {
    const text = 'banner\n{"a":1,"n":"u"}\n7\n{"a":"2","n":"v"}\n{"n":"w"}\n{"a":3,"n":"x"}\n';

    const { X, bad } = await readNDJSON(text, { ...report, keep: ["n"] });

    expect([...X.data]).toEqual([1, 3]);
    expect(bad!.rows.map(({ row, line, reason }) => [row, line, reason])).toEqual([
      [0, 1, expect.stringMatching(/^is not JSON \(/)],
      [2, 3, "is a number"],
      [3, 4, 'column "a" is not a number (found "2")'],
      [4, 5, 'column "a" is missing (found "")'],
    ]);
    expect(bad!.kept![0]!.cells).toEqual(["", "", "v", "w"]);
  });

  it("JSON: an item that is no row", async () => {
    const { X, bad } = await readJSON('[{"a":1},null,{"a":2}]', report);

    expect([...X.data]).toEqual([1, 2]);
    expect(bad!.rows).toMatchObject([{ row: 1, reason: "is null" }]);
  });

  it("in blocks: each says which of its rows are missing between the others", async () => {
    const source = await csvBlockSource(() => "a\n1\nx\n3\ny\nz\n6\n", { ...report, blockRows: 2 });

    const met: unknown[] = [];
    for await (const { X, rowIndices, bad } of source.blocks()) met.push([[...X.data], [...rowIndices!], bad?.rows.map(({ row }) => row)]);

    expect(met).toEqual([
      [[1], [0], [1]],
      [[3], [2], [3]],
      [[6], [5], [4]],
    ]);
    expect(source).toMatchObject({ rows: 3, badRows: 3 });
  });

  it("still an error where nothing else is asked for", async () => {
    await expect(readCSV("a\n1\nx\n")).rejects.toThrow(
      'the CSV text: row 2 (line 3), column "a" is not a number (found "x"). If it stands for a missing value, pass na: ["x"]',
    );
    await expect(readNDJSON('{"a":1}\nx\n')).rejects.toThrow(/^the NDJSON text: row 2 \(line 2\) is not JSON \(.*\)\.$/);
  });

  it("the first of them is the error where no row is good in NDJSON, which has names only there", async () => {
    await expect(readNDJSON("x\ny\n", report)).rejects.toThrow(/row 1 \(line 1\) is not JSON/);
  });
});

describe("a table without rows, where that is allowed (#17)", () => {
  const blocksOf = async (source: TableBlockSource): Promise<unknown[]> => {
    const met: unknown[] = [];
    for await (const { X } of source.blocks()) met.push([X.rows, X.columns, X.featureNames]);
    return met;
  };

  it.each<[format: string, open: () => Promise<TableBlockSource>]>([
    ["CSV with a header", () => csvBlockSource(() => "a,b\n", { noRows: "allow" })],
    ["NDJSON", () => ndjsonBlockSource(() => "\n", { noRows: "allow", columns: ["a", "b"] })],
    ["a JSON list", () => jsonBlockSource(() => "[]", { noRows: "allow", columns: ["a", "b"] })],
    ["JSON columns", () => jsonBlockSource(() => '{"a":[],"b":[]}', { noRows: "allow" })],
  ])("%s: one block, by which its columns are known", async (_, open) => {
    expect(await blocksOf(await open())).toEqual([[0, 2, ["a", "b"]]]);
  });

  it("is refused otherwise", async () => {
    await expect(readCSV("a,b\n")).rejects.toThrow(/there is a header and no row of data/);
    await expect(readNDJSON("")).rejects.toThrow(/there are no rows/);
    await expect(readJSON("[]")).rejects.toThrow(/the list is empty/);
  });

  it("an empty CSV text stays an error: not even its columns are known", async () => {
    await expect(csvBlockSource(() => "", { noRows: "allow" })).rejects.toThrow(/the table is empty/);
  });
});
