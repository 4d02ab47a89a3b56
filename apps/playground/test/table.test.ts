import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { noEdits } from "../src/state/state.ts";
import { editedRows } from "../src/worker/edited.ts";
import { readTable } from "../src/worker/read-table.ts";
import { openTable } from "../src/worker/table.ts";

const signal = new AbortController().signal;
const read = (text: string, name = "rows.csv") => readTable(new TextEncoder().encode(text).buffer, name, signal);

describe("a file", () => {
  it("of numbers is read as it is", async () => {
    const { X, names, notices, groups } = await read("a,b\n1,2\n3,4\n5,6\n");
    expect([...X.data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([names, notices, groups]).toEqual([["a", "b"], [], undefined]);
  });

  it.each([
    ["a,b\n1,2\n3,4\n", "rows.csv", true],
    ["1,2\n3,4\n", "rows.csv", false],
    ["a,b\n1,2\n3,\n5,6\n", "rows.csv", false],
    ['{"a":1,"b":2}\n{"a":3,"b":4}\n', "rows.ndjson", false],
  ])("knows whether other programs read the same rows from it: %j, %s", async (text, name, isPlain) => {
    expect((await read(text, name)).isPlain).toBe(isPlain);
  });

  it("may have columns of text: they are left out, and one of few words tells groups", async () => {
    const { X, groups, notices } = await read("id,a,species,b\nr1,1,cat,2\nr2,3,dog,4\nr3,5,cat,6\n");
    expect([...X.data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(groups?.names.length).toBeGreaterThan(1);
    expect(notices[0]).toMatch(/id, species/);
  });

  it("takes a column called label for groups, never for a feature", async () => {
    const { X, names, groups } = await read("a,b,label\n1,2,0\n3,4,1\n5,6,1\n");
    expect(names).toEqual(["a", "b"]);
    expect([...X.data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...groups!.codes]).toEqual([0, 1, 1]);
  });

  it("may lack values: those rows are left out and counted", async () => {
    const { X, notices } = await read("a,b\n1,2\nNA,3\n4,5\n");
    expect(X.rows).toBe(2);
    expect(notices).toEqual(["1 row lacks a value and was left out."]);
  });

  it("may be NDJSON or JSON, under any name", async () => {
    expect((await read('{"a":1,"b":2}\n{"a":3,"b":4}\n', "rows.ndjson")).X.rows).toBe(2);
    expect((await read('[{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6}]', "rows")).X.rows).toBe(3);
  });

  it.each([
    ["nothing", "", /empty|no rows|header/i],
    ["a header alone", "a,b\n", /row/i],
    ["one row", "a,b\n1,2\n", /one row/],
    ["ragged rows", "a,b\n1,2\n3,4,5\n", /row 2|line 3/i],
    ["a quote that never ends", 'a,b\n1,"2\n3,4\n', /quote/i],
    ["text alone", "a,b\nx,y\nz,w\n", /./],
  ])("of %s is refused with a sentence", async (_, text, reason) => {
    await expect(read(text)).rejects.toThrow(reason);
  });

  it("of very many columns of text is refused, not read for ever", async () => {
    const header = Array.from({ length: 60 }, (_, j) => `c${j}`).join(",");
    const row = Array.from({ length: 60 }, () => "word").join(",");
    await expect(read(`${header}\n${row}\n${row}\n`)).rejects.toThrow(/text/);
  });
});

describe("columns that measure nothing (#17)", () => {
  const bytes = (path: string): ArrayBuffer => new Uint8Array(readFileSync(join(import.meta.dirname, "../../..", path))).buffer;
  const fitted = async (path: string, features?: readonly string[]) => {
    const source = await readTable(bytes(path), basename(path), signal);
    return { source, names: editedRows(source, noEdits, features).names };
  };

  it("an index without a name and an identifier that counts are not fitted, unless they are chosen", async () => {
    const rowNumber = await fitted("test/cases/row-number.csv");
    const customers = await fitted("test/cases/customers.csv");
    const chosen = await fitted("test/cases/customers.csv", ["customer_id", "age"]);

    expect(rowNumber.source.leftOut).toEqual([{ name: "column1", clause: "which counts the rows" }]);
    expect(rowNumber.names).toEqual(["eruptions", "waiting"]);
    expect(customers.names).toEqual(["age", "orders", "revenue", "newsletter"]);
    expect(chosen.names).toEqual(["customer_id", "age"]);
  });

  it("a clock is left out, a sorted measurement is not", async () => {
    const clock = await fitted("test/cases/pino-train.ndjson");

    expect(clock.source.leftOut).toEqual([{ name: "time", clause: "which is a clock" }]);
    expect((await fitted("test/data/galaxies.csv")).names).toEqual(["velocity"]);
  });

  it.each(["faithful.csv.gz", "faithful.csv.zst", "faithful.ndjson.gz", "faithful.ndjson.zst"])(
    "%s is read by its first bytes",
    async (name) => {
      for (const shown of [name, "rows"]) {
        const { X } = await readTable(bytes(`packages/io/test/packed/${name}`), shown, signal);
        expect([X.rows, X.columns]).toEqual([272, 2]);
      }
    },
  );

  it("the first sheet of a workbook is read", async () => {
    const { names, leftOut } = await readTable(bytes("packages/io/test/packed/book.xlsx"), "book.xlsx", signal);

    expect(names).toEqual(["id", "share", "amount", "ok"]);
    expect(leftOut).toEqual([{ name: "id", clause: "which counts the rows" }]);
  });
});

describe("edits", () => {
  it("add, remove and move rows by their number in the source", async () => {
    const source = await readTable(new TextEncoder().encode("a,b\n1,1\n2,2\n3,3\n").buffer, "rows.csv", signal);
    const { X, sourceRows } = editedRows(
      source,
      {
        added: [
          [9, 9],
          [8, 8],
        ],
        removed: [0, 3],
        moved: [[2, [5, 6]]],
      },
      undefined,
    );
    expect([...X.data]).toEqual([2, 2, 5, 6, 8, 8]);
    expect([...sourceRows!]).toEqual([1, 2, 4]);
  });

  it("go together with a choice of features", async () => {
    const source = await openTable(
      { kind: "generated", generator: "blobs", rows: 10, features: 3, groups: 2, spread: 1, outliers: 0, seed: 1 },
      signal,
    );
    const { X, names } = editedRows(source, { added: [[1, 2, 3]], removed: [], moved: [] }, ["x3", "x1"]);
    expect(names).toEqual(["x3", "x1"]);
    expect(X.data.slice(-2)).toEqual(Float64Array.of(3, 1));
    expect(() => editedRows(source, { added: [], removed: [], moved: [] }, ["y"])).toThrow(/no feature "y"/);
    expect(() => editedRows(source, { added: [[1]], removed: [], moved: [] }, undefined)).toThrow(/1 values/);
  });
});
