// Ranges of columns, and fields within fields (#17).
import { describe, expect, it } from "vitest";
import { readCSV, readJSON, readNDJSON } from "../src/index.ts";

const wide = "id,a,b,c,d,e\n7,1,2,3,4,5\n8,2,3,4,5,6\n";

describe("ranges of columns", () => {
  it.each([
    [["4:6"], ["c", "d", "e"]],
    [
      ["id", "4:6"],
      ["id", "c", "d", "e"],
    ],
    [
      ["6", "2:3"],
      ["e", "a", "b"],
    ],
    [["3:3"], ["b"]],
  ])("%j are the columns %j", async (columns, names) => {
    expect((await readCSV(wide, { columns })).X.featureNames).toEqual(names);
  });

  it("they stand for columns that are dropped and kept as well, and count in a file without names", async () => {
    expect((await readCSV(wide, { drop: ["1:3", "e"] })).X.featureNames).toEqual(["c", "d"]);
    expect((await readCSV(wide, { keep: ["1:2"] })).kept?.map(({ name }) => name)).toEqual(["id", "a"]);
    expect((await readCSV("1,2,3\n4,5,6\n", { columns: ["2:3"] })).X.data).toEqual(Float64Array.of(2, 3, 5, 6));
    expect((await readNDJSON('{"a":1,"b":2,"c":3}', { columns: ["2:3"] })).X.featureNames).toEqual(["b", "c"]);
  });

  it("a column of that name comes first", async () => {
    expect((await readCSV("1:2,b,c\n1,2,3\n", { columns: ["1:2"] })).X.featureNames).toEqual(["1:2"]);
  });

  it.each([["6:4"], ["5:9"], ["0:2"], ["1:99999999999"]])("a range that is not there is refused: %s", async (range) => {
    await expect(readCSV(wide, { columns: [range] })).rejects.toMatchObject({ code: "invalid-option" });
  });

  it("a column in two ranges is named twice", async () => {
    await expect(readCSV(wide, { columns: ["1:3", "3:4"] })).rejects.toThrow('"columns" names column "b" twice');
    await expect(readCSV(wide, { columns: ["6:4"] })).rejects.toThrow("A range is written first:last, such as 4:6.");
  });
});

const events = [
  { time: 1, res: { statusCode: 200, headers: { size: 12.5 } }, "a.b": 3, msg: "x" },
  { time: 2, res: { statusCode: 404, headers: { size: 7 } }, "a.b": 4, msg: "y" },
  { time: 3, res: { statusCode: 200, headers: {} }, "a.b": 5, msg: "z" },
];
const lines = events.map((event) => JSON.stringify(event)).join("\n");

describe.each([
  ["NDJSON", readNDJSON, lines],
  ["JSON", readJSON, JSON.stringify(events)],
] as const)("fields within fields of %s", (_, read, text) => {
  it("are found by the way to them", async () => {
    const { X, skippedColumns } = await read(text, { columns: ["time", "res.statusCode"] });

    expect(X).toMatchObject({ data: Float64Array.of(1, 200, 2, 404, 3, 200), featureNames: ["time", "res.statusCode"] });
    expect(skippedColumns).toEqual(["res", "a.b", "msg"]);
  });

  it("a field whose name holds a point comes first, and one that a row lacks is missing", async () => {
    const { X, dropped } = await read(text, { columns: ["a.b", "res.headers.size"], missing: "drop" });

    expect(X.data).toEqual(Float64Array.of(3, 12.5, 4, 7));
    expect(dropped.count).toBe(1);
  });

  it("are kept as they were written", async () => {
    const written = text.replace("12.5", "12.50").replace("404", "4.04e2");
    const { kept } = await read(written, { columns: ["time"], keep: ["res.statusCode", "res.headers.size"] });

    expect(kept?.map(({ cells }) => cells)).toEqual([
      ["200", "4.04e2", "200"],
      ["12.50", "7", ""],
    ]);
  });

  it("one that no row has is refused by name", async () => {
    await expect(read(text, { columns: ["res.statuscode"] })).rejects.toMatchObject({
      code: "invalid-option",
      detail: { found: "res.statuscode" },
    });
  });
});
