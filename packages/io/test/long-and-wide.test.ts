import { readCSV, readJSON, readNDJSON, writeCSV, writeNDJSON } from "../src/index.ts";
import { readText } from "../src/json/read.ts";
import { startProcessorTime } from "@mixtura/fixtures/clock";
import { describe, expect, it } from "vitest";

/** The milliseconds of work that a call takes. */
async function workOf(call: () => Promise<unknown>): Promise<number> {
  const spent = startProcessorTime();
  await call();
  return spent();
}

describe("work grows with what is read, not with its square (#16)", () => {
  function* inPieces(start: string, piece: string, count: number, end: string): Generator<Uint8Array> {
    const bytes = new TextEncoder().encode(piece);
    yield new TextEncoder().encode(start);
    for (let k = 0; k < count; k++) yield bytes;
    yield new TextEncoder().encode(end);
  }
  const piece = "abcdefgh".repeat(128); // 1 KiB

  it.each<[string, (pieces: number) => Promise<unknown>]>([
    ["a quoted field", (count) => readCSV(inPieces('a,b\n1,"', piece, count, '"\n'), { keep: ["b"], delimiter: "," })],
    ["a row of many fields", (count) => readCSV(inPieces("1", ",1234567".repeat(128), count, "\n"), { delimiter: "," })],
    ["a line of NDJSON", (count) => readNDJSON(inPieces('{"a":1,"b":"', piece, count, '"}\n'), { columns: ["a"] })],
    ["a text of JSON", (count) => readJSON(inPieces('[{"a":1,"b":"', piece, count, '"}]'), { columns: ["a"] })],
  ])("%s that comes in small pieces", async (_, read) => {
    await read(1000);
    const [few, many] = [await workOf(() => read(4000)), await workOf(() => read(32_000))];

    // Eight times as much takes about eight times as long, 64 times where everything is moved for each piece. Half way, and what a timer and the collector cost.
    expect(many).toBeLessThan(22 * few + 100);
  });

  it("20,000 columns, chosen by name", async () => {
    const names = Array.from({ length: 20_000 }, (_, column) => `column ${column}`);
    const text = `${names.join(",")}\n${names.map(() => 1).join(",")}\n`;
    const shuffled = names.toReversed();
    await readCSV(text, { columns: names.slice(0, 100) });

    const plain = await workOf(() => readCSV(text));
    const chosen = await workOf(() =>
      readCSV(text, { columns: shuffled.slice(0, 9000), drop: shuffled.slice(9000, 14_000), keep: shuffled.slice(14_000) }),
    );

    // Three maps and sets of names next to the reading itself; 10 s where each name was looked for in a list.
    expect(chosen).toBeLessThan(10 * plain + 200);
  });
});

describe("sizes beyond what engines hold are refused (#16)", () => {
  it("more fields than a row has", async () => {
    const many = 2 ** 23 + 1;

    for (const reading of [readCSV(`${"1,".repeat(many - 1)}1\n`), readNDJSON(`[${"1,".repeat(many - 1)}1]\n`)])
      await expect(reading).rejects.toMatchObject({ code: "read-error", message: /a row has more than 8388608 fields/ });
  });

  it("a text of JSON that is longer than a text can be", async () => {
    const source = { encoding: "auto", name: "the JSON text" } as const;

    await expect(readText(() => ["[1,", "2]"], source, undefined, 4)).rejects.toMatchObject({
      code: "read-error",
      message: /^the JSON text: the text is longer than 4 characters.*NDJSON/,
    });
    expect((await readText(() => ["[1,", "2]"], source, undefined, 5)).text).toBe("[1,2]");
  });

  it("a matrix or a column that says that it is longer than it is", () => {
    const matrix = { data: Float64Array.of(1, 2), rows: 1e9, columns: 2 };

    for (const write of [writeCSV, writeNDJSON]) {
      expect(() => write(matrix)).toThrow(expect.objectContaining({ code: "invalid-shape" }));
      expect(() => write({ a: { length: 1e9 } })).toThrow(expect.objectContaining({ code: "invalid-shape" }));
      expect(() => write({ a: { length: -1 } })).toThrow(expect.objectContaining({ code: "invalid-shape" }));
    }
  });
});
