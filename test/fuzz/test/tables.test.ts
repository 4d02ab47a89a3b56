import { isMixturaError } from "@mixtura/core";
import type { Table, TableOptions, TextSource } from "@mixtura/io";
import {
  csvBlockSource,
  JSONText,
  jsonBlockSource,
  keptCells,
  ndjsonBlockSource,
  readCSV,
  readJSON,
  readNDJSON,
  sniffFormat,
  writeCSV,
  writeNDJSON,
} from "@mixtura/io";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trials } from "../src/effort.ts";

/** Characters that are hard on readers: structure, spaces, marks, one to four bytes; and those that Windows-1252 has. */
const anywhere = ["a", "7", ".", "-", "=", ",", ";", "|", "\t", '"', "'", "\\", "{", "]", "\n", "\r", " ", "\u00A0"];
const western = fc.string({ unit: fc.constantFrom(...anywhere, "é", "ß", "€", "Ž", "°"), maxLength: 8 });
const unicode = fc.string({ unit: fc.constantFrom(...anywhere, "é", "—", "ж", "男", "😀", "\uFEFF", "\u0085"), maxLength: 8 });
const numberText = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
  fc.constantFrom("1.0", "1e3", "-0.0", "1E+2", "0.10", "123e-2", "1234567890123456789", "9007199254740993"),
);

const FORMATS = ["csv", "ndjson", "json"] as const;
const ENCODINGS = ["utf-8", "utf-8 with mark", "utf-16le", "utf-16be", "windows-1252"] as const;
const CP1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function encoded(text: string, encoding: (typeof ENCODINGS)[number]): Uint8Array {
  const units = Array.from({ length: text.length }, (_, k) => text.charCodeAt(k));
  switch (encoding) {
    case "utf-8":
      return new TextEncoder().encode(text);
    case "utf-8 with mark":
      return new TextEncoder().encode(`\uFEFF${text}`);
    case "utf-16le":
      return Uint8Array.from([0xfeff, ...units].flatMap((unit) => [unit & 255, unit >> 8]));
    case "utf-16be":
      return Uint8Array.from([0xfeff, ...units].flatMap((unit) => [unit >> 8, unit & 255]));
    case "windows-1252":
      return Uint8Array.from(text, (letter) => (CP1252.includes(letter) ? 128 + CP1252.indexOf(letter) : letter.charCodeAt(0)));
  }
}

