import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCSV, readNDJSON, writeCSV, writeNDJSON } from "@mixtura/io";
import { GaussianMixture } from "@mixtura/mixture";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "../src/files/table.ts";
import type { Terminal } from "../src/terminal.ts";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);
const model = folder.path("model.json");
const detector = folder.path("detector.json");

beforeAll(async () => {
  const fitted = GaussianMixture.fromParameters({
    weights: [0.5, 0.5],
    means: [[0, 2], [5, 1]], // prettier-ignore
    covariances: [[1, 1], [1, 1]], // prettier-ignore
    covarianceType: "diag",
  });
  writeFileSync(model, JSON.stringify({ ...fitted.toJSON(), features: { count: 2, names: ["a", "b"] } }));
  const rows = Array.from({ length: 40 }, (_, row) => `${(row * 7) % 11},${(row * 5) % 13}`);
  const { stderr } = await mixtura(["detect", "--save", detector, "--seed", "1"], { input: `a,b\n${rows.join("\n")}\n` });
  expect(stderr).toBe("");
});

/** A command that writes rows to a file, and one that reads them; both take the same flags for the data. */
const WRITERS = {
  predict: (data: string, output: string) => ["predict", model, data, "--with", "labels,log-density", "--keep", "all", "--output", output],
  score: (data: string, output: string) => ["score", model, data, "--each", "--keep", "all", "--output", output],
  detect: (data: string, output: string) => ["detect", data, "--model", detector, "--explain", "--output", output],
  "detect, fitted": (data: string, output: string) => ["detect", data, "--seed", "1", "--output", output],
} as const;
const READERS = {
  predict: (data: string) => ["predict", model, data, "--with", "labels,log-density"],
  score: (data: string) => ["score", model, data, "--each"],
  detect: (data: string) => ["detect", data, "--model", detector, "--each"],
  fit: (data: string) => ["fit", data, "--n-components", "1", "--covariance-type", "diag", "--seed", "1", "--json"],
} as const;

/** What a reader makes of a table, without the name of the file and the time it took. */
async function readingOf(reader: keyof typeof READERS, path: string, flags: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await mixtura([
    ...READERS[reader](path),
    ...flags,
    ...(reader === "detect" ? ["--keep", flags[1]!] : []),
    ...(reader === "fit" ? [] : ["--output-dialect", "comma"]),
  ]);
  expect([0, 3], `${reader}: ${stderr}`).toContain(code);
  if (reader !== "fit") return stdout;
  const { best } = JSON.parse(stdout) as { best: { means: unknown; bic: number } };
  return best;
}

const hardText = fc.string({ unit: fc.constantFrom("a", "7", ".", "-", ",", ";", "|", "\t", '"', "\n", " ", "é", "ß", "="), maxLength: 6 });
const number = fc.oneof(
  fc.integer({ min: -999, max: 999 }).map(String),
  fc.integer({ min: -9999, max: 9999 }).map((value) => String(value / 7)),
  fc.constantFrom("1.0", "1e1", "0.10", "-0", "1E-3"),
);
const given = fc.record({
  rows: fc.array(fc.tuple(number, number, hardText, fc.integer({ min: 0, max: 9 })), { minLength: 8, maxLength: 12 }),
  names: fc.constantFrom(["a", "b", "text", "n"], ["a", "b", "te;xt", "label"], ["a", "b", "größe", "score"]),
  header: fc.boolean(),
  delimiter: fc.constantFrom(",", ";", "tab", "|", " ", "~"),
  decimal: fc.constantFrom(".", ","),
  mark: fc.boolean(),
  encoding: fc.constantFrom("utf-8", "windows-1252", "utf-16le"),
  told: fc.boolean(),
  writer: fc.constantFrom(...(Object.keys(WRITERS) as (keyof typeof WRITERS)[])),
  reader: fc.constantFrom(...(Object.keys(READERS) as (keyof typeof READERS)[])),
  output: fc.constantFrom("csv", "csv", "csv", "ndjson", "json"),
  input: fc.constantFrom("csv", "csv", "ndjson"),
});
type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never;

