import type { TableOptions } from "../src/index.ts";
import { ndjsonBlockSource, ndjsonText, readNDJSON, writeNDJSON } from "../src/index.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const seed = 20261122;

describe("readNDJSON", () => {
  it("finds fields by name, in any order, and passes over blank lines, CR and a byte order mark", async () => {
    const { X, header, rows } = await readNDJSON('\uFEFF{"a":1,"b":2}\r\n\n  \n{"b":4,"a":3}');

    expect(X).toMatchObject({ rows: 2, columns: 2, featureNames: ["a", "b"] });
    expect([...X.data]).toEqual([1, 2, 3, 4]);
    expect({ header, rows }).toEqual({ header: ["a", "b"], rows: 2 });
  });

  it("takes lists of numbers as rows without names", async () => {
    const { X, header } = await readNDJSON("[1,2]\n[3,4]\n", { columns: [2, 1] });

    expect([...X.data]).toEqual([2, 1, 4, 3]);
    expect(header).toBeUndefined();
  });

  it("knows a field that only a later row brings, and calls it missing where a row lacks it", async () => {
    const text = '{"a":1}\n{"a":2,"b":5}\n{"a":3,"b":null}\n{"a":4,"b":7}\n';

    await expect(readNDJSON(text)).rejects.toMatchObject({
      code: "not-finite",
      message:
        'the NDJSON text: row 1 (line 1), column "b" is missing (found ""). Pass missing: "drop" to leave such rows out, or fill in the value.',
    });
    const { X, dropped, rowIndices } = await readNDJSON(text, { missing: "drop" });
    expect([...X.data]).toEqual([2, 5, 4, 7]);
    expect(dropped).toEqual({ count: 2, lines: [1, 3] });
    expect(rowIndices).toEqual(Int32Array.of(1, 3));
  });

  it("hands on texts, numbers and nested values as text, and reads weights", async () => {
    const text = '{"id":"x","n":2,"v":1.5,"tags":["a",1]}\n{"id":7,"n":1,"v":-0,"tags":null}\n';

    const { kept, sampleWeight, X } = await readNDJSON(text, { keep: ["id", "tags"], weightColumn: "n" });

    expect(kept).toEqual([
      { name: "id", cells: ["x", "7"], bare: [false, true] },
      { name: "tags", cells: ['["a",1]', ""], bare: [true, true] },
    ]);
    expect(sampleWeight).toEqual(Float64Array.of(2, 1));
    expect([...X.data]).toStrictEqual([1.5, -0]);
  });

  it("passes over fields that were not asked for, wherever they appear", async () => {
    const text = `${'{"a":1}\n'.repeat(150)}{"a":2,"new":"x"}\n`;

    expect((await readNDJSON(text, { columns: ["a"] })).X.rows).toBe(151);
    expect(await readNDJSON(text)).toMatchObject({
      rows: 151,
      X: { columns: 1 },
      remarks: [{ code: "late-fields", columns: ["new"], message: 'The field "new" is not in the first rows and was left out.' }],
    });
  });

  it.each<[what: string, text: string, code: string, message: RegExp, options?: TableOptions]>([
    ["nothing", "\n \n", "read-error", /there are no rows/],
    ["a line that is not JSON", '{"a":1}\n{"a":\n', "read-error", /^the NDJSON text: row 2 \(line 2\) is not JSON/],
    ["NaN, as Python writes it", '{"a":1}\n\n{"a":NaN}\n', "read-error", /row 2 \(line 3\) is not JSON.*write null/],
    ["a list over several lines", '[\n{"a":1}\n]\n', "read-error", /read it as json/],
    ["a number for a row", "7\n", "read-error", /row 1 \(line 1\) is a number/],
    ["null for a row", "null\n", "read-error", /row 1 \(line 1\) is null/],
    ["nothing but text", '{"a":"x","b":"y"}\n', "read-error", /no column holds numbers: "a", "b" are text/],
    [
      "a number in quotes that was asked for",
      '{"a":"12"}\n',
      "not-finite",
      /row 1 \(line 1\), column "a" is not a number \(found "12"\).*without quotes/,
      { columns: ["a"] },
    ],
    ["a nested object that was asked for", '{"a":{"b":1}}\n', "not-finite", /column "a" is not a number/, { columns: ["a"] }],
    ["a number too large for a double", '{"a":1e999}\n', "not-finite", /column "a" is not finite/],
    ["lists of different length", "[1,2]\n[3]\n", "read-error", /row 2 \(line 2\) is a list of 1, the first row is a list of 2/],
    ["an object after lists", '[1]\n{"a":1}\n', "read-error", /is an object, the first row is a list/],
    ["a field that is not there", '{"height":1}\n', "invalid-option", /Did you mean "height"/, { columns: ["heigth"] }],
    ["a weight below zero", '{"a":1,"w":-1}\n', "invalid-weight", /column "w" is not a weight/, { weightColumn: "w" }],
    [
      "names that every object inherits",
      '{"toString":"x"}\n',
      "not-finite",
      /column "toString" is not a number/,
      { columns: ["toString"] },
    ],
    ["UTF-16", "\u0000{", "read-error", /not text/],
  ])("refuses %s", async (_, text, code, message, options) => {
    await expect(readNDJSON(text, options)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it("does not take what objects inherit for fields", async () => {
    const { X } = await readNDJSON('{"__proto__":1,"constructor":2}\n{"__proto__":3,"constructor":4}\n');

    expect(X.featureNames).toEqual(["__proto__", "constructor"]);
    expect([...X.data]).toEqual([1, 2, 3, 4]);
  });
});

const cell = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(-0));
const table = fc.record({ rows: fc.integer({ min: 1, max: 6 }), numeric: fc.integer({ min: 1, max: 4 }) }).chain(({ rows, numeric }) =>
  fc.record({
    names: fc.uniqueArray(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }).map((name) => `n${name}`),
      { minLength: numeric + 1, maxLength: numeric + 1 },
    ),
    numbers: fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), { minLength: numeric, maxLength: numeric }),
    texts: fc.array(fc.string({ unit: "grapheme", maxLength: 6 }), { minLength: rows, maxLength: rows }),
  }),
);