const table = fc
  .record({ encoding: fc.constantFrom(...ENCODINGS), rows: fc.integer({ min: 1, max: 5 }), format: fc.constantFrom(...FORMATS) })
  .chain(({ encoding, rows, format }) => {
    const text = encoding === "windows-1252" ? western : unicode;
    const column = <T>(cell: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(cell, { minLength: rows, maxLength: rows });
    return fc.record({
      encoding: fc.constant(encoding),
      format: fc.constant(format),
      // Names that hold no number and are no word for a missing value, so that a header is found for one.
      names: fc.uniqueArray(
        text.map((name) => `n${name}n`),
        { minLength: 3, maxLength: 3 },
      ),
      x: column(fc.integer({ min: -999, max: 999 }).map((value) => value / 8)),
      ids: column(numberText),
      texts: column(text),
      delimiter: fc.constantFrom(",", ";", "\t", "|", " ", "~"),
      decimal: fc.constantFrom("." as const, "," as const),
      lineEnding: fc.constantFrom("\n" as const, "\r\n" as const),
    });
  })
  .map((given) => {
    const [x, ids, texts] = given.names as [string, string, string];
    const delimiter = given.delimiter === given.decimal ? ";" : given.delimiter;
    const columns: [string, (string | number | JSONText)[]][] = [
      [texts, given.texts],
      [x, given.x],
      [ids, given.format === "csv" ? given.ids : given.ids.map((id) => new JSONText(id))],
    ];
    const lines = given.format === "csv" ? "" : writeNDJSON(columns);
    const text =
      given.format === "csv"
        ? writeCSV(columns, { delimiter, decimal: given.decimal, lineEnding: given.lineEnding })
        : given.format === "ndjson"
          ? lines
          : `[${lines.trimEnd().split("\n").join(",\n")}]`;
    const options = {
      keep: [ids, texts],
      columns: [x],
      ...(given.encoding === "windows-1252" ? { encoding: "windows-1252" as const } : {}),
      ...(given.format === "csv" ? { decimal: given.decimal, delimiter, header: true } : {}),
    };
    return { ...given, text, options, bytes: encoded(text, given.encoding) };
  });

const READERS = { csv: readCSV, ndjson: readNDJSON, json: readJSON };
const SOURCES = { csv: csvBlockSource, ndjson: ndjsonBlockSource, json: jsonBlockSource };

/** The bytes cut at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}

describe("a table", () => {
  it("is read back with each digit and letter, in any encoding and dialect, wherever it was cut, and in blocks", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(), { maxLength: 6 }), fc.integer({ min: 1, max: 3 }), async (given, places, blockRows) => {
        const { format, options, bytes, x, ids, texts } = given;
        const read = (source: TextSource): Promise<Table> => READERS[format](source, options);

        const whole = await read(bytes);

        expect([...whole.X.data]).toStrictEqual(x);
        expect(whole.kept!.map(({ cells }) => cells)).toEqual([ids, texts]);
        expect(await read(cut(bytes, places))).toEqual(whole);
        const source = await SOURCES[format](() => cut(bytes, places), { ...options, blockRows });
        const cells: string[][] = [[], []];
        for await (const { kept } of source.blocks({})) kept!.forEach((column, k) => cells[k]!.push(...column.cells));
        expect(cells).toEqual([ids, texts]);
        expect(source.encoding).toBe(whole.encoding);
      }),
      trials(150),
    );
  });

  it("is the same for a cut at every byte, and byte by byte", async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ format, options, bytes }) => {
        const read = (source: TextSource): Promise<Table> => READERS[format](source, options);
        const whole = await read(bytes);

        for (let at = 0; at <= Math.min(bytes.length, 300); at++) expect(await read([bytes.slice(0, at), bytes.slice(at)])).toEqual(whole);
        expect(await read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
      }),
      trials(8),
    );
  });

  it("is written again as it was read: kept cells of JSON are the same JSON, and the same CSV", async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ format, options, bytes, ids, texts, names }) => {
        const { kept } = await READERS[format](bytes, options);
        const columns = kept!.map((column) => [column.name, keptCells(column)] as const);
        const expected = [
          [names[1]!, format === "csv" ? ids : ids.map((id) => new JSONText(id))],
          [names[2]!, texts],
        ] as const;

        expect(writeNDJSON(columns)).toBe(writeNDJSON(expected));
        expect(writeCSV(columns)).toBe(writeCSV([[names[1]!, ids], expected[1]]));
      }),
      trials(60),
    );
  });
});

/** JSON with blanks where they may be, and the text that it has without them. */
const json: fc.Arbitrary<{ text: string; compact: string }> = fc.letrec<{ value: { text: string; compact: string } }>((tie) => {
  const blank = fc.constantFrom("", "", " ", "\t", "\n \r");
  const atom = fc
    .oneof(
      numberText,
      unicode.map((text) => JSON.stringify(text)),
      fc.constantFrom("true", "false", "null", '"\\u00e9"', '"\\\\"', '"\\""', "[]", "{}"),
    )
    .map((text) => ({ text, compact: text }));
  const list = fc.array(fc.tuple(tie("value"), blank), { maxLength: 3 }).map((items) => ({
    text: `[${items.map(([{ text }, space]) => `${space}${text}${space}`).join(",")}]`,
    compact: `[${items.map(([{ compact }]) => compact).join(",")}]`,
  }));
  const object = fc
    .array(
      fc.tuple(
        unicode.map((key) => JSON.stringify(key)),
        tie("value"),
        blank,
      ),
      { maxLength: 3 },
    )
    .map((fields) => ({
      text: `{${fields.map(([key, { text }, space]) => `${space}${key}${space}:${space}${text}${space}`).join(",")}}`,
      compact: `{${fields.map(([key, { compact }]) => `${key}:${compact}`).join(",")}}`,
    }));
  return { value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, atom, list, object) };
}).value;

