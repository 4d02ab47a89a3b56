import { formatOfName, jsonBlockSource, readJSON, sniffFormat } from "../src/index.ts";
import { describe, expect, it } from "vitest";

describe("readJSON", () => {
  it.each([
    ["objects", '[{"a":1,"b":2},{"b":4,"a":3}]', ["a", "b"]],
    ["lists", "\uFEFF [[1,2],\n[3,4]]", undefined],
    ["columns by name", '{"a":[1,3],"b":[2,4]}', ["a", "b"]],
  ])("reads a table of %s", async (_, text, names) => {
    const { X } = await readJSON(text);

    expect([...X.data]).toEqual([1, 2, 3, 4]);
    expect(X.featureNames).toEqual(names);
  });

  it("leaves rows out for a missing value and says which", async () => {
    const { X, dropped, rowIndices } = await readJSON('[{"a":null},{"a":1},{"a":"NA"},{"a":2}]', { missing: "drop" });

    expect([...X.data]).toEqual([1, 2]);
    expect(dropped).toEqual({ count: 2, lines: [1, 3] });
    expect(rowIndices).toEqual(Int32Array.of(1, 3));
  });

  it("reads more rows than fit one turn of the event loop", async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => [i]);

    expect((await readJSON(JSON.stringify(rows))).X.data.at(-1)).toBe(9999);
  });

  it.each([
    ["no JSON", "[1,", "read-error", /is not JSON/],
    ["NDJSON", '{"a":1}\n{"a":2}\n', "read-error", /read it as ndjson/],
    ["an empty list", "[]", "read-error", /the list is empty/],
    ["empty columns", '{"a":[]}', "read-error", /its columns are empty/],
    ["a number", "7", "read-error", /found 7, which is no table/],
    ["an object that is no table", '{"a":1}', "read-error", /which is no table/],
    ["a list of numbers", "[1,2]", "read-error", /row 1 is 1\. Expected objects/],
    ["rows of different length", "[[1,2],[3]]", "read-error", /row 2 is a list of 1, the first row is a list of 2/],
    ["columns of different length", '{"a":[1],"b":[]}', "read-error", /"a" has 1 values, "b" has 0/],
    ["text in a feature", '[{"a":1},{"a":"x"}]', "not-finite", /^the JSON text: row 2, column "a" is not a number \(found "x"\)/],
    ["a model file", '{"format":"mixtura-model","version":1}', "read-error", /which is no table/],
  ])("refuses %s", async (_, text, code, message) => {
    await expect(readJSON(text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

it("gives a parsed table in blocks, walk after walk, without the columns that were not asked for", async () => {
  const source = await jsonBlockSource(() => '[{"a":1,"id":"x"},{"a":2,"id":"y"},{"a":3,"id":"z"}]', { columns: ["a"], blockRows: 2 });

  for (let walk = 0; walk < 2; walk++) {
    const sizes: number[] = [];
    for await (const { X } of source.blocks({})) sizes.push(X.rows);
    expect(sizes).toEqual([2, 1]);
  }
  expect(source).toMatchObject({ header: ["a", "id"], skippedColumns: ["id"], rows: 3 });
});

describe("the format of a table", () => {
  it.each([
    ["a.csv", "csv"],
    ["a.TSV", "csv"],
    ["b/c.d.jsonl", "ndjson"],
    ["x.ndjson", "ndjson"],
    ["x.json", "json"],
    ["x.json/rows", undefined],
    ["x.constructor", undefined],
  ])("of the name %s is %s", (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });

  it.each([
    ["a,b\n1,2\n", "csv"],
    ["", "csv"],
    ['\uFEFF {"a":1}\n', "ndjson"],
    ['{"a":[1,2]}', "json"],
    ['{\n  "a": [1]\n}', "json"],
    ["[[1,2]]", "json"],
    ['\n[{"a":1}]', "json"],
  ])("of the text %j is %s", (text, format) => {
    expect(sniffFormat(new TextEncoder().encode(text))).toBe(format);
  });
});
