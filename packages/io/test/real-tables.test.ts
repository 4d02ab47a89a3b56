import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CSVOptions, CSVTable, Table } from "../src/index.ts";
import { csvBlockSource, readCSV, readNDJSON } from "../src/index.ts";
import { describe, expect, it } from "vitest";

// Tables as people have them (#17): each file of test/cases with variations of the same kind.

const caseOf = (name: string): string => readFileSync(join(import.meta.dirname, "../../../test/cases", name), "utf8");

const rowsOf = ({ X }: Table): number[][] =>
  Array.from({ length: X.rows }, (_, row) => Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)));

const codesOf = ({ remarks = [] }: Table): string[] => remarks.map(({ code }) => code);

const drop: CSVOptions = { missing: "drop" };

describe("columns that hold no numbers are left out and named", () => {
  it("twelve of text, every one by name", async () => {
    const table = await readCSV(caseOf("many-text-columns.csv"));

    const names = Array.from({ length: 12 }, (_, at) => `t${at + 1}`);
    expect(table.X.featureNames).toEqual(["id", "value"]);
    expect(table.skippedColumns).toEqual(names);
    expect(table.remarks).toMatchObject([{ code: "text-columns", columns: names }]);
    for (const name of names) expect(table.remarks![0]!.message).toContain(`"${name}"`);
  });

  it.each([
    ["texts with a number among them", "a,b\n1,x\n2,y\n3,7\n", ["a"], "text-columns"],
    ["dates", "day,a\n2026-01-01,1\n2026-01-02,2\n", ["a"], "date-columns"],
    ["a column without names and numbers", ",a\nx,1\ny,2\n", ["a"], "text-columns"],
    ["an empty column in the middle", "a,b,c\n1,,2\n3,,4\n", ["a", "c"], "empty-columns"],
    ["a column of NA", "a,b\n1,NA\n2,NA\n", ["a"], "empty-columns"],
    ["a column that most rows lack", "a,b\n1,\n2,\n3,5\n", ["a"], "sparse-columns"],
    ["amounts in two currencies", "a,b\n1,$5\n2,€6\n", ["a"], "several-currencies"],
  ])("%s", async (_, text, features, code) => {
    const table = await readCSV(text, drop);

    expect(table.X.featureNames).toEqual(features);
    expect(codesOf(table)).toEqual([code]);
  });

  it("late in a table that is read in pieces, without reading it again", async () => {
    const head = Array.from({ length: 40_000 }, (_, row) => `${row},${row % 7}\n`).join("");
    const tail = Array.from({ length: 50_000 }, (_, row) => `${row},word\n`).join("");
    async function* once(): AsyncGenerator<string> {
      yield `a,b\n${head}`;
      yield tail;
    }

    const table = await readCSV(once());

    expect(table.X).toMatchObject({ rows: 90_000, columns: 1, featureNames: ["a"] });
    expect(table.remarks).toMatchObject([{ code: "text-columns", columns: ["b"] }]);
  });

  it("but not where they were chosen", async () => {
    await expect(readCSV("a,b\n1,x\n", { columns: ["a", "b"] })).rejects.toMatchObject({ code: "not-finite", detail: { feature: "b" } });
  });

  it("and kept as labels with their rows", async () => {
    const { kept, X } = await readCSV("a,b,c\n1,x,\n2,y,\n,z,\n4,w,3\n", { ...drop, keep: ["b"] });

    expect([...X.data]).toEqual([1, 2, 4]);
    expect(kept).toEqual([{ name: "b", cells: ["x", "y", "w"] }]);
  });
});