/** The table as a file, and the flags that read it. */
function written({ rows, names, header, delimiter, decimal, mark, encoding, told, input }: Given): { bytes: Buffer; flags: string[] } {
  const columns = names.map((name, j): [string, (string | number)[]] => [name, rows.map((row) => row[j]!)]);
  const flags = ["--columns", header || input === "ndjson" ? "a,b" : "1,2"];
  let text: string;
  if (input === "ndjson") {
    text = rows
      .map((row) => `{${names.map((name, j) => `${JSON.stringify(name)}:${j < 2 ? String(row[j]) : JSON.stringify(row[j])}`).join(",")}}\n`)
      .join("");
  } else {
    const marked = decimal === "," ? columns.map(([name, cells], j): [string, (string | number)[]] => [name, j < 2 ? cells.map((cell) => String(cell).replace(".", ",")) : cells]) : columns; // prettier-ignore
    const free = delimiter === "," && decimal === "," ? ";" : delimiter;
    text = writeCSV(marked, { delimiter: free, decimal: decimal as ".", header });
    if (decimal === ",") flags.push("--decimal", decimal);
    if (!header) flags.push("--header", "false");
    if (told || [" ", "~"].includes(free)) flags.push("--delimiter", free);
  }
  if (encoding === "utf-16le") return { bytes: Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, "utf16le")]), flags };
  if (encoding === "utf-8") return { bytes: Buffer.from((mark ? "\uFEFF" : "") + text, "utf8"), flags };
  return { bytes: Buffer.from(text, "latin1"), flags: [...flags, "--encoding", "latin1"] };
}

describe("what a command writes, every command reads with the same flags (#16)", () => {
  it("in any dialect of the data, with any names, in any encoding", async () => {
    await fc.assert(
      fc.asyncProperty(given, async (table) => {
        const { bytes, flags } = written(table);
        const data = folder.path(table.input === "csv" ? "data.csv" : "data.ndjson");
        writeFileSync(data, bytes);
        // Flags of CSV are refused for JSON: there, what is written is read without them.
        const format =
          table.input === "csv" && flags.some((flag) => /decimal|header|delimiter/.test(flag)) && table.output !== "csv"
            ? "csv"
            : table.output;
        const output = folder.path(`again.${format}`);

        const first = await mixtura([...WRITERS[table.writer](data, output), ...flags]);
        expect([0, 3], first.stderr).toContain(first.code);

        expect(await readingOf(table.reader, output, flags)).toEqual(await readingOf(table.reader, data, flags));
        const again = folder.path(`third.${format}`);
        const second = await mixtura([...WRITERS.predict(output, again), ...flags]);
        expect(second.code, second.stderr).toBe(0);
        // What was kept once is kept again: rows of the second file begin like those of the first.
        const lines = (path: string): string[] => readFileSync(path, "utf8").split("\n");
        if (format === "csv" && table.rows.every((row) => !row[2].includes("\n")))
          lines(again).forEach((line, k) => expect(line.startsWith(lines(output)[k]!.replace(/\r$/, ""))).toBe(true));
      }),
      { seed: 20261130, numRuns: 30, endOnFailure: true },
    );
  });

  it("drawn rows and candidates, too", async () => {
    const drawn = folder.path("drawn.csv");
    await mixtura(["sample", model, "-n", "30", "--seed", "1", "--output", drawn, "--output-dialect", "semicolon"]);
    expect(readFileSync(drawn, "utf8")).toMatch(/^a;b\n-?\d+,\d+;-?\d+,\d+\n/);
    const table = folder.path("candidates.csv");

    const selected = await mixtura([
      "select",
      drawn,
      "--decimal",
      ",",
      "--n-components",
      "1:2",
      "--covariance-type",
      "diag",
      "--seed",
      "1",
      "--table",
      table,
    ]);

    expect(selected.code, selected.stderr).toBe(0);
    expect((await readCSV(readFileSync(table), { decimal: ",", columns: ["bic"] })).X.rows).toBe(2);
  });
});

