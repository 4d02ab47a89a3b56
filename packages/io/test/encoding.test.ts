import { csvBlockSource, readCSV, readJSON, readNDJSON, sniffFormat } from "../src/index.ts";
import { ToUTF8 } from "../src/text/to-utf8.ts";
import { describe, expect, it } from "vitest";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf16 = (text: string, littleEndian: boolean): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: text.length }, (_, k) => text.charCodeAt(k)).flatMap((unit) =>
      littleEndian ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255],
    ),
  );
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const byByte = (bytes: Uint8Array): Uint8Array[] => Array.from(bytes, (byte) => Uint8Array.of(byte));
const halves = (bytes: Uint8Array): Uint8Array[][] =>
  Array.from({ length: bytes.length + 1 }, (_, at) => [bytes.slice(0, at), bytes.slice(at)]);

const text = "Größe,name\n1,José 😀\n2,Josè\n";
const western = text.replace(" 😀", " €");
const cp1252 = Uint8Array.from(western, (letter) => (letter === "€" ? 0x80 : letter.charCodeAt(0)));

describe("the encoding of a text (#16)", () => {
  it.each([
    ["UTF-8", utf8(text), text, { encoding: "utf-8", byteOrderMark: false }],
    ["UTF-8 with its mark", joined(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(text)), text, { encoding: "utf-8", byteOrderMark: true }],
    ["UTF-16, low byte first", joined(Uint8Array.of(0xff, 0xfe), utf16(text, true)), text, { encoding: "utf-16le", byteOrderMark: true }],
    ["UTF-16, high byte first", joined(Uint8Array.of(0xfe, 0xff), utf16(text, false)), text, { encoding: "utf-16be", byteOrderMark: true }],
    ["Windows-1252", cp1252, western, { encoding: "windows-1252", byteOrderMark: false }],
  ])("is found and said, wherever the bytes are cut: %s", async (_, bytes, expected, form) => {
    const options = { keep: ["name"] };
    const whole = await readCSV(expected, options);

    for (const pieces of [[bytes], byByte(bytes), ...halves(bytes)]) {
      const table = await readCSV(pieces, options);
      expect(table).toEqual({ ...whole, ...form });
    }
  });

  it("is never guessed where bytes may be something else: names are not replaced in silence", async () => {
    const cyrillic = Uint8Array.of(...latin1("a,b\n1,"), 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 10); // "Привет" in Windows-1251
    const chinese = Uint8Array.of(...latin1("a,b\n1,"), 0xc4, 0xd0, 10); // "男" in GBK
    const late = joined(utf8("a,b\n1,é\n"), latin1("2,é\n")); // UTF-8 that is none any more

    for (const bytes of [cyrillic, chinese, late])
      await expect(readCSV(bytes, { keep: ["b"] })).rejects.toMatchObject({ code: "read-error", message: /is not UTF-8.*windows-1252/ });
    await expect(readCSV(late, { keep: ["b"] })).rejects.toThrow('the CSV text: byte 12 (0xe9, after "2,") is not UTF-8.');
  });

  it("is what the option says, unless a mark says otherwise", async () => {
    const options = { keep: [1], header: false } as const;
    const cells = async (bytes: Uint8Array, encoding: "latin1" | "utf-16be" | "utf-8"): Promise<readonly string[]> =>
      (await readCSV(bytes, { ...options, encoding })).kept![0]!.cells;

    expect(await cells(Uint8Array.of(0xc4, 0xd6, 0xdc, 0x93, 0x81, 44, 49), "latin1")).toEqual(["ÄÖÜ“\u0081"]);
    expect(await cells(utf16("Ж,1", false), "utf-16be")).toEqual(["Ж"]);
    expect(await cells(utf8("\uFEFFÄ,1"), "latin1")).toEqual(["Ä"]);
    await expect(cells(latin1("Ä,1"), "utf-8")).rejects.toMatchObject({ code: "read-error" });
  });

  it.each([
    ["NDJSON", readNDJSON, '{"größe":1,"name":"José"}\n'],
    ["JSON", readJSON, '[{"größe":1,"name":"José"}]'],
  ])("is found for %s, too, and a mark that a stream cuts is one", async (_, read, source) => {
    const options = { keep: ["name"] };
    const whole = await read(source, options);

    expect(await read(latin1(source), options)).toEqual({ ...whole, encoding: "windows-1252" });
    for (const pieces of halves(utf8(`\uFEFF${source}`))) expect(await read(pieces, options)).toEqual({ ...whole, byteOrderMark: true });
    for (const pieces of halves(joined(Uint8Array.of(0xff, 0xfe), utf16(source, true))))
      expect(await read(pieces, options)).toMatchObject({ kept: whole.kept, encoding: "utf-16le" });
  });

  it("is known of blocks once they were walked", async () => {
    const late = joined(latin1(`a,b\n${"1,x\n".repeat(100_000)}`), latin1("1,Köln\n"));
    const source = await csvBlockSource(() => late, { keep: ["b"] });
    expect(source.encoding).toBe("utf-8"); // ASCII so far

    let last: string | undefined;
    for await (const { kept } of source.blocks({})) last = kept![0]!.cells.at(-1);

    expect(last).toBe("Köln");
    expect(source.encoding).toBe("windows-1252");
  });

  it.each([
    ["half a surrogate pair in a text", ["a,b\n1,\ud83d", "\n"]],
    ["half a surrogate pair in UTF-16", [Uint8Array.of(0xff, 0xfe, 0x31, 0, 0x3d, 0xd8)]],
    ["text after half a character", [Uint8Array.of(0x31, 0xc3), "x"]],
    ["bytes after half a pair", ["1\ud83d", Uint8Array.of(0x31)]],
    ["an overlong form", [Uint8Array.of(0xc3, 0xa9, 0xc0, 0xaf)]],
    ["a surrogate in UTF-8", [Uint8Array.of(0xc3, 0xa9, 0xed, 0xa0, 0x80)]],
    ["more than Unicode has", [Uint8Array.of(0xc3, 0xa9, 0xf4, 0x90, 0x80, 0x80)]],
  ])("refuses %s", async (_, pieces) => {
    await expect(readCSV(pieces, { header: false, keep: "all" })).rejects.toMatchObject({ code: "read-error" });
  });

  it("agrees with the engine's own strict decoder on sequences of three and four bytes after a character, byte by byte", async () => {
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const interesting = [0x30, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf3, 0xf4, 0xf5, 0xff]; // prettier-ignore
    const sequences = interesting.flatMap((a) => interesting.flatMap((b) => interesting.flatMap((c) => [[a, b, c], [a, b, c, 0x80], [a, b, c, 0xbf]]))); // prettier-ignore

    const decoded = (decode: () => string): string | undefined => {
      try {
        return decode();
      } catch {
        return undefined;
      }
    };
    const wrong = sequences.filter((sequence) => {
      const bytes = Uint8Array.of(0xc3, 0xa9, ...sequence);
      const found = decoded(() => {
        const converter = new ToUTF8("auto", "it");
        return (
          [...bytes].map((byte) => strict.decode(converter.bytes(Uint8Array.of(byte)).slice())).join("") + strict.decode(converter.end())
        );
      });
      return found !== decoded(() => strict.decode(bytes));
    });
    expect(wrong).toEqual([]);
  });
});

it("knows the format of UTF-16 by its first bytes", () => {
  const marked = (source: string): Uint8Array => joined(Uint8Array.of(0xff, 0xfe), utf16(source, true));

  expect(sniffFormat(marked('{"a":1}\n{"a":2}\n'))).toBe("ndjson");
  expect(sniffFormat(joined(Uint8Array.of(0xfe, 0xff), utf16("[1]", false)))).toBe("json");
  expect(sniffFormat(marked("a,b\n"))).toBe("csv");
});
