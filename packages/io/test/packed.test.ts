// Compressed files and workbooks are read by their first bytes (#17). test/packed/make.py says how its files were made.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Table } from "../src/index.ts";
import { csvBlockSource, formatOfName, readCSV, readJSON, readNDJSON } from "../src/index.ts";
import { packingOf, startOfText } from "../src/internal.ts";
import { csvBlocks, readCSVFile, readNDJSONFile } from "../src/node.ts";

const folder = join(import.meta.dirname, "packed");
const path = (name: string): string => join(folder, name);
const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(path(name)));
const faithful = readFileSync(join(import.meta.dirname, "../../../data/faithful.csv"), "utf8");
const plain: Table = await readCSV(faithful);
function same({ X }: Table): void {
  expect(X).toEqual(plain.X);
}

const Native: new (format: "gzip") => object = DecompressionStream;

/** As in Node before 24 and in browsers, which know gzip only. */
function withoutZstandard(): void {
  vi.stubGlobal(
    "DecompressionStream",
    class extends Native {
      constructor(format: "gzip") {
        if ((format as string) === "zstd") throw new TypeError("Unsupported compression format: 'zstd'");
        super(format);
      }
    },
  );
}
const notInstalled = (): never => {
  throw new Error("Cannot find package");
};
afterEach(() => {
  vi.unstubAllGlobals();
  vi.doUnmock("fzstd");
  vi.doUnmock("read-excel-file/universal");
});