it("keeps any JSON value as it was written, but for blanks", async () => {
  const oneLine = (text: string): string => text.replaceAll(/[\r\n]/g, " "); // none is within a string, where they are escaped
  await fc.assert(
    fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 4 }), fc.boolean(), async (values, lists) => {
      const rows = values.map(({ text }, k) => (lists ? ` [ ${k} , ${text} ] ` : ` { "x" : ${k}, "v\\u0061" :${text}\n} `));
      const options: TableOptions = lists ? { columns: [1], keep: [2] } : { columns: ["x"], keep: ["va"] };
      const expected = values.map(({ compact }) => {
        const value: unknown = JSON.parse(compact);
        return typeof value === "string" ? value : value === null ? "" : compact;
      });

      const byLine = await readNDJSON(rows.map((row) => `${oneLine(row)}\n`).join(""), options);
      const list = await readJSON(`[${rows.join(",")}]`, options);
      const columns = await readJSON(`{"x":[${values.map((_, k) => k).join()}], "va" : [ ${values.map(({ text }) => text).join(" , ")}]}`, {
        columns: ["x"],
        keep: ["va"],
      });

      for (const { kept } of [byLine, list, columns]) {
        expect(kept![0]!.cells).toEqual(expected);
        const written = writeNDJSON({ v: keptCells(kept![0]!) });
        expect(
          written
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as unknown),
        ).toEqual(values.map(({ compact }) => ({ v: JSON.parse(compact) as unknown })));
      }
    }),
    trials(120),
  );
});

/** What a reading comes to: its rows and texts, or a code. */
async function outcome(reading: Promise<Table>): Promise<unknown> {
  try {
    const { X, kept, encoding, inexactColumns } = await reading;
    return { data: [...X.data], kept, encoding, inexactColumns };
  } catch (error) {
    if (isMixturaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.array(fc.constantFrom(0x31, 0x2c, 0x3b, 0x0a, 0x22, 0x61, 0xc3, 0xa9, 0xe4, 0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x80, 0xf0, 0x5b, 0x7b, 0x7d, 0x3a, 0), { maxLength: 40 }).map((list) => Uint8Array.from(list)), // prettier-ignore
  // A table with some of its bytes replaced.
  fc
    .tuple(table, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }))
    .map(([{ bytes: sound }, damages]) => {
      const damaged = sound.slice();
      for (const [place, byte] of damages) damaged[place % damaged.length] = byte;
      return damaged;
    }),
);

it("makes a table or a typed error of any bytes, the same wherever they are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.constantFrom(...FORMATS),
      fc.constantFrom("auto", "utf-8", "windows-1252", "utf-16le", "utf-16be"),
      fc.array(fc.nat(), { maxLength: 4 }),
      async (given, format, encoding, places) => {
        const read = (source: TextSource): Promise<unknown> =>
          outcome(READERS[format](source, { encoding: encoding as "auto", keep: "all", missing: "drop" }));
        const whole = await read(given);

        expect(await read(cut(given, places))).toEqual(whole);
        expect(await read(Array.from(given, (byte) => Uint8Array.of(byte)))).toEqual(whole);
        expect(FORMATS).toContain(sniffFormat(given));
        // A replacement character is there only where the bytes spell one.
        if (encoding === "auto" && !(given.includes(0xef) || given.includes(0xff) || given.includes(0xfe)))
          expect(JSON.stringify(whole)).not.toContain("\uFFFD");
      },
    ),
    trials(500),
  );
});
