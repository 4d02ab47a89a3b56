import type { ArrowColumnLike } from "../src/matrix.ts";
import type { ArrowTableLike } from "../src/internal.ts";
import type { Matrix, MatrixLike, UploadedMatrix } from "../src/index.ts";
import { checkFinite, isBlockSource, rowRange } from "../src/authoring.ts";
import { isUploadedMatrix, zeros } from "../src/internal.ts";
import { matrix, toMatrix } from "../src/index.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const caller = "test";

/** An Arrow column as libraries make it: `toArray` gives raw values, arbitrary where a null is. */
function arrowColumn(cells: readonly unknown[], accessor: "get" | "at" = "get"): ArrowColumnLike {
  const nullCount = cells.filter((cell) => cell === null).length;
  return {
    length: cells.length,
    nullCount,
    [accessor]: (index: number) => cells[index],
    toArray: () => cells.map((cell) => cell ?? 123),
  };
}

function arrowTable(columns: Readonly<Record<string, ArrowColumnLike>>): ArrowTableLike {
  const names = Object.keys(columns);
  return {
    numRows: columns[names[0]!]!.length,
    numCols: names.length,
    schema: { fields: names.map((name) => ({ name })) },
    getChildAt: (index) => columns[names[index] ?? ""] ?? null,
  };
}

const uploaded = (host: Matrix): UploadedMatrix => ({
  ...host,
  rows: host.rows,
  backendName: "fake",
  host,
  [Symbol.asyncDispose]: async () => undefined,
});