describe.each(["by the engine", "by the package fzstd"])("compressed tables, %s", (how) => {
  const prepare = how.includes("fzstd") ? withoutZstandard : (): void => undefined;

  it.each(["faithful.csv.gz", "faithful.csv.zst", "two-members.csv.gz", "two-frames.csv.zst"])(
    "%s is read as what it holds",
    async (name) => {
      prepare();
      same(await readCSV(bytes(name)));
      same(await readCSVFile(path(name)));
      same(await readCSV(new Blob([bytes(name)])));
      same(
        await readCSV(
          Readable.from([bytes(name).subarray(0, 1), bytes(name).subarray(1, 3), bytes(name).subarray(3)], { objectMode: true }),
        ),
      );
    },
  );

  it.each(["faithful.ndjson.gz", "faithful.ndjson.zst"])("%s is read as NDJSON, in one piece or many", async (name) => {
    prepare();
    same(await readNDJSON(bytes(name)));
    same(await readNDJSONFile(path(name)));
    const single = Array.from(bytes(name), (byte) => Uint8Array.of(byte));
    same(await readNDJSON(single));
  });

  it.each(["faithful.csv.gz", "faithful.csv.zst"])("%s is walked in blocks, again and again", async (name) => {
    prepare();
    const source = await csvBlocks(path(name), { blockRows: 100 });
    for (let walk = 0; walk < 2; walk++) {
      const sizes: number[] = [];
      for await (const { X } of source.blocks()) sizes.push(X.rows);
      expect(sizes).toEqual([100, 100, 72]);
    }
    expect(source.featureNames).toEqual(plain.X.featureNames);
  });

  it.each(["faithful.csv.gz", "faithful.csv.zst"])("%s that is cut off or damaged is refused", async (name) => {
    prepare();
    const damaged = bytes(name);
    damaged.fill(0xff, 40, 60);
    for (const broken of [bytes(name).subarray(0, -20), bytes(name).subarray(0, 30), damaged])
      await expect(readCSV(broken, { name })).rejects.toMatchObject({
        code: "read-error",
        message: expect.stringMatching(/data is damaged or cut off/) as string,
      });
  });

  it.each(["faithful.ndjson.gz", "faithful.ndjson.zst"])("the first bytes of %s tell its format", async (name) => {
    prepare();
    const start = await startOfText(bytes(name), packingOf(bytes(name))!);
    expect(new TextDecoder().decode(start)).toMatch(/^\{"eruptions":/);
  });
});

it("names lead to formats through endings of compression", () => {
  const names = ["a.csv.gz", "a.tsv.zst", "a.ndjson.GZ", "a.json.zstd", "a.xlsx", "a.gz", "a.zip"];
  expect(names.map(formatOfName)).toEqual(["csv", "csv", "ndjson", "json", "csv", undefined, undefined]);
});

it("an aborted reading of compressed bytes ends, and closes its source", async () => {
  const controller = new AbortController();
  let closed = false;
  async function* pieces(): AsyncGenerator<Uint8Array, void> {
    try {
      yield bytes("faithful.csv.gz").subarray(0, 500);
      controller.abort();
      await new Promise(() => undefined);
    } finally {
      closed = true;
    }
  }

  await expect(readCSV(pieces(), {}, { signal: controller.signal })).rejects.toMatchObject({ code: "aborted" });
  expect(closed).toBe(false); // the read that hangs never ends
});

it("an error of the source itself stays what it is", async () => {
  async function* pieces(): AsyncGenerator<Uint8Array, void> {
    yield bytes("faithful.csv.gz").subarray(0, 500);
    throw new Error("the disk is gone");
  }
  await expect(readCSV(pieces())).rejects.toThrow("reading failed (the disk is gone)");
});

it.each([
  ["faithful.csv.zst", "fzstd"],
  ["book.xlsx", "read-excel-file"],
])("without its package, %s says what to install", async (name, library) => {
  withoutZstandard();
  vi.doMock("fzstd", notInstalled);
  vi.doMock("read-excel-file/universal", notInstalled);
  const loadLibrary = (): Promise<object> => Promise.reject(new Error("Cannot find package"));

  await expect(readCSV(bytes(name), { name }, { loadLibrary })).rejects.toMatchObject({
    code: "not-supported",
    detail: { feature: library },
    message: expect.stringMatching(new RegExp(`Run npm install ${library}\\.$`)) as string,
  });
});

it("a package that is not found by its name is loaded in the way that the caller knows", async () => {
  const { readSheet } = await import("read-excel-file/universal");
  vi.doMock("read-excel-file/universal", notInstalled);
  const asked: string[] = [];
  const loadLibrary = (name: string): Promise<object> => {
    asked.push(name);
    return Promise.resolve({ readSheet });
  };

  same(await readCSV(bytes("faithful.csv.gz"), {}, { loadLibrary }));
  expect((await readCSV(bytes("book.xlsx"), { sheet: 2 }, { loadLibrary })).X.rows).toBe(40);
  expect(asked).toEqual(["read-excel-file/universal"]);
});

describe("workbooks", () => {
  it("the first sheet is read as a table: dates and per cents by the formats of cells", async () => {
    const { X, kept } = await readCSV(bytes("book.xlsx"), { columns: ["id", "share", "amount"], keep: ["day", "name", "at", "ok"] });

    expect(X.rows).toBe(12);
    expect(X.data.slice(0, 6)).toEqual(Float64Array.of(1000, 0.12, 12.5, 1001, 0.13, 12.625));
    expect(kept!.map(({ cells }) => cells[1])).toEqual(["2024-01-02", 'a,"1"\nb', "2024-01-01T08:30:01", "FALSE"]);
  });

  it.each([["Old Faithful"], [2], ["3"]])("--sheet %j is another one, without empty rows and columns", async (sheet) => {
    const { X } = await readCSVFile(path("book.xlsx"), { sheet });

    if (sheet === "3") expect(X).toMatchObject({ rows: 6, columns: 2, featureNames: ["x", "y"] });
    else {
      expect(X).toMatchObject({ rows: 40, columns: 2, featureNames: plain.X.featureNames });
      expect(X.data).toEqual(plain.X.data.slice(0, 80));
    }
  });

  it("a sheet that is called like a number comes before the one in its place", async () => {
    expect((await readCSV(bytes("book.xlsx"), { sheet: "2" })).X.rows).toBe(6);
  });

  it("numbers have the decimal mark and the delimiter that are asked for", async () => {
    const { X } = await readCSV(bytes("book.xlsx"), { sheet: 2, decimal: ",", delimiter: ";" });

    expect(X.data).toEqual(plain.X.data.slice(0, 80));
  });

  it("blocks are those of the sheet", async () => {
    const source = await csvBlockSource(() => bytes("book.xlsx"), { sheet: 2, blockRows: 30 });
    const sizes: number[] = [];
    for await (const { X } of source.blocks()) sizes.push(X.rows);

    expect(sizes).toEqual([30, 10]);
  });

  it("refuses a sheet that is not there, a sheet of a text, another ZIP file, and another format, each with what to do", async () => {
    const book = bytes("book.xlsx");
    await expect(readCSV(book, { sheet: "measured" })).rejects.toThrow(
      /asks for "measured", which is not there\. It has the sheets Measured, Old Faithful, 2\./,
    );
    await expect(readCSV(book, { sheet: 9 })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(readCSV("a,b\n1,2\n", { sheet: 1 })).rejects.toMatchObject({ code: "invalid-option" });
    await expect(readCSV(book.subarray(0, 400))).rejects.toMatchObject({ code: "read-error" });
    await expect(readNDJSON(book)).rejects.toThrow("Read it as csv");
    await expect(readJSON(book)).rejects.toThrow("Read it as csv");
  });
});
