import type { CSVWritable } from "../src/index.ts";
import { csvText, writeCSV, writeNDJSON } from "../src/index.ts";
import { describe, expect, it } from "vitest";

describe("writeCSV", () => {
  it.each<[string, CSVWritable]>([
    ["columns by name", { a: [1, 3], b: [2, 4] }],
    [
      "pairs of name and cells",
      [
        ["a", Float64Array.of(1, 3)],
        ["b", ["2", "4"]],
      ],
    ],
    [
      "records",
      [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    ],
    ["a matrix", { data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2, featureNames: ["a", "b"] }],
  ])("writes %s", (_, table) => {
    expect(writeCSV(table)).toBe("a,b\n1,2\n3,4\n");
  });

  it("writes a matrix without names, or with header: false, without a header", () => {
    expect(writeCSV({ data: Float64Array.of(1, 2), rows: 1, columns: 2 })).toBe("1,2\n");
    expect(writeCSV({ a: [1], b: [2] }, { header: false })).toBe("1,2\n");
  });

  it("writes numbers in the shortest text that keeps every bit", () => {
    expect(writeCSV({ x: [0.1 + 0.2, -0, 5e-324, 1e21, NaN, Infinity, 10n, true] }, { header: false })).toBe(
      "0.30000000000000004\n-0\n5e-324\n1e+21\nNaN\nInfinity\n10\ntrue\n",
    );
  });

  it("quotes what could be taken for structure and nothing else", () => {
    const cells = ["plain", "a,b", "a;b", 'say "x"', "two\nlines", " outer", "in ner", "\uFEFFmark", "", null, undefined];

    const text = writeCSV({ t: cells, n: cells.map((_, index) => index) }, { header: false, lineEnding: "\r\n" });

    expect(text.split("\r\n")).toEqual([
      "plain,0",
      '"a,b",1',
      '"a;b",2',
      '"say ""x""",3',
      '"two\nlines",4',
      '" outer",5',
      "in ner,6",
      '"\uFEFFmark",7',
      ",8",
      ",9",
      ",10",
      "",
    ]);
  });

  it("quotes an empty cell that is a whole row, which would read as a blank line", () => {
    expect(writeCSV({ t: ["", "a", null] })).toBe('t\n""\na\n""\n');
  });

  it("leaves absent fields of records empty", () => {
    expect(writeCSV([{ a: 1 }, { b: 2 }])).toBe("a,b\n1,\n,2\n");
  });

  it.each<[unknown, string]>([
    [{ a: [1], b: [1, 2] }, 'A table needs columns of one length; "a" has 1 cells, "b" has 2.'],
    ["text", 'Cannot write "text" as CSV. Pass a matrix, columns by name, pairs of name and cells, or records.'],
    [{ a: 5 }, "Cannot write 5 as CSV. Pass a matrix, columns by name, pairs of name and cells, or records."],
  ])("refuses %j", (table, message) => {
    expect(() => writeCSV(table as CSVWritable)).toThrow(expect.objectContaining({ code: "invalid-shape", message }));
  });
});

describe("csvText", () => {
  it("refuses a later table with other columns", async () => {
    const pieces = csvText([{ a: [1] }, { b: [2] }]);
    await pieces.next();
    await pieces.next();

    await expect(pieces.next()).rejects.toMatchObject({
      code: "feature-mismatch",
      message: "csvText: a later table has the columns b, the first had a.",
    });
  });
});

it.each([writeCSV, writeNDJSON])("a list with holes is no table of %o (#16)", (write) => {
  expect(() => write(Array(3) as never)).toThrow(expect.objectContaining({ code: "invalid-shape" }));
});

it("dates are written as ISO 8601 has them, and what is no date is empty (#17)", () => {
  const when = [new Date(Date.UTC(2026, 10, 30, 12)), new Date(NaN)];

  expect(writeCSV({ when, n: [1, 2] })).toBe("when,n\n2026-11-30T12:00:00.000Z,1\n,2\n");
  expect(writeNDJSON({ when })).toBe('{"when":"2026-11-30T12:00:00.000Z"}\n{"when":null}\n');
});
