import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { hasChromium, inChromium } from "@mixtura/fixtures/browser";
import { isBuilt, playgroundSite, whenBuilt } from "@mixtura/fixtures/built";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Playground, Workbench } from "./bench.ts";
import { openPlayground } from "./bench.ts";

const packed = (name: string): Buffer => readFileSync(join(import.meta.dirname, "../../../../packages/io/test/packed", name));

/** Rows of two groups: numbers that are no counters, the same in every run. */
const value = (i: number, j: number): number => (i % 2) * 4 + Math.sin(12.9898 * i + 78.233 * j);
const rows = (n: number, d: number, cell: (i: number, j: number) => number | string = (i, j) => value(i, j).toFixed(3)): string[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: d }, (_, j) => String(cell(i, j))));
const names = (d: number): string[] => ["x", "y", "z", ...Array.from({ length: Math.max(0, d - 3) }, (_, j) => `c${j}`)].slice(0, d);
const text = (lines: readonly (readonly string[])[], delimiter = ",", end = "\n"): string =>
  lines.map((line) => line.join(delimiter) + end).join("");
const table = (n: number, d: number, cell?: (i: number, j: number) => number | string): string => text([names(d), ...rows(n, d, cell)]);
const utf16 = (content: string): Buffer => Buffer.from(`\uFEFF${content}`, "utf16le");

interface OddFile {
  readonly what: string;
  readonly name: string;
  readonly content: string | Buffer;
  /** "40 × 2" as the status has it; absent: the file is refused. */
  readonly size?: string;
  /** What is said of it next to the control. */
  readonly says?: RegExp;
  /** What the axes are called. */
  readonly axes?: readonly [string, string];
}

const opened: readonly OddFile[] = [
  { what: "two columns", name: "two.csv", content: table(40, 2), size: "40 × 2", axes: ["x", "y"] },
  { what: "three columns", name: "three.csv", content: table(40, 3), size: "40 × 3", axes: ["x", "y"] },
  {
    what: "decimal commas and semicolons",
    name: "komma.csv",
    content: table(40, 2).replaceAll(",", ";").replaceAll(".", ","),
    size: "40 × 2",
    says: /decimal commas/,
    axes: ["x", "y"],
  },
  { what: "semicolons and points", name: "semicolon.csv", content: table(40, 2).replaceAll(",", ";"), size: "40 × 2", axes: ["x", "y"] },
  { what: "tabs", name: "tabs.tsv", content: table(40, 2).replaceAll(",", "\t"), size: "40 × 2", axes: ["x", "y"] },
  {
    what: "a byte order mark and CRLF",
    name: "bom.csv",
    content: `\uFEFF${table(40, 2).replaceAll("\n", "\r\n")}`,
    size: "40 × 2",
    axes: ["x", "y"],
  },
  { what: "UTF-16", name: "utf16.csv", content: utf16(table(40, 2)), size: "40 × 2", axes: ["x", "y"] },
  {
    what: "Latin-1",
    name: "latin1.csv",
    content: Buffer.from(table(40, 2).replace("x,y", "größe,höhe"), "latin1"),
    size: "40 × 2",
    says: /Windows-1252/,
    axes: ["größe", "höhe"],
  },
  { what: "no header", name: "headerless.csv", content: text(rows(40, 2)), size: "40 × 2", axes: ["column 1", "column 2"] },
  { what: "one column", name: "one-column.csv", content: table(40, 1), size: "40 × 1" },
  {
    what: "a constant column",
    name: "constant.csv",
    content: table(40, 3, (i, j) => (j === 1 ? 5 : value(i, j).toFixed(3))),
    size: "40 × 3",
    axes: ["x", "y"],
  },
  { what: "500 columns", name: "wide.csv", content: table(300, 500), size: "300 × 500", axes: ["x", "y"] },
  {
    what: "24 columns of text",
    name: "texts.csv",
    content: text([
      ["x", "y", ...Array.from({ length: 24 }, (_, j) => `t${j}`)],
      ...rows(40, 26, (i, j) => (j < 2 ? value(i, j).toFixed(3) : `word${j === 20 ? i % 2 : i}`)),
    ]),
    size: "40 × 2",
    says: /columns of text: t0, .*t23\. “t18” is shown as known groups/,
    axes: ["x", "y"],
  },
  {
    what: "dates, which are no groups",
    name: "dates.csv",
    content: text([
      ["day", "x", "y"],
      ...rows(28, 3, (i, j) => (j === 0 ? `2024-02-${String(i + 1).padStart(2, "0")}` : value(i, j).toFixed(3))),
    ]),
    size: "28 × 2",
    says: /"day" holds dates and was left out/,
    axes: ["x", "y"],
  },
  {
    what: "missing cells",
    name: "gaps.csv",
    content: table(40, 2, (i, j) => (i === 3 && j === 1 ? "" : i === 9 && j === 0 ? "NA" : value(i, j).toFixed(3))),
    size: "38 × 2",
    says: /2 rows lack a value and were left out/,
  },
  {
    what: "a column of 1e-320",
    name: "denormal.csv",
    content: table(40, 2, (i, j) => (j === 0 ? `${1 + (i % 7)}e-320` : value(i, j).toFixed(3))),
    size: "40 × 2",
    axes: ["x", "y"],
  },
  {
    what: "means of 1e300",
    name: "huge.csv",
    content: table(40, 3, (i, j) => (j === 0 ? `${(1 + value(i, j) / 10).toFixed(3)}e300` : value(i, j).toFixed(3))),
    size: "40 × 3",
    axes: ["x", "y"],
  },
  {
    what: "two columns of one name",
    name: "twins.csv",
    content: text([["x", "x"], ...rows(40, 2)]),
    size: "40 × 2",
    says: /"x".*"x_2"/,
    axes: ["x", "x_2"],
  },
  {
    what: "quoted line breaks",
    name: "quoted.csv",
    content: text([["x", "y", "note"], ...rows(40, 3, (i, j) => (j === 2 ? `"line ${i}\nand, more"` : value(i, j).toFixed(3)))]),
    size: "40 × 2",
    says: /a column of text: note/,
    axes: ["x", "y"],
  },
  {
    what: "NDJSON",
    name: "rows.ndjson",
    content: rows(40, 2)
      .map(([x, y]) => `{"x":${x},"y":${y}}\n`)
      .join(""),
    size: "40 × 2",
    axes: ["x", "y"],
  },
  {
    what: "an array of JSON",
    name: "rows.json",
    content: JSON.stringify(rows(40, 2).map(([x, y]) => ({ x: Number(x), y: Number(y) }))),
    size: "40 × 2",
    axes: ["x", "y"],
  },
  { what: "gzip", name: "rows.csv.gz", content: gzipSync(table(40, 2)), size: "40 × 2", axes: ["x", "y"] },
  { what: "a workbook", name: "book.xlsx", content: packed("book.xlsx"), size: "12 × 3", axes: ["share", "amount"] },
];

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const refused: readonly OddFile[] = [
  { what: "no bytes", name: "nothing.csv", content: "", says: /nothing\.csv.*(empty|no )/i },
  { what: "a header alone", name: "header.csv", content: "x,y\n", says: /header\.csv/ },
  { what: "one row", name: "one.csv", content: table(1, 2), says: /one\.csv has one row of numbers; it takes at least 2/ },
  { what: "a picture that is called CSV", name: "photo.csv", content: PNG, says: /photo\.csv/ },
  {
    what: "words alone",
    name: "words.csv",
    content: text([["a", "b"], ...rows(9, 2, (i, j) => `word${i}${j}`)]),
    says: /no column holds numbers/,
  },
  {
    what: "numbers and text in one column",
    name: "mixed.csv",
    content: table(40, 2, (i, j) => (j === 1 && i === 5 ? "five" : value(i, j).toFixed(3))),
    says: /mixed\.csv.*"five"/,
  },
  { what: "rows of other widths", name: "ragged.csv", content: "x,y\n1,2\n3,4,5\n6,7\n", says: /ragged\.csv/ },
];