it("reads any table back to the bit, however its bytes are cut and in blocks of any size", async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.integer({ min: 1, max: 3 }),
      async ({ names, numbers, texts }, places, blockRows) => {
        const [textName, ...numberNames] = names;
        const text = writeNDJSON([[textName!, texts], ...numbers.map((cells, j): [string, number[]] => [numberNames[j]!, cells])]);
        const bytes = new TextEncoder().encode(text);
        const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
        const options = { keep: [textName!] };

        const whole = await readNDJSON(text, options);
        const cut = await readNDJSON(
          cuts.slice(1).map((end, index) => bytes.slice(cuts[index], end)),
          options,
        );

        expect(cut).toEqual(whole);
        expect(whole.kept![0]!.cells).toEqual(texts);
        numberNames.forEach((_, j) => {
          expect(Array.from({ length: whole.X.rows }, (__, i) => whole.X.data[i * numbers.length + j])).toStrictEqual(numbers[j]);
        });
        const source = await ndjsonBlockSource(() => text, { ...options, blockRows });
        for (let walk = 0; walk < 2; walk++) {
          const data: number[] = [];
          for await (const { X } of source.blocks({})) data.push(...X.data);
          expect(data).toStrictEqual([...whole.X.data]);
        }
      },
    ),
    { seed, numRuns: 200 },
  );
});

it("answers any text at all with a table or a typed error", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom("{", "}", "[", "]", '"', "a", ":", ",", "1", "\n", "-", " "), maxLength: 30 }),
      async (text) => {
        const outcome: unknown = await readNDJSON(text).catch((error: unknown) => error);

        const rows = (outcome as { X?: { rows: number } }).X?.rows;
        const code = (outcome as { code?: string }).code;
        expect(rows === undefined ? ["read-error", "not-finite", "invalid-option"].includes(code ?? "") : rows > 0).toBe(true);
      },
    ),
    { seed, numRuns: 1000 },
  );
});

it("writes NDJSON in pieces as at once, lists where there are no names", async () => {
  let text = "";
  for await (const piece of ndjsonText([{ a: [1, NaN] }, { a: [3n, "x"] }])) text += piece;

  expect(text).toBe('{"a":1}\n{"a":null}\n{"a":"3"}\n{"a":"x"}\n');
  expect(writeNDJSON({ data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2 })).toBe("[1,2]\n[3,4]\n");
  const wrong = ndjsonText([{ a: [1] }, { b: [1] }]);
  await wrong.next();
  await expect(wrong.next()).rejects.toMatchObject({ code: "feature-mismatch" });
});

it("rejects a reading that is aborted while its stream hangs", async () => {
  const controller = new AbortController();
  const hanging = new ReadableStream<string>({ start: (stream) => stream.enqueue('{"a":1}\n') });
  const reading = readNDJSON(hanging, {}, { signal: controller.signal });

  controller.abort();

  await expect(reading).rejects.toMatchObject({ code: "aborted" });
});
