import { isMixturaError } from "@mixtura/core";
import type { CSVOptions } from "../src/index.ts";
import type { TextSource } from "../src/table/source.ts";
import { readCSV } from "../src/index.ts";
import { describe, expect, it } from "vitest";

const rowsOf = async (source: TextSource, options?: CSVOptions): Promise<number[][]> => {
  const { X } = await readCSV(source, options);
  return Array.from({ length: X.rows }, (_, row) => Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)));
};

const failure = async (work: Promise<unknown>): Promise<{ code: string; message: string; detail: object }> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isMixturaError(error)) throw new Error(`expected a MixturaError, got ${String(error)}`);
  return { code: error.code, message: error.message, detail: error.detail };
};

describe("readCSV", () => {
  it("reads numbers in row-major order with the header as feature names", async () => {
    const table = await readCSV("a,b\n1,2\n-3.5,4e2\n");

    expect(table.X).toEqual({ data: Float64Array.of(1, 2, -3.5, 400), rows: 2, columns: 2, featureNames: ["a", "b"] });
    expect(table).toMatchObject({ rows: 2, dropped: { count: 0, lines: [] }, header: ["a", "b"], delimiter: ",", skippedColumns: [] });
  });

  it.each([
    ["comma", "a,b\n1,2\n"],
    ["semicolon", "a;b\n1;2\n"],
    ["tab", "a\tb\n1\t2\n"],
    ["bar", "a|b\n1|2\n"],
  ])("finds the delimiter: %s", async (_, text) => {
    expect(await rowsOf(text)).toEqual([[1, 2]]);
  });

  it("finds a semicolon between numbers with decimal commas", async () => {
    expect(await rowsOf("1,5;2,5\n3,5;4,5\n", { decimal: "," })).toEqual([
      [1.5, 2.5],
      [3.5, 4.5],
    ]);
  });

  it("does not take delimiters inside quotes for delimiters of the table", async () => {
    const table = await readCSV('"x;y;z","b"\n1,2\n');

    expect(table.header).toEqual(["x;y;z", "b"]);
  });

  it.each([
    ["LF", "a,b\n1,2\n3,4\n"],
    ["CRLF", "a,b\r\n1,2\r\n3,4\r\n"],
    ["CR", "a,b\r1,2\r3,4\r"],
    ["no final line break", "a,b\n1,2\n3,4"],
    ["a byte order mark", "\uFEFFa,b\n1,2\n3,4\n"],
    ["blank lines", "\n\na,b\n\n1,2\n   \n\r\n3,4\n\n\n"],
    ["quotes", '"a","b"\n"1",2\n3,"4"\n'],
    ["spaces around cells", " a , b \n 1 , 2\n3 ,\t4\n"],
    ["spaces after closing quotes", '"a" ,"b"\n"1" ,"2" \n3,4\n'],
  ])("reads the same table with %s", async (_, text) => {
    const table = await readCSV(text);

    expect(table.X).toEqual({ data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2, featureNames: ["a", "b"] });
  });

  it.each([
    ["1,2\n3,4\n", undefined],
    ["a,b\n1,2\n", ["a", "b"]],
    ["NA,2\n1,2\n", undefined],
    [",b\n1,2\n", ["column1", "b"]],
  ])("takes the first row for names when it holds text and no number: %j", async (text, header) => {
    expect((await readCSV(text, { missing: "drop" })).header).toEqual(header);
  });

  it("takes numbers for names on request", async () => {
    expect((await readCSV("2001,2002\n1,2\n", { header: true })).X.featureNames).toEqual(["2001", "2002"]);
  });

  it("reads a single column", async () => {
    expect(await rowsOf("x\n1\n2\n3")).toEqual([[1], [2], [3]]);
  });

  it("reads 5,000 columns", async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `feature ${index}`);
    const text = `${names.join(",")}\n${names.map((_, index) => index / 8).join(",")}\n`;

    const { X } = await readCSV(text);

    expect(X.columns).toBe(5000);
    expect(X.data[4999]).toBe(4999 / 8);
  });

  it("chooses columns by name or number, in the order asked for", async () => {
    const table = await readCSV("a,b,c,d\n1,x,3,4\n", { columns: ["d", 1] });

    expect(table.X).toMatchObject({ data: Float64Array.of(4, 1), featureNames: ["d", "a"] });
    expect(table.skippedColumns).toEqual(["b", "c"]);
  });

  it("chooses columns of a table without names by number", async () => {
    const table = await readCSV("1,x,3\n4,y,6\n", { drop: ["2"] });

    expect(table.X).toEqual({ data: Float64Array.of(1, 3, 4, 6), rows: 2, columns: 2 });
    expect(table.skippedColumns).toEqual(["2"]);
  });

  it("hands kept columns on as their text", async () => {
    const table = await readCSV('id,who,x\n007,"Müller, ""M""",1\n008, b ,2\n', { keep: ["who", "id"] });

    expect(table.X.featureNames).toEqual(["x"]);
    expect(table.kept).toEqual([
      { name: "who", cells: ['Müller, "M"', " b "] },
      { name: "id", cells: ["007", "008"] },
    ]);
  });

  it('keeps every column beside its use as a feature with keep: "all"', async () => {
    const table = await readCSV("a,b\n1.50,2\n", { keep: "all" });

    expect(table.X.columns).toBe(2);
    expect(table.kept).toEqual([
      { name: "a", cells: ["1.50"], feature: 0 },
      { name: "b", cells: ["2"], feature: 1 },
    ]);
  });

  it("makes the weight column the sample weights, not a feature", async () => {
    const table = await readCSV("x,n\n1,2\n5,3\n", { weightColumn: "n" });

    expect(table.X.featureNames).toEqual(["x"]);
    expect(table.sampleWeight).toEqual(Float64Array.of(2, 3));
  });

  it.each(["", "NA", "na", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "?", " ", '""'])("counts %j as missing", async (cell) => {
    const table = await readCSV(`a,b\n1,2\n3,${cell}\n5,6\n`, { missing: "drop" });

    expect(table.X.data).toEqual(Float64Array.of(1, 2, 5, 6));
    expect(table.dropped).toEqual({ count: 1, lines: [3] });
    expect(table.rows).toBe(3);
  });

  it("lists the lines of the first ten dropped rows, counting line breaks within quotes", async () => {
    const text = `a,t\n1,"two\r\nlines"\n${"NA,x\n".repeat(12)}2,y\n`;

    const { dropped } = await readCSV(text, { columns: ["a"], missing: "drop" });

    expect(dropped).toEqual({ count: 12, lines: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13] });
  });

  it("ignores missing cells of columns that are not used", async () => {
    expect(await rowsOf("a,b\n1,NA\n2,\n", { columns: ["a"] })).toEqual([[1], [2]]);
  });

  it("rejects with `aborted` while a stream keeps it waiting", async () => {
    const controller = new AbortController();
    async function* hangs(): AsyncGenerator<string> {
      yield "a,b\n1,2\n";
      await new Promise(() => undefined);
    }

    const reading = readCSV(hangs(), {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);

    expect((await failure(reading)).code).toBe("aborted");
  });

  it("lets timers run while it reads a long text", async () => {
    const text = `a,b\n${"0.123456789012345678,2\n".repeat(300_000)}`;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);

    await readCSV(text);
    clearInterval(timer);

    // Seven megabytes take tens of milliseconds on any machine and a turn is due every 8 ms: three is far below what is met.
    expect(ticks).toBeGreaterThanOrEqual(3);
  });
});