describe("the dialect of what is written (#16)", () => {
  const german = join(folder.path(""), "umsatz.csv");
  beforeAll(() => {
    const rows = ["Filiale;Umsatz;Stückzahl", "Köln 0;100,33;20,9", "Köln 1;156,31;30,7", "Köln 2;107,41;20,8", "Köln 3;172,50;28,2"];
    writeFileSync(german, `${rows.join("\n")}\n`);
  });

  it("is that of the data: decimal commas stay decimal commas", async () => {
    const fitted = folder.path("umsatz.json");
    const flags = ["--decimal", ","];
    await mixtura([
      "fit",
      german,
      "--drop",
      "Filiale",
      ...flags,
      "--n-components",
      "1",
      "--covariance-type",
      "diag",
      "--seed",
      "1",
      "--output",
      fitted,
    ]);

    const output = folder.path("umsatz-out.csv");
    await mixtura(["predict", fitted, german, ...flags, "--with", "labels,log-density", "--keep", "all", "--output", output]);
    const again = await mixtura(["predict", fitted, output, ...flags, "--with", "log-density", "--keep", "Umsatz"]);
    const comma = await mixtura(["predict", fitted, german, ...flags, "--keep", "all", "--output-dialect", "comma"]);
    const json = await mixtura(["predict", fitted, german, ...flags, "--keep", "all", "--json"]);

    expect(readFileSync(output, "utf8")).toMatch(/^Filiale;Umsatz;Stückzahl;label;log_density\nKöln 0;100,33;20,9;0;-\d+,\d+\n/);
    expect(again.stdout).toMatch(/^Umsatz;predicted_log_density|^Umsatz;log_density\n100,33;-\d+,\d+\n/);
    expect(comma.stdout).toContain("\nKöln 3,172.50,28.2,0\n");
    expect(json.stdout).toContain('{"Filiale":"Köln 3","Umsatz":172.50,"Stückzahl":28.2,"label":0}\n');
  });

  it("keeps the byte order mark, and takes one where another encoding was named", async () => {
    const run = async (bytes: Uint8Array, ...flags: string[]): Promise<string> => {
      writeFileSync(folder.path("marked.csv"), bytes);
      return (await mixtura(["predict", model, folder.path("marked.csv"), "--keep", "all", ...flags])).stdout;
    };

    expect(await run(Buffer.from("\uFEFFa,b\n1,2\n"))).toBe("\uFEFFa,b,label\n1,2,0\n");
    expect(await run(Buffer.from("a,b,t\n1,2,é\n", "latin1"), "--encoding", "latin1")).toBe("\uFEFFa,b,t,label\n1,2,é,0\n");
    expect(await run(Buffer.from("1,2\n"), "--header", "false")).toBe("1,2,0\n");
    expect(await run(Buffer.from("1,2\n"))).toBe("x1,x2,label\n1,2,0\n");
  });

  it("escapes what a spreadsheet would run, if asked", async () => {
    const input = "a,b,=note\n-1,2,=1+1\n1,2,+49 170\n";
    const plain = await mixtura(["predict", model, "--keep", "all"], { input });
    const escaped = await mixtura(["predict", model, "--keep", "all", "--escape-formulas"], { input });

    expect(plain.stdout).toBe("a,b,=note,label\n-1,2,=1+1,0\n1,2,+49 170,0\n");
    expect(escaped.stdout).toBe("a,b,'=note,label\n-1,2,'=1+1,0\n1,2,'+49 170,0\n");
  });

  it.each([
    [["predict", model], "x.parquet"],
    [["score", model, "--each"], "x.csv.gz"],
    [["sample", model, "--format", "csv"], "x.xlsx"],
    [["detect"], "x.Arrow"],
    [["fit"], "model.gz"],
  ])("is refused before any work where nothing writes it: %j --output %s", async (args, name) => {
    const { code, stderr } = await mixtura([...args, "--output", folder.path(name)], { input: "no table" });

    expect(stderr).toMatch(/^error\[usage\]: --output .*: \.\w+ is not written\. Tables are written as \.csv, \.ndjson or \.json/);
    expect(code).toBe(2);
  });
});

describe("what is kept keeps its text (#16)", () => {
  const ids = ["1234567890123456789", "1234567890123456788", "1.0", "1e3"];
  const lines = ids.map((id) => `{"id":${id},"a":1,"b":2,"c":[1.0,{"d":1e3}]}\n`).join("");

  it("through predict, from NDJSON and JSON, as CSV and as JSON", async () => {
    const args = ["predict", model, "--keep", "id,c"];
    const csv = await mixtura(args, { input: lines });
    const json = await mixtura([...args, "--json"], { input: lines });
    const list = await mixtura([...args, "--json"], { input: `[${lines.trim().split("\n").join(",\n")}]` });

    expect(csv.stdout).toBe(`id,c,label\n${ids.map((id) => `${id},"[1.0,{""d"":1e3}]",0\n`).join("")}`);
    expect(json.stdout).toBe(ids.map((id) => `{"id":${id},"c":[1.0,{"d":1e3}],"label":0}\n`).join(""));
    expect(list.stdout).toBe(json.stdout);
  });

  it("through detect: events are handed on as they came, also deep ones and those with names of numbers", async () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    const input = `{"z":1234567890123456789, "2":1.0,"a":1,"b":2,"deep":${deep},"score":1e3}\n`;
    const args = ["detect", "--model", detector, "--each", "--json"];

    const all = await mixtura(args, { input });
    const some = await mixtura([...args, "--keep", "z,nothing"], { input });
    const table = await mixtura(["detect", "--seed", "1", "--output", folder.path("judged.ndjson"), "--columns", "a,b"], { input: lines.repeat(3).replaceAll('"a":1', () => `"a":${Math.sin(lines.length)}`) }); // prettier-ignore

    expect(all.stdout.startsWith(`{"z":1234567890123456789,"2":1.0,"a":1,"b":2,"deep":${deep},"score":1e3,"detected_score":`)).toBe(true);
    expect(some.stdout).toMatch(/^\{"z":1234567890123456789,"score":-?[\d.]+,"outlier":(true|false)/);
    expect(table.stderr).toBe("");
    expect(readFileSync(folder.path("judged.ndjson"), "utf8")).toContain('{"id":1234567890123456789,"a":');
  });

  it("and integers that are features are named where doubles do not tell them apart", async () => {
    const input = lines.replaceAll('"b":2', '"b":9007199254740993').replaceAll('"a":1', '"a":1');
    const notes = /note: column "b" of standard input: integers beyond 2\^53, which are no longer told apart as numbers\. .*--drop\./;

    expect((await mixtura(["predict", model], { input })).stderr).toMatch(notes);
    expect((await mixtura(["fit", "--columns", "a,b", "--n-components", "1"], { input })).stderr).toMatch(notes);
    expect((await mixtura(["predict", model], { input: lines })).stderr).toBe("");
  });
});