describe("fields that most rows lack are left out and named", () => {
  it("in NDJSON", async () => {
    const table = await readNDJSON(caseOf("optional-field.ndjson"), { missing: "drop" });

    expect(rowsOf(table)).toEqual([
      [1, 2],
      [3, 4],
      [1, 7],
      [5, 3],
    ]);
    expect(table.X.featureNames).toEqual(["a", "b"]);
    expect(table.remarks).toMatchObject([{ code: "sparse-columns", columns: ["c"] }]);
    expect(table.dropped).toEqual({ count: 1, lines: [2] });
  });

  it("however late one comes", async () => {
    const rows = `${'{"a":1,"b":2}\n'.repeat(20_000)}{"a":2,"b":2,"late":1}\n`;

    const table = await readNDJSON(rows);

    expect(table.X).toMatchObject({ rows: 20_001, columns: 2 });
    expect(table.remarks).toMatchObject([{ code: "late-fields", columns: ["late"] }]);
  });

  it.each([
    ["text", '{"a":1,"s":"x"}\n{"a":2,"s":"y"}\n', "text-columns"],
    ["objects", '{"a":1,"s":{"t":1}}\n{"a":2,"s":{"t":2}}\n', "text-columns"],
    ["null", '{"a":1,"s":null}\n{"a":2,"s":null}\n', "empty-columns"],
    ["truth values, which are numbers", '{"a":1,"s":true}\n{"a":2,"s":false}\n', "truth-values"],
  ])("%s", async (_, text, code) => {
    expect(codesOf(await readNDJSON(text))).toEqual([code]);
  });
});

describe("numbers as people write them", () => {
  it("currencies, per cents, truth values", async () => {
    const table = await readCSV(caseOf("currency.csv"));

    expect(rowsOf(table)[0]).toEqual([3134.16, 12, 1]);
    expect(codesOf(table)).toEqual(["written-numbers", "percent-kept", "truth-values"]);
  });

  it("digits grouped once are decimals, and that is said with the option that reads groups", async () => {
    const text = caseOf("thousands.csv");

    const table = await readCSV(text);

    expect(rowsOf(table)[0]).toEqual([52.587, 40]);
    expect(table.remarks).toMatchObject([{ code: "ambiguous-digits", columns: ["income"] }]);
    expect(table.remarks![0]!.advice).toContain('pass thousands: ","');
    expect(rowsOf(await readCSV(text, { thousands: "," }))[0]).toEqual([52_587, 40]);
  });

  it.each<[what: string, cells: readonly string[], values: readonly number[], codes: readonly string[]]>([
    ["two groups prove grouping", ['"1,234"', '"1,234,567"'], [1234, 1_234_567], ["written-numbers"]],
    ["both signs prove grouping", ['"1,234"', '"2,000.5"'], [1234, 2000.5], ["written-numbers"]],
    ["a decimal point elsewhere proves it", ['"1,234"', "2.5"], [1234, 2.5], ["written-numbers"]],
    ["points that group", ['"1.234"', '"1.234.567"'], [1234, 1_234_567], ["written-numbers"]],
    ["points that group before a decimal comma", ['"1.234"', '"5,5"'], [1234, 5.5], ["written-numbers"]],
    ["a point is a decimal mark", ["1.234", "5.678"], [1.234, 5.678], []],
    ["a leading zero is no group", ['"0,123"', '"0,5"'], [0.123, 0.5], []],
    ["blanks that group", ["1 234", "5 678.5"], [1234, 5678.5], ["written-numbers"]],
    ["no-break blanks", ["1\u00a0234", "12"], [1234, 12], ["written-numbers"]],
    ["apostrophes", ["1'234.50", "12"], [1234.5, 12], ["written-numbers"]],
    ["currencies behind and before", ["12 €", "€13"], [12, 13], ["written-numbers"]],
    ["codes of currencies", ["USD 12.5", "13.5 USD"], [12.5, 13.5], ["written-numbers"]],
    ["accounts in parentheses", ["($1.50)", "$2"], [-1.5, 2], ["written-numbers"]],
    ["a minus sign as typeset", ["\u22125", "5"], [-5, 5], []],
    ["per cents among fractions", ["20%", "0.5"], [0.2, 0.5], ["percent-hundredths"]],
    ["per cents alone", ["20 %", "0.5 %"], [20, 0.5], ["percent-kept"]],
    ["yes and no", ["yes", "No"], [1, 0], ["truth-values"]],
    ["TRUE and false", ["TRUE", "false"], [1, 0], ["truth-values"]],
  ])("%s: %j", async (_, cells, values, codes) => {
    const text = `k;x\n${cells.map((cell) => `7;${cell}\n`).join("")}`;

    const table = await readCSV(text);

    expect(rowsOf(table).map((row) => row[1])).toEqual(values);
    expect(codesOf(table)).toEqual(codes);
  });

  it.each(["-", "--", ".", "None", "n.a.", "#DIV/0!", "\\N", "<NA>"])(
    "%s is missing among numbers, and a text among texts",
    async (mark) => {
      const table = await readCSV(`a,b,s\n1,2,x\n3,${mark},y\n5,6,${mark}\n`, { ...drop, keep: ["s"] });

      expect(rowsOf(table)).toEqual([
        [1, 2],
        [5, 6],
      ]);
      expect(table.kept![0]!.cells).toEqual(["x", mark]);
      expect(codesOf(table)).toEqual(["missing-marks"]);
    },
  );

  it("other texts and numbers are missing where `na` says so", async () => {
    const text = "a,b\n1,2\nk.A.,3\n4,-999\n5,6\n";

    expect(rowsOf(await readCSV(text, { ...drop, na: ["k.A.", "-999"] }))).toEqual([
      [1, 2],
      [5, 6],
    ]);
    expect(rowsOf(await readNDJSON('{"a":1}\n{"a":-999}\n{"a":2}\n', { missing: "drop", na: ["-999"] }))).toEqual([[1], [2]]);
  });

  it("the decimal mark is found in each column", async () => {
    const table = await readCSV("a;b\n1,5;2\n2,5;3\n");

    expect(rowsOf(table)).toEqual([
      [1.5, 2],
      [2.5, 3],
    ]);
  });

  it("in blocks as in one piece", async () => {
    const text = 'a;b\n"1,234.5";12%\n2;13%\n';
    const source = await csvBlockSource(() => text, { blockRows: 1 });
    const rows: number[][] = [];
    for await (const { X } of source.blocks({})) rows.push([...X.data]);

    expect(rows).toEqual(rowsOf(await readCSV(text)));
    expect(source.remarks).toEqual((await readCSV(text)).remarks);
  });
});