describe("toMatrix", () => {
  it("does not copy row-major data, one feature, or the host side of an uploaded matrix", () => {
    const data = Float64Array.of(1, 2, 3, 4);
    const host = matrix(data, 2, 2);

    expect(toMatrix(host, { caller }).data).toBe(data);
    expect(toMatrix(data, { caller }).data).toBe(data);
    expect(toMatrix(uploaded(host), { caller }).data).toBe(data);
    expect(toMatrix(matrix(data, 2, 2, ["a", "b"]), { caller, features: { count: 2, names: ["a", "b"] } }).data).toBe(data);
  });

  it("copies arrays of rows, so that later changes do not reach the matrix", () => {
    const rows = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
    const converted = toMatrix(rows, { caller });

    rows[0]![0] = 99;

    expect(converted.data).toEqual(Float64Array.of(1, 2, 3, 4));
  });

  it.each<[string, MatrixLike, readonly string[] | undefined]>([
    ["a matrix", matrix(Float64Array.of(1, 2, 3, 4), 2, 2), undefined],
    [
      "arrays",
      [
        [1, 2],
        [3, 4],
      ],
      undefined,
    ],
    ["typed arrays", [Float64Array.of(1, 2), Float64Array.of(3, 4)], undefined],
    ["a matrix with an accessor", { rows: 2, columns: 2, get: (i: number, j: number) => 1 + 2 * i + j }, undefined],
    [
      "records",
      [
        { a: 1, b: 2 },
        { b: 4, a: 3 },
      ],
      ["a", "b"],
    ],
    ["an Arrow table", arrowTable({ a: arrowColumn([1, 3]), b: arrowColumn([2, 4]) }), ["a", "b"]],
    ["an Arrow table of big integers", arrowTable({ a: arrowColumn([1n, 3n]), b: arrowColumn([2, 4n]) }), ["a", "b"]],
    ["an uploaded matrix", uploaded(matrix(Float64Array.of(1, 2, 3, 4), 2, 2)), undefined],
  ])("reads %s", (_, X, featureNames) => {
    const converted = toMatrix(X, { caller });

    expect(converted).toEqual({
      data: Float64Array.of(1, 2, 3, 4),
      rows: 2,
      columns: 2,
      ...(featureNames === undefined ? {} : { featureNames }),
    });
  });

  it("reads a Float64Array as one feature", () => {
    expect(toMatrix(Float64Array.of(5, 6, 7), { caller })).toMatchObject({ rows: 3, columns: 1 });
  });

  it.each<[string, MatrixLike]>([
    [
      "records",
      [
        { extra: 0, b: 2, a: 1 },
        { a: 3, b: 4, extra: 0 },
      ],
    ],
    ["an Arrow table", arrowTable({ b: arrowColumn([2, 4]), extra: arrowColumn(["x", "y"]), a: arrowColumn([1, 3]) })],
    ["a matrix with names", matrix(Float64Array.of(2, 0, 1, 4, 0, 3), 2, 3, ["b", "extra", "a"])],
  ])("matches the columns of %s by a model's feature names and passes others over", (_, X) => {
    const converted = toMatrix(X, { caller, features: { count: 2, names: ["a", "b"] } });

    expect(converted).toEqual({ data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2, featureNames: ["a", "b"] });
  });

  it.each<[string, unknown, string, RegExp]>([
    [
      "has a column shorter than it, which would be filled up with zeros",
      { ...arrowTable({ a: arrowColumn([1, 2]), b: arrowColumn([3, 4]) }), numRows: 3 },
      "invalid-shape",
      /the table has 3 rows, its column "a" 2\./,
    ],
    [
      "has a column longer than it",
      { ...arrowTable({ a: arrowColumn([1, 2]) }), numRows: 1 },
      "invalid-shape",
      /the table has 1 rows, its column "a" 2\./,
    ],
    [
      "has a column that gives fewer cells than it says",
      arrowTable({ a: { ...arrowColumn([1, 2]), toArray: () => [1] } }),
      "invalid-shape",
      /the table has 2 rows, its column "a" 1\./,
    ],
    [
      "says that it is long before any memory is taken",
      { ...arrowTable({ a: arrowColumn([1]) }), numRows: 2 ** 52 },
      "invalid-shape",
      /its column "a" 1/,
    ],
    ["has no schema", { numRows: 1, getChildAt: () => arrowColumn([1]) }, "invalid-shape", /needs "schema.fields"/],
    ["has no number of rows", { ...arrowTable({ a: arrowColumn([1]) }), numRows: "1" }, "invalid-shape", /found "1"/],
    [
      "has an identifier for a feature: two of them would become one number",
      arrowTable({ id: arrowColumn([1n, 1234567890123456789n]) }),
      "not-finite",
      /row 1, column "id" is 1234567890123456789, an integer beyond 2\^53 that no number holds exactly/,
    ],
  ])("refuses an Arrow table that %s (#16)", (_, table, code, message) => {
    expect(() => toMatrix(table as ArrowTableLike, { caller: "test" })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });

  it("refuses an Arrow table in which two columns share a name: neither could be meant", () => {
    const [first, second] = [arrowColumn([1, 2]), arrowColumn([3, 4])];
    const table: ArrowTableLike = {
      numRows: 2,
      numCols: 2,
      schema: { fields: [{ name: "a" }, { name: "a" }] },
      getChildAt: (index) => [first, second][index],
    };

    expect(() => toMatrix(table, { caller: "test" })).toThrow(
      'test: two features are named "a". Give every feature its own name, or give no names.',
    );
  });

  it("matches by count where a side has no names", () => {
    expect(toMatrix([[1, 2]], { caller, features: { count: 2, names: ["a", "b"] } }).columns).toBe(2);
    expect(toMatrix(matrix(Float64Array.of(1, 2), 1, 2, ["x", "y"]), { caller, features: { count: 2 } }).columns).toBe(2);
  });

  it("gives back any finite numbers bit for bit, from every shape", () => {
    const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
      fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 5,
      }),
    );
    fc.assert(
      fc.property(table, (rows) => {
        const flat = Float64Array.from(rows.flat());
        const names = rows[0]!.map((_, j) => `f${j}`);
        const shapes: MatrixLike[] = [
          rows,
          rows.map((row) => Float64Array.from(row)),
          rows.map((row) => Object.fromEntries(row.map((cell, j) => [names[j]!, cell]))),
          arrowTable(Object.fromEntries(names.map((name, j) => [name, arrowColumn(rows.map((row) => row[j]))]))),
          { rows: rows.length, columns: names.length, get: (i: number, j: number) => rows[i]![j]! },
        ];
        for (const shape of shapes) expect(toMatrix(shape, { caller }).data).toStrictEqual(flat);
      }),
      { seed: 7 },
    );
  });

  it.each<[string, unknown, string, string]>([
    ["no rows", [], "invalid-shape", "test: the data is empty (0 rows × 0 columns). Pass at least one row with one number."],
    [
      "rows without columns",
      [[], []],
      "invalid-shape",
      "test: the data is empty (2 rows × 0 columns). Pass at least one row with one number.",
    ],
    ["ragged rows", [[1, 2], [3]], "invalid-shape", "test: row 0 has 2 columns but row 1 has 1 columns. All rows need the same width."],
    ["a row that is none", [[1, 2], null], "invalid-shape", "test: row 0 has 2 columns but row 1 has null. All rows need the same width."],
    ["text in a row", [[1, "2"]], "not-finite", 'test: row 0, column 1 is not a number (found "2"). Remove or convert the cell.'],
    [
      "NaN",
      [
        [1, 2],
        [3, NaN],
      ],
      "not-finite",
      "test: row 1, column 1 is NaN. Remove the row or fill in the value first.",
    ],
    [
      "−Infinity in a named column",
      [{ a: 1 }, { a: -Infinity }],
      "not-finite",
      'test: row 1, column "a" is -Infinity. Remove the row or fill in the value first.',
    ],
    [
      "a null in Arrow",
      arrowTable({ a: arrowColumn([1, null]) }),
      "not-finite",
      'test: row 1, column "a" is not a number (found null). Remove or convert the cell.',
    ],
    [
      "a null in Arrow read by `at`",
      arrowTable({ a: arrowColumn([null, 1], "at") }),
      "not-finite",
      'test: row 0, column "a" is not a number (found null). Remove or convert the cell.',
    ],
    [
      "a record that lacks a field",
      [{ a: 1, b: 2 }, { a: 3 }],
      "feature-mismatch",
      'test: row 1 has no field "b". Expected the fields a, b.',
    ],
    [
      "a record with one field more",
      [{ a: 1 }, { a: 3, b: 4 }],
      "feature-mismatch",
      'test: row 1 has a field "b" that row 0 lacks. All records need the same fields.',
    ],
    ["a row among records that is none", [{ a: 1 }, 5], "invalid-shape", "test: row 1 is not a record (found 5)."],
    [
      "a flat array",
      [1, 2, 3],
      "invalid-shape",
      "test: cannot read [1, 2, 3] as rows of numbers. Pass an array of rows, records, a Matrix, a Float64Array or an Arrow table. For one row pass [row], for one feature Float64Array.from(values) or [[v], [v], …].",
    ],
    [
      "text",
      "1,2",
      "invalid-shape",
      'test: cannot read "1,2" as rows of numbers. Pass an array of rows, records, a Matrix, a Float64Array or an Arrow table.',
    ],
    [
      "nothing",
      undefined,
      "invalid-shape",
      "test: cannot read undefined as rows of numbers. Pass an array of rows, records, a Matrix, a Float64Array or an Arrow table.",
    ],
    [
      "a matrix whose sizes disagree",
      { data: Float64Array.of(1, 2, 3), rows: 2, columns: 2 },
      "invalid-shape",
      "A matrix of 2 rows × 2 columns needs 4 numbers, found 3.",
    ],
    [
      "a matrix with too few names",
      { data: Float64Array.of(1, 2), rows: 1, columns: 2, featureNames: ["a"] },
      "invalid-shape",
      "A matrix of 2 columns needs 2 feature names, found 1.",
    ],
  ])("refuses %s", (_, X, code, message) => {
    expect(() => toMatrix(X as MatrixLike, { caller })).toThrow(expect.objectContaining({ code, message }));
  });

  it.each<[string, MatrixLike, { count: number; names?: string[] }, string]>([
    ["too many columns", [[1, 2, 3]], { count: 2 }, "test: the model was fitted on 2 features, the data has 3."],
    [
      "a missing name",
      matrix(Float64Array.of(1, 2), 1, 2, ["a", "c"]),
      { count: 2, names: ["a", "b"] },
      'test: the data lacks the feature "b". It has a, c.',
    ],
    [
      "a missing Arrow column",
      arrowTable({ a: arrowColumn([1]) }),
      { count: 2, names: ["a", "b"] },
      'test: the table has no column "b". It has a.',
    ],
    [
      "a field that is only inherited",
      [Object.create({ a: 1 }) as Record<string, number>],
      { count: 1, names: ["a"] },
      'test: row 0 has no field "a". Expected the fields a.',
    ],
  ])("refuses data that does not fit a model: %s", (_, X, features, message) => {
    expect(() => toMatrix(X, { caller, features })).toThrow(expect.objectContaining({ code: "feature-mismatch", message }));
  });
});

