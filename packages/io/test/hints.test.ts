import { isMixturaError } from "@mixtura/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CSVOptions } from "../src/index.ts";
import { csvBlockSource, readCSV } from "../src/index.ts";

const SEED = 20261201;

/** The options that the sentences of an error advise, each on its own. */
function advised(message: string): CSVOptions[] {
  return [...message.matchAll(/pass ((?:\w+: (?:"(?:[^"\\]|\\.)*"|\[(?:"(?:[^"\\]|\\.)*"(?:, )?)+\]|\w+)(?: and )?)+)/gi)].map(
    ([, list]) => {
      const given: Record<string, unknown> = {};
      for (const [, name, value] of list!.matchAll(/(\w+): ("(?:[^"\\]|\\.)*"|\[(?:"(?:[^"\\]|\\.)*"(?:, )?)+\]|\w+)/g))
        given[name!] = JSON.parse(value!);
      return given;
    },
  );
}

const failureOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "",
    (error: unknown) => {
      if (!isMixturaError(error)) throw error;
      return error.message;
    },
  );

const cell = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -50, max: 99_999 }).map(String) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 999 }).map((value) => `${value},5`) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 999 }).map((value) => `${value}.25`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "word",
      "n/k",
      "x y",
      "1,234",
      "1,234,567",
      "1.234,5",
      "5 %",
      "$7",
      "yes",
      "",
      "NA",
      "-",
      "inf",
      "#1",
      'a"b',
      "1e999",
    ),
  },
);

const table = fc.record({
  header: fc.boolean(),
  rows: fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 9 })),
  delimiter: fc.constantFrom(",", ";", "\t", "|", " "),
  quotes: fc.boolean(),
  before: fc.array(fc.constantFrom("Report of March", "# note", "", "a title; with marks, and more"), { maxLength: 2 }),
  after: fc.array(fc.constantFrom("Total,1", "7", "1,2,3,4,5", "checked by hand"), { maxLength: 1 }),
  spoiled: fc.option(fc.nat(8)),
});

const options = fc.record(
  {
    delimiter: fc.constantFrom(",", ";", "tab", "auto"),
    header: fc.constantFrom(true, false, "auto" as const),
    decimal: fc.constantFrom("." as const, "auto" as const),
    missing: fc.constantFrom("error" as const, "drop" as const),
    skipRows: fc.constantFrom(0, 1),
  },
  { requiredKeys: [] },
);

function written({
  header,
  rows,
  delimiter,
  quotes,
  before,
  after,
  spoiled,
}: typeof table extends fc.Arbitrary<infer T> ? T : never): string {
  const text = (value: string): string =>
    quotes || value.includes(delimiter) || value.includes('"') ? `"${value.replaceAll('"', '""')}"` : value;
  const lines = rows.map((row, index) => (index === spoiled ? [...row, "9"] : row).map(text).join(delimiter));
  const names = header ? [rows[0]!.map((_, column) => `c${column}`).join(delimiter)] : [];
  return `${[...before, ...names, ...lines, ...after].join("\n")}\n`;
}

describe("what an error advises works (#17)", () => {
  it("for small tables with all that goes wrong in them", async () => {
    let hints = 0;
    await fc.assert(
      fc.asyncProperty(table, options, async (made, given) => {
        const text = written(made);
        for (const advice of advised(await failureOf(readCSV(text, given)))) {
          hints++;
          expect(await failureOf(readCSV(text, { ...given, ...advice }))).toBe("");
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
    expect(hints).toBeGreaterThan(50);
  });

  it.each<[what: string, text: string, given: CSVOptions, advice: CSVOptions]>([
    ["lines before a table", "Report\nof March\na,b\n1,2\n3,4\n5,6\n7,8\n", { delimiter: "," }, { skipRows: 2 }],
    ["a decimal comma where points were asked for", "a;b\n1,5;2\n2,5;3\n", { decimal: ".", columns: ["a", "b"] }, { decimal: "," }],
    ["another delimiter", "a;b\n1;2\n3;4\n", { delimiter: "," }, { delimiter: ";" }],
    ["names of numbers", "1,x\n2,3\n4,5\n6,7\n", { header: false }, { header: true }],
    ["a mark for what is missing", "a,b\n1,2\nk.A.,3\n4,5\n", {}, { na: ["k.A."], missing: "drop" }],
    ["a missing cell", "a,b\n1,2\n,3\n4,5\n", {}, { missing: "drop" }],
    ["groups that show late", `a;b\n${"1,234;1\n".repeat(20_000)}1,234,567;1\n`, {}, { thousands: "," }],
  ])("%s", async (_, text, given, advice) => {
    const found = advised(await failureOf(readCSV(text, given)));

    expect(found).toContainEqual(advice);
    for (const one of found) expect(await failureOf(readCSV(text, { ...given, ...one }))).toBe("");
  });

  it("late in a file that is read in blocks", async () => {
    const text = `a,b\n${"1,2\n".repeat(40_000)}word,3\n`;
    const walk = async (given: CSVOptions): Promise<void> => {
      for await (const _ of (await csvBlockSource(() => text, given)).blocks({}));
    };
    const found = advised(await failureOf(walk({})));

    expect(found).toContainEqual({ na: ["word"], missing: "drop" });
    for (const advice of found) expect(await failureOf(walk(advice))).toBe("");
  });
});