describe.skipIf(!hasChromium || !isBuilt(playgroundSite))(
  inChromium(whenBuilt("odd files in the playground (#18)", playgroundSite)),
  () => {
    let playground: Playground;
    let bench: Workbench;
    beforeAll(async () => {
      playground = await openPlayground();
      bench = await playground.open();
      await bench.fitted();
    });
    afterAll(() => playground?.close());

    const line = () => bench.page.locator(".status-line");
    async function give({ name, content }: OddFile): Promise<void> {
      await bench.pick("File");
      await bench.page.getByLabel("Choose a CSV").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
    }
    const settled = (): Promise<unknown> =>
      bench.page.waitForFunction(() =>
        ["done", "failed", "waiting"].includes(document.querySelector<HTMLElement>(".status-line")!.dataset["state"]!),
      );

    it.each(opened)("$what: $name is opened by its own columns, and says what was done to read it", async (file) => {
      await give(file);
      await bench.page.waitForFunction(
        (name) => document.querySelector("[role=application], .picture-view img")?.outerHTML.includes(`of ${name}`),
        file.name,
      );
      await settled();

      expect(await bench.status()).toContain(file.size);
      expect(await bench.page.locator(".panel .notice.bad").count()).toBe(0);
      if (file.says !== undefined) await bench.page.locator(".panel .notice").getByText(file.says).waitFor();
      if (file.axes !== undefined) {
        const label = await bench.page.locator("[role=application]").getAttribute("aria-label");
        expect(label).toContain(`of ${file.name}: ${file.axes[0]} across, ${file.axes[1]} up`);
      }
      expect(await bench.page.locator("main").innerHTML()).not.toMatch(/NaN|Infinity/);
    });

    it.each(refused)("$what: $name is refused in a sentence, and nothing else changes", async (file) => {
      await bench.pick("Real");
      for (const set of ["iris", "penguins"]) await bench.refit(() => bench.page.getByLabel("Data set", { exact: true }).selectOption(set));
      const shown = async (): Promise<unknown> => [
        await bench.status(),
        await line().getAttribute("data-version"),
        await bench.page.locator("svg.over").innerHTML(),
        await bench.page.locator(".choices-of-view").innerHTML(),
      ];
      const before = await shown();

      await give(file);
      await bench.page.locator(".panel .notice.bad").getByText(file.says!).waitFor();
      await settled();

      expect(await shown()).toEqual(before);
    });
  },
);
