import { csvText, jsonBlockSource, JSONText, keptCells, readCSV, readJSON, readNDJSON, writeCSV, writeNDJSON } from "../src/index.ts";
import { describe, expect, it } from "vitest";

const numbers = ["1234567890123456789", "1234567890123456788", "1.0", "1e3", "-0.0", "1E+2", "0.10", "123e-2", "1e400"];

describe("what is kept keeps its text (#16)", () => {
  it.each([
    ["CSV", readCSV, `id,x\n${numbers.map((id) => `${id},1\n`).join("")}`],
    ["NDJSON", readNDJSON, numbers.map((id) => ` { "x" : 1 , "id" : ${id} } \n`).join("")],
    ["lists of NDJSON", readNDJSON, numbers.map((id) => `[${id}, 1]\n`).join("")],
    ["JSON, a list of objects", readJSON, `[ ${numbers.map((id) => `{"y\\"}": "]}", "x":1,"id":${id}}`).join(" ,\n ")} ]`],
    ["JSON, lists", readJSON, `[${numbers.map((id) => `[${id},1]`).join(",")}]`],
    ["JSON, columns", readJSON, `{"x":[${numbers.map(() => 1).join(",")}], "i\\u0064" : [ ${numbers.join(" , ")} ]}`],
  ])("from %s", async (_, read, text) => {
    const named = !text.startsWith("[1") && !text.startsWith("[[");
    const { kept } = await read(text, named ? { columns: ["x"], keep: ["id"] } : { columns: [2], keep: [1] });

    expect(kept![0]!.cells).toEqual(numbers);
  });

  it("row by row, whichever rows are asked for, and in every walk", async () => {
    const source = await jsonBlockSource(() => '[{"x":1,"id":1.0},{"x":null,"id":2.0},{"x":3},{"x":4,"id":[1.0, {"a" : 1e3}]}]', {
      columns: ["x"],
      keep: ["id"],
      missing: "drop",
      blockRows: 2,
    });
    for (let walk = 0; walk < 2; walk++) {
      const cells: string[] = [];
      for await (const { kept } of source.blocks({})) cells.push(...kept![0]!.cells);
      expect(cells).toEqual(["1.0", "", '[1.0,{"a":1e3}]']);
    }
  });

  it("the last of two fields with one name, as in parsing", async () => {
    const { kept } = await readNDJSON('{"id":1.0,"x":1,"id":2.0}\n', { columns: ["x"], keep: ["id"] });

    expect(kept![0]!.cells).toEqual(["2.0"]);
  });

  it("and is written again as it was read", async () => {
    const text = '{"id":1234567890123456789,"on":true,"tags":[1.0,"a b"],"none":null,"name":"1.0"}\n';
    const { kept } = await readNDJSON(`${text.trim().slice(0, -1)},"x":1}`, { columns: ["x"], keep: ["id", "on", "tags", "none", "name"] });
    const columns = kept!.map((column) => [column.name, keptCells(column)] as const);

    expect(writeNDJSON(columns)).toBe(text);
    expect(writeCSV(columns)).toBe('id,on,tags,none,name\n1234567890123456789,true,"[1.0,""a b""]",,1.0\n');
  });

  it("however deep it is", async () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const { kept } = await readNDJSON(`{"x":1,"deep":${deep}}\n`, { columns: ["x"], keep: ["deep"] });

    expect(kept![0]!.cells).toEqual([deep]);
    expect(await readJSON(`[{"x":1,"deep":${deep}}]`, { columns: ["x"], keep: "all" })).toMatchObject({ kept: [{}, { cells: [deep] }] });
    await expect(readNDJSON(`{"deep":${deep}}\n`, { columns: ["deep"] })).rejects.toMatchObject({ code: "not-finite" });
    await expect(readNDJSON(`{"deep":${deep}}\n`)).rejects.toMatchObject({ code: "read-error" }); // no column holds numbers
  });
});

describe("integers that doubles cannot tell apart (#16)", () => {
  const big = "9007199254740993";

  it.each([
    ["CSV", readCSV, `id,x,y\n${big},1e300,9007199254740991\n1,2,3\n`],
    ["NDJSON", readNDJSON, `{"id":${big},"x":1e300,"y":9007199254740991}\n{"id":1,"x":2,"y":3}\n`],
    ["JSON", readJSON, `[{"id":1,"x":2,"y":3},{"id":-${big},"x":1e300,"y":9007199254740991}]`],
  ])("are named where a feature of %s has them; large measurements are not", async (_, read, text) => {
    expect((await read(text)).inexactColumns).toEqual(["id"]);
    expect(await read(text, { drop: ["id"] })).not.toHaveProperty("inexactColumns");
  });
});

describe("the dialect of what is written (#16)", () => {
  it("has the decimal mark, the delimiter and the byte order mark that are asked for", async () => {
    const table = [
      ["Größe", ["100,33", "7"]],
      ["id", [new JSONText("1.50"), new JSONText('[1.5,"a;b"]')]],
      ["x", [-0.5, 1e-7]],
      ["n;", [1, NaN]],
    ] as const;
    const options = { delimiter: ";", decimal: ",", byteOrderMark: true } as const;

    const text = writeCSV(table, options);

    expect(text).toBe('\uFEFFGröße;id;x;"n;"\n100,33;1,50;-0,5;1\n7;"[1.5,""a;b""]";1e-7;NaN\n');
    let pieces = "";
    for await (const piece of csvText([table, table], options)) pieces += piece;
    expect(pieces).toBe(text + text.split("\n").slice(1).join("\n"));
    const back = await readCSV(writeCSV({ a: [0.1, 1234.5], b: ["x;y", "z"] }, options), { decimal: ",", keep: ["b"] });
    expect(back).toMatchObject({ X: { data: Float64Array.of(0.1, 1234.5) }, kept: [{ cells: ["x;y", "z"] }], byteOrderMark: true });
  });

  it("takes any delimiter that can be read", async () => {
    const text = writeCSV({ a: ["x y", "z"], b: [1, 2] }, { delimiter: " " });

    expect(text).toBe('a b\n"x y" 1\nz 2\n');
    expect((await readCSV(text, { delimiter: " ", keep: ["a"] })).kept![0]!.cells).toEqual(["x y", "z"]);
    expect(writeCSV({ a: ["x]"], b: ["^"] }, { delimiter: "]", header: false })).toBe('"x]"]^\n');
    expect(() => writeCSV({ a: [1] }, { delimiter: "auto" })).toThrow('"tab" or one character');
    expect(() => writeCSV({ a: [1] }, { decimal: "," })).toThrow("cannot be the delimiter and the decimal mark as well");
  });

  it("leaves what looks like a formula as it is, unless it is to be escaped; numbers are none", () => {
    const cells = ["=1+1", "+49 170", "-", "@sum", "\tx", "-5", "+1e3", "-1,5", "=", "＝1", "a=1", ""];
    const table = { "=name": cells };

    expect(writeCSV(table).split("\n")[1]).toBe("=1+1");
    expect(writeCSV(table, { escapeFormulas: true }).split("\n").slice(0, -1)).toEqual(
      ["'=name", "'=1+1", "'+49 170", "'-", "'@sum", "'\tx", "-5", "+1e3", `"'-1,5"`, "'=", "'＝1", "a=1", '""'].map((line) =>
        line === "'\tx" ? `"${line}"` : line,
      ),
    );
    expect(writeCSV(table, { escapeFormulas: true, decimal: ",", delimiter: ";" })).toContain("\n-1,5\n");
  });
});
