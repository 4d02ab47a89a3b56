import type { CSVCell } from "../src/internal.ts";
import { csvBlockSource, csvText, readCSV, writeCSV } from "../src/index.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const seed = 20261122;

/** Text that is hard on a CSV reader: structure, spaces, marks, characters of one to four bytes. */
const hardText = fc.string({
  unit: fc.constantFrom("a", "7", ".", "-", ",", ";", "|", "\t", '"', "\n", "\r", " ", "é", "—", "😀", "\uFEFF"),
  maxLength: 8,
});
const names = (count: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(
    hardText.map((text) => `n${text}`),
    { minLength: count, maxLength: count },
  );
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(-0));

const table = fc
  .record({ rows: fc.integer({ min: 1, max: 6 }), numeric: fc.integer({ min: 1, max: 4 }), textual: fc.integer({ min: 0, max: 3 }) })
  .chain(({ rows, numeric, textual }) =>
    fc.record({
      names: names(numeric + textual),
      numbers: fc.array(fc.array(number, { minLength: rows, maxLength: rows }), { minLength: numeric, maxLength: numeric }),
      texts: fc.array(fc.array(hardText, { minLength: rows, maxLength: rows }), { minLength: textual, maxLength: textual }),
      lineEnding: fc.constantFrom("\n", "\r\n"),
      delimiter: fc.constantFrom(",", ";", "\t", "|"),
    }),
  )
  .map((given) => {
    const columns: [string, CSVCell[]][] = [...given.texts, ...given.numbers].map((cells, index) => [given.names[index]!, cells]);
    const text = writeCSV(columns, { lineEnding: given.lineEnding as "\n", delimiter: given.delimiter });
    return { ...given, text, textNames: given.names.slice(0, given.texts.length), numberNames: given.names.slice(given.texts.length) };
  });

/** The bytes cut at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}

describe("any table", () => {
  it("reads back equal, to the bit, with names, delimiter and header found", async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ text, numbers, texts, textNames, numberNames }) => {
        const back = await readCSV(text, { keep: textNames, header: true });

        expect(back.X.featureNames).toEqual(numberNames);
        numberNames.forEach((_, j) => {
          const column = Array.from({ length: back.X.rows }, (__, i) => back.X.data[i * back.X.columns + j]);
          expect(column).toStrictEqual(numbers[j]); // toStrictEqual tells -0 from 0
        });
        expect((back.kept ?? []).map(({ cells }) => cells)).toEqual(texts);
      }),
      { seed, numRuns: 400 },
    );
  });

  it("reads the same however its bytes are cut, within characters and quotes too", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(), { maxLength: 12 }), async ({ text, textNames }, places) => {
        const options = { keep: textNames, header: true } as const;
        const bytes = new TextEncoder().encode(text);

        const whole = await readCSV(text, options);

        expect(await readCSV(cut(bytes, places), options)).toEqual(whole);
        expect(await readCSV(bytes.length < 200 ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : bytes, options)).toEqual(whole);
        expect(await readCSV(text.split(""), options)).toEqual(whole); // splits surrogate pairs
        expect(await readCSV(new Blob([text]), options)).toEqual(whole);
      }),
      { seed, numRuns: 200 },
    );
  });

  it("gives the same rows in blocks of any size, in every walk", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 4 }), async ({ text, textNames }, blockRows) => {
        const options = { keep: textNames, header: true } as const;
        const whole = await readCSV(text, options);
        const source = await csvBlockSource(() => text, { ...options, blockRows });

        for (let walk = 0; walk < 2; walk++) {
          const data: number[] = [];
          const cells: string[][] = textNames.map(() => []);
          for await (const block of source.blocks({})) {
            data.push(...block.X.data);
            block.kept?.forEach((column, k) => cells[k]!.push(...column.cells));
          }
          expect(data).toStrictEqual([...whole.X.data]);
          expect(cells).toEqual((whole.kept ?? []).map((column) => column.cells));
        }
        expect(source.rows).toBe(whole.X.rows);
      }),
      { seed, numRuns: 100 },
    );
  });

  it("is written the same in pieces as at once", async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ names: header, numbers, texts }) => {
        const columns = [...texts, ...numbers].map((cells, index): [string, CSVCell[]] => [header[index]!, cells]);
        const pieces = columns[0]![1].map((_, row) => columns.map(([name, cells]): [string, CSVCell[]] => [name, [cells[row]]]));

        let text = "";
        for await (const piece of csvText(pieces)) text += piece;

        expect(text).toBe(writeCSV(columns));
      }),
      { seed, numRuns: 100 },
    );
  });
});

it("answers any text at all with a table or a typed error", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(hardText, fc.string({ unit: fc.constantFrom("1", ",", "\n", '"', "a", "\r"), maxLength: 40 })),
      async (text) => {
        const outcome: unknown = await readCSV(text).catch((error: unknown) => error);

        const rows = (outcome as { X?: { rows: number } }).X?.rows;
        const code = (outcome as { code?: string }).code;
        expect(rows === undefined ? ["read-error", "not-finite"].includes(code ?? "") : rows > 0).toBe(true);
      },
    ),
    { seed, numRuns: 2000 },
  );
});