describe("matrix helpers", () => {
  it("counts rows of later blocks from the first row of the data", () => {
    expect(() => checkFinite(matrix(Float64Array.of(1, NaN), 2, 1), caller, 100)).toThrow(
      expect.objectContaining({ detail: { row: 101, column: 0, found: NaN } }),
    );
  });

  it("gives a range of rows as a view", () => {
    const m = matrix(Float64Array.of(1, 2, 3, 4, 5, 6), 3, 2, ["a", "b"]);
    const range = rowRange(m, 1, 3);

    expect(range).toEqual({ data: Float64Array.of(3, 4, 5, 6), rows: 2, columns: 2, featureNames: ["a", "b"] });
    expect(range.data.buffer).toBe(m.data.buffer);
  });

  it("makes zeros", () => {
    expect(zeros(2, 3)).toEqual({ data: new Float64Array(6), rows: 2, columns: 3 });
  });

  it("tells block sources and uploaded matrices from other data", () => {
    const source = { columns: 1, blocks: () => (async function* () {})() };

    expect(isBlockSource(source)).toBe(true);
    for (const X of [[[1]], Float64Array.of(1), matrix(new Float64Array(1), 1, 1), [{ blocks: 1 }]] as MatrixLike[])
      expect(isBlockSource(X)).toBe(false);
    expect(isBlockSource(null)).toBe(false);
    expect(isUploadedMatrix(uploaded(zeros(1, 1)))).toBe(true);
    expect(isUploadedMatrix(zeros(1, 1))).toBe(false);
  });
});