describe("bytes that are no UTF-8 (#16)", () => {
  const latin1 = Buffer.from("Größe,a,b\nJosé,1,2\nJosè,3,4\n", "latin1");
  beforeAll(() => writeFileSync(folder.path("latin1.csv"), latin1));

  it("are read as Windows-1252 where they can be nothing else, and that is said; with --encoding it is not", async () => {
    const said = await mixtura(["predict", model, folder.path("latin1.csv"), "--keep", "Größe"]);
    const asked = await mixtura(["predict", model, folder.path("latin1.csv"), "--keep", "Größe", "--encoding", "latin1"]);
    const whole = await mixtura(["fit", folder.path("latin1.csv"), "--drop", "Größe", "--n-components", "1"]);

    expect(said.stdout).toBe("Größe,label\nJosé,0\nJosè,0\n");
    expect(said.stderr).toMatch(/^note: .*latin1\.csv is not UTF-8, and was read as Windows-1252/);
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect(whole.stderr).toMatch(/^note: .*latin1\.csv is not UTF-8/m);
  });

  it("are refused where they may be anything, and where UTF-8 was asked for", async () => {
    writeFileSync(folder.path("cyrillic.csv"), Buffer.of(0xc8, 0xec, 0xff, 0x2c, 0x61, 0x2c, 0x62, 10, 0x31, 0x2c, 0x31, 0x2c, 0x32, 10));
    const runs = await Promise.all([
      mixtura(["predict", model, folder.path("cyrillic.csv")]),
      mixtura(["predict", model, folder.path("latin1.csv"), "--encoding", "utf-8"]),
    ]);

    for (const { code, stderr } of runs) {
      expect(stderr).toMatch(/^error\[read-error\]: .*is not UTF-8.*--encoding windows-1252/);
      expect(code).toBe(1);
    }
  });

  it("have a format and a mark however a pipe cuts them", async () => {
    const bytes = [...Buffer.from('\uFEFF{"a":1,"b":2}\n{"a":2,"b":1}\n')].map((byte) => Buffer.of(byte));
    async function* slowly(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) yield await Promise.resolve(byte);
    }
    const terminal = { input: () => slowly(), signal: new AbortController().signal, note: () => undefined } as unknown as Terminal;

    const { X, byteOrderMark } = await readTable("-", { format: undefined, options: {} }, terminal);

    expect([...X.data]).toEqual([1, 2, 2, 1]);
    expect(byteOrderMark).toBe(true);
  });

  it("among events, too", async () => {
    writeFileSync(folder.path("events.ndjson"), Buffer.from('{"a":1,"b":2,"name":"José"}\n', "latin1"));

    const { stdout, stderr } = await mixtura(["detect", folder.path("events.ndjson"), "--model", detector, "--each", "--json"]);

    expect(stdout).toMatch(/^\{"a":1,"b":2,"name":"José","score":/);
    expect(stderr).toMatch(/was read as Windows-1252/);
    expect((await readNDJSON(stdout, { keep: ["name"], columns: ["a"] })).kept![0]!.cells).toEqual(["José"]);
    expect(writeNDJSON({ a: ["é"] })).toBe('{"a":"é"}\n');
  });
});