describe("readCSV refuses", () => {
  it.each<[string, TextSource, CSVOptions, string, string]>([
    ["an empty text", "", {}, "read-error", "the CSV text: the table is empty. Expected at least one row of numbers."],
    ["blank lines only", "\n \r\n", {}, "read-error", "the CSV text: the table is empty. Expected at least one row of numbers."],
    ["a header without rows", "a,b\n", { header: true }, "read-error", "the CSV text: there is a header and no row of data."],
    ["what looks like a header without rows", "a,b\n", {}, "read-error", "the CSV text: there is a header and no row of data."],
    ["a short row", "a,b\n1,2\n3\n", {}, "read-error", "the CSV text: row 2 (line 3) has 1 field, the header has 2."],
    [
      "a long row",
      "1,2\n3,4,5\n",
      { delimiter: "," },
      "read-error",
      "the CSV text: row 2 (line 2) has 3 fields, the first row has 2. Fields with the delimiter inside need quotes around them.",
    ],
    [
      "a quote that is never closed",
      'a,b\n1,"2\n3,4\n',
      {},
      "read-error",
      'the CSV text: the quoted field that begins in the row of line 2 is never closed. Add the missing " or remove the lone one.',
    ],
    [
      "text after a closing quote",
      'a,b\n1,"2"x\n',
      { delimiter: "," },
      "read-error",
      'the CSV text: line 2, field 2: text follows the closing quote. Double the quotes inside a quoted field ("").',
    ],
    [
      "UTF-16 that ends within a character",
      Uint8Array.of(0xff, 0xfe, 0x31, 0x00, 0x31),
      {},
      "read-error",
      "the CSV text: byte 5 begins no character of UTF-16: half a surrogate pair, or a single byte at the end. Save the text as UTF-8.",
    ],
    [
      "a binary file",
      Uint8Array.of(0x42, 0x5a, 0x68, 0, 0),
      {},
      "read-error",
      'the CSV text: this is not text (it holds zero bytes). A spreadsheet other than .xlsx has to be exported as CSV in UTF-8 first, and a file that is not compressed by gzip or Zstandard unpacked. If it is UTF-16 without a byte order mark, pass encoding: "utf-16le".',
    ],
    [
      "a table of which nothing is left",
      "a\nNA\n?\n",
      { missing: "drop", header: true },
      "read-error",
      "the CSV text: each of its 2 rows lacks a value, so none is left. Choose columns that are filled with `columns` or `drop`.",
    ],
    [
      "a text cell",
      "a,b\n1,2\n3,dog\n",
      {},
      "not-finite",
      'the CSV text: row 2 (line 3), column "b" is not a number (found "dog"). If it stands for a missing value, pass na: ["dog"] and missing: "drop". To do without column "b", pass drop: ["b"].',
    ],
    [
      "a text cell of a table without names",
      "1,2\n3,dog\n",
      {},
      "not-finite",
      'the CSV text: row 2 (line 2), column 2 is not a number (found "dog"). If it stands for a missing value, pass na: ["dog"] and missing: "drop". To do without column 2, pass drop: ["2"].',
    ],
    [
      "a missing cell",
      "a,b\n1,\n2,3\n",
      {},
      "not-finite",
      'the CSV text: row 1 (line 2), column "b" is missing (found ""). Pass missing: "drop" to leave such rows out, or fill in the value. To do without column "b", pass drop: ["b"].',
    ],
    ["nothing but text", "a,b\nx,y\n", {}, "read-error", 'the CSV text: no column holds numbers: "a", "b" are text.'],
    [
      "Infinity",
      "a\n-inf\n",
      { missing: "drop" },
      "not-finite",
      'the CSV text: row 1 (line 2), column "a" is not finite (found "-inf"). Remove the row or correct the value.',
    ],
    [
      "a number too large for a double",
      "a\n1e999\n",
      {},
      "not-finite",
      'the CSV text: row 1 (line 2), column "a" is not finite (found "1e999"). Remove the row or correct the value.',
    ],
    [
      "a negative weight",
      "a,n\n1,-2\n",
      { weightColumn: "n" },
      "invalid-weight",
      'the CSV text: row 1 (line 2), column "n" is not a weight (found "-2"). Weights are finite numbers ≥ 0.',
    ],
    [
      "an unknown column",
      "height,mass\n1,2\n",
      { columns: ["heigth"] },
      "invalid-option",
      'the CSV text: "columns" asks for column "heigth", which is not there. Did you mean "height"?',
    ],
    [
      "a column number beyond the last",
      "1,2\n",
      { drop: [3] },
      "invalid-option",
      'the CSV text: "drop" asks for column 3, which is not there. It has 2 columns without names; choose by number.',
    ],
    ["a column chosen twice", "a,b\n1,2\n", { columns: ["a", 1] }, "invalid-option", 'the CSV text: "columns" names column "a" twice.'],
    [
      "to drop every column",
      "a,b\n1,2\n",
      { drop: ["a", "b"] },
      "invalid-option",
      "the CSV text: no column is left to be a feature. It has the columns a, b.",
    ],
    [
      "one character as delimiter and decimal mark",
      "1,2\n",
      { delimiter: ",", decimal: "," },
      "invalid-option",
      'readCSV: "," cannot be the delimiter and the decimal mark as well. Set `delimiter` or `decimal`.',
    ],
    [
      "a long delimiter",
      "1,2\n",
      { delimiter: "::" },
      "invalid-option",
      'readCSV: "delimiter" must be "auto", "tab", "blanks" or one character that is no letter, digit, quote, point or sign, found "::". The separator of fields; "auto" finds a comma, semicolon, tab, bar or runs of blanks.',
    ],
    [
      "something that is no source",
      7 as unknown as TextSource,
      {},
      "invalid-shape",
      "the CSV text: cannot read 7. Pass text, a Uint8Array, a Blob, a ReadableStream or an iterable of pieces.",
    ],
    [
      "pieces that are neither text nor bytes",
      [1] as unknown as TextSource,
      {},
      "invalid-shape",
      "the CSV text: a piece must be text or a Uint8Array, found 1.",
    ],
  ])("%s", async (_, source, options, code, message) => {
    const error = await failure(readCSV(source, options));

    expect(error.message).toBe(message);
    expect(error.code).toBe(code);
  });

  it("unknown options, with a suggestion", async () => {
    expect((await failure(readCSV("1\n", { delimeter: ";" } as CSVOptions))).message).toBe(
      'readCSV: there is no option "delimeter". Did you mean "delimiter"?',
    );
  });

  it("a failing source, and keeps its error as the cause", async () => {
    const cause = new Error("connection lost");
    async function* fails(): AsyncGenerator<string> {
      yield "a,b\n";
      throw cause;
    }

    await expect(readCSV(fails(), { name: "feed" })).rejects.toMatchObject({
      code: "read-error",
      message: "feed: reading failed (connection lost).",
      cause,
    });
  });

  it("a quote that swallows more than 64 MiB, before memory runs out", async () => {
    const megabyte = new Uint8Array(2 ** 20).fill(97);
    let given = 0;
    function* endless(): Generator<Uint8Array> {
      yield new TextEncoder().encode('a,b\n1,2\n3,"');
      for (;;) {
        given++;
        yield megabyte;
      }
    }

    const error = await failure(readCSV(endless(), { delimiter: "," }));

    expect(error.message).toBe(
      'the CSV text: line 3 starts a row of more than 67108864 bytes. Most likely a quote is never closed; look for a lone " there.',
    );
    expect(given).toBeLessThan(70);
  });

  it("reports the index of the row and the feature as facts", async () => {
    const error = await failure(readCSV("a,b,c\n1,2,3\n4,x,6\n", { columns: ["c", "b"] }));

    expect(error.detail).toEqual({ row: 1, column: 1, feature: "b", found: "x" });
  });
});