describe("what stands around a table", () => {
  const read = async (name: string): Promise<CSVTable> => readCSV(caseOf(name));

  it("an additional delimiter at the end of each row", async () => {
    const table = await read("trailing-comma.csv");

    expect(table.X).toMatchObject({ rows: 5, featureNames: ["a", "b"] });
    expect(codesOf(table)).toEqual(["empty-columns"]);
  });

  it.each([
    ["below a header without one", "a,b\n1,2,\n3,4,\n"],
    ["several", "a,b,,\n1,2,,\n3,4,,\n"],
    ["in the header alone", "a,b,\n1,2\n3,4\n"],
    ["in some rows alone", "a,b\n1,2\n3,4\n5,6,\n7,8,\n9,10,,,\n"],
  ])("delimiters at the end: %s", async (_, text) => {
    expect((await readCSV(text)).X.featureNames).toEqual(["a", "b"]);
  });

  it.each([
    ["units-row.csv", "units-rows", 4, ["height", "weight"]],
    ["footer.csv", "footer-rows", 4, ["a", "b"]],
    ["comment.csv", "comment-lines", 3, ["a", "b"]],
    ["sep-line.csv", "separator-line", 3, ["a", "b"]],
    ["years.csv", "names-are-numbers", 40, ["2019", "2020", "2021"]],
  ])("%s", async (name, code, rows, features) => {
    const table = await read(name);

    expect(table.X).toMatchObject({ rows, featureNames: features });
    expect(table.rows).toBe(rows);
    expect(codesOf(table)).toEqual([code]);
  });

  it.each<[what: string, text: string, code: string | undefined, rows: number]>([
    ["units beside names of rows", "who,height\n,cm\nann,1\nbob,2\n", "units-rows", 2],
    ["units of some columns", "a,b\nkg,\n1,2\n3,4\n", "units-rows", 2],
    ["units in brackets", "a,b\n[m],[s]\n1,2\n3,4\n", "units-rows", 2],
    ["no units: a first row with a number", "a,b\nNA,2\n1,2\n3,4\n", undefined, 3],
    ["a total below names", "city,a\nA,1\nB,2\nTotal,3\n", "footer-rows", 2],
    ["a grand total and a source", "a,b\n1,2\n3,4\nGrand total,6\nSource: bureau\n", "footer-rows", 2],
    ["a mean", "a,b\n1,2\n3,4\nAverage,3\n", "footer-rows", 2],
    ["a note behind a blank line", "a,b\n1,2\n3,4\n\nall values are provisional\n", "footer-rows", 2],
    ["no footer: totals within", "city,a\nTotal,1\nB,2\nC,3\n", undefined, 3],
    ["comments among the rows", "a,b\n1,2\n# moved\n3,4\n#\n", "comment-lines", 2],
    ["two comments, with quotes", "# it's \"odd\n# b\na,b\n1,2\n3,4\n", "comment-lines", 2],
    ["names in a comment", "# a,b\n1,2\n3,4\n", undefined, 2],
    ["no comment: a column called #", "#,b\n1,2\n3,4\n", undefined, 2],
    ["another mark for the delimiter", "sep=|\na|b\n1|2\n3|4\n", "separator-line", 2],
    ["the mark in quotes", '"sep=,"\na,b\n1,2\n3,4\n', "separator-line", 2],
    ["years behind names of rows", "country,1990,2000\nA,12.5,13\nB,11,10.5\n", "names-are-numbers", 2],
    ["years that fall", "2021,2020\n1.5,2.5\n3.5,4.5\n", "names-are-numbers", 2],
    ["numbers in quotes above numbers without", '"1","2"\n3,4\n5,6\n', "names-are-numbers", 2],
  ])("%s", async (_, text, code, rows) => {
    const table = await readCSV(text, drop);

    expect(table.X.rows + table.dropped.count).toBe(rows);
    expect(codesOf(table).filter((found) => !["text-columns", "empty-columns"].includes(found))).toEqual(code === undefined ? [] : [code]);
  });

  it.each([
    ["years below years", "1990,1991\n1992,1993\n1994,1995\n"],
    ["counted numbers", "1,2,3\n4,5,6\n7,8,9\n"],
    ["numbers about two thousand", "2019,2020\n2150,2300\n1900,1840\n"],
  ])("a table without names stays one: %s", async (_, text) => {
    expect((await readCSV(text)).X).toMatchObject({ rows: 3 });
    expect((await readCSV(text)).header).toBeUndefined();
  });

  it("a name that stands twice", async () => {
    const table = await readCSV("a,b,a,a_2\n1,2,3,4\n5,6,7,8\n");

    expect(table.X.featureNames).toEqual(["a", "b", "a_3", "a_2"]);
    expect(table.remarks).toMatchObject([{ code: "renamed-columns", columns: ["a_3"] }]);
  });

  it.each([
    ["blanks", "a b\n1 2\n3 4\n"],
    ["runs of blanks and tabs, at the ends too", "  a   b \n 1 \t2\n10   20  \n"],
    ["names of rows without a name of their own", 'a b\n"r 1" 1 2\nr2 3 4\n'],
  ])("parted by %s", async (_, text) => {
    const table = await readCSV(text);

    expect(table.delimiter).toBe("blanks");
    expect(table.X).toMatchObject({ rows: 2, featureNames: ["a", "b"] });
  });

  it("lines to be skipped", async () => {
    const text = 'Report of "March\n\nx;y\na,b\n1,2\n3,4\n';

    expect((await readCSV(text, { skipRows: 3 })).X).toMatchObject({ rows: 2, featureNames: ["a", "b"] });
    await expect(readCSV("a,b\n1,x\n3,4\n5,6\n", { skipRows: 1, header: false })).rejects.toThrow("(line 2)");
  });

  it("bytes that are no UTF-8", async () => {
    const bytes = readFileSync(join(import.meta.dirname, "../../../test/cases/latin1.csv"));

    expect(await readCSV(bytes)).toMatchObject({ encoding: "windows-1252", header: ["Größe", "b"] });
  });
});
