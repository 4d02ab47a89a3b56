import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { GaussianMixture } from "@mixtura/mixture";
import { readNDJSON } from "@mixtura/io";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, mixturaProcess, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const csv = "id,a,b,n\nx,1,2,1\ny,3,NA,1\nz,5,1,2\nu,0,3,1\nv,2,2.5,1\n";
const rows = csv
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","))
  .map(([id, a, b, n]) => ({ id, a: Number(a), b: b === "NA" ? null : Number(b), n: Number(n) }));
const texts = {
  csv,
  ndjson: rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  json: JSON.stringify(rows),
};
const model = GaussianMixture.fromParameters({
  weights: [0.5, 0.5],
  means: [
    [0, 2],
    [5, 1],
  ],
  covariances: [
    [1, 1],
    [1, 1],
  ],
  covarianceType: "diag",
});

beforeAll(() => {
  for (const [format, text] of Object.entries(texts)) {
    writeFileSync(folder.path(`data.${format}`), text);
    writeFileSync(folder.path(`plain-${format}`), text);
  }
  writeFileSync(folder.path("model.json"), JSON.stringify({ ...model.toJSON(), features: { count: 2, names: ["a", "b"] } }));
});

describe("a table is the same in every format", () => {
  const fit = [
    "--label-column",
    "id",
    "--weight-column",
    "n",
    "--missing",
    "drop",
    "--n-components",
    "1",
    "--covariance-type",
    "diag",
    "--seed",
    "1",
    "--json",
  ];
  const figures = async (args: readonly string[], input = ""): Promise<unknown> => {
    const { stdout, stderr } = await mixtura(["fit", ...args, ...fit], { input });
    expect(stderr).toBe("");
    const { data, best, unusualRows, agreement } = JSON.parse(stdout) as Record<
      "data" | "best" | "unusualRows" | "agreement",
      { rows: number; features: unknown }
    >;
    return { rows: data.rows, features: data.features, best, unusualRows, agreement };
  };

  it("fitted from a file by its name, from a nameless file, from standard input", async () => {
    const expected = await figures([folder.path("data.csv")]);

    expect(expected).toMatchObject({ rows: 4, features: ["a", "b"], agreement: { column: "id", groups: 4, adjustedRand: 0 } });
    expect((expected as { unusualRows: { index: number }[] }).unusualRows.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([
      0, 2, 3, 4,
    ]); // 1 was dropped
    const others = await Promise.all([
      ...["ndjson", "json"].map((format) => figures([folder.path(`data.${format}`)])),
      figures([folder.path("plain-ndjson")]),
      figures([], texts.json),
      figures(["--format", "ndjson"], texts.ndjson),
    ]);
    for (const other of others) expect(other).toEqual(expected);
  });

  it("labelled and written in the format that the output's name says", async () => {
    const args = ["--missing", "drop", "--keep", "id"];
    const runs = await Promise.all([
      ...["plain-csv", "data.json"].map((name) => mixtura(["predict", folder.path("model.json"), folder.path(name), ...args])),
      ...[texts.ndjson, texts.json].map((input) => mixtura(["predict", folder.path("model.json"), ...args], { input })),
    ]);
    const output = folder.path("labels.json");
    await mixtura(["predict", folder.path("model.json"), folder.path("data.ndjson"), ...args, "--output", output]);

    for (const { stdout } of runs) expect(stdout).toBe("id,label\nx,0\nz,1\nu,0\nv,0\n");
    expect(JSON.parse(readFileSync(output, "utf8"))).toEqual([
      { id: "x", label: 0 },
      { id: "z", label: 1 },
      { id: "u", label: 0 },
      { id: "v", label: 0 },
    ]);
  });

  it("written as JSON so that it can be read again: features are numbers there, and what was kept with them is text", async () => {
    const output = folder.path("kept.ndjson");
    const args = ["--missing", "drop", "--keep", "id,a,b"];

    await mixtura(["predict", folder.path("model.json"), folder.path("data.csv"), ...args, "--output", output]);
    const scored = await mixtura(["score", folder.path("model.json"), folder.path("data.csv"), ...args, "--each", "--json"]);
    const again = await mixtura(["score", folder.path("model.json"), output, "--json"]);

    expect(JSON.parse(readFileSync(output, "utf8").split("\n")[0]!)).toEqual({ id: "x", a: 1, b: 2, label: 0 });
    expect(JSON.parse(scored.stdout.split("\n")[0]!)).toMatchObject({ id: "x", a: 1, b: 2 });
    expect(JSON.parse(again.stdout)).toMatchObject({ rows: 4 });
  });

  it.each<[args: readonly string[], input: string, code: number, message: RegExp]>([
    [["--delimiter", ";"], '{"a":1}\n', 2, /^error\[usage\]: --delimiter is for CSV; the data is read as ndjson/],
    [["--format", "ndjson"], '[\n{"a":1}]', 1, /^error\[read-error\]: standard input: row 1 \(line 1\) is not JSON.*pass --format json/],
    [["--format", "xml"], "", 2, /Allowed choices are csv, ndjson, json/],
    [["--columns", "b"], '{"a":1,"b":"x"}\n', 1, /^error\[not-finite\]: standard input: row 1 \(line 1\), column "b" is not a number/],
    [["--label-column", "c"], "a,b\n1,2\n", 2, /^error\[invalid-option\]: .*asks for column "c"/],
  ])("refused in one line: %j", async (args, input, code, message) => {
    const ended = await mixtura(["fit", "--n-components", "1", ...args], { input });

    expect(ended.stderr.trim()).toMatch(message);
    expect(ended.code).toBe(code);
  });
});

describe("mixtura score", () => {
  it("gives the model's own mean log-density and criteria, weighted, and each row's on demand", async () => {
    const args = ["score", folder.path("model.json"), folder.path("data.csv"), "--missing", "drop", "--weight-column", "n"];
    const loaded = GaussianMixture.load({ ...model.toJSON(), features: { count: 2, names: ["a", "b"] } });
    const { X, sampleWeight } = await readNDJSON(texts.ndjson, { drop: ["id"], weightColumn: "n", missing: "drop" });
    const mean = await loaded.score(X, { sampleWeight: sampleWeight! });

    const [text, json, each] = await Promise.all([
      mixtura(args),
      mixtura([...args, "--json"]),
      mixtura([...args, "--each", "--keep", "id"]),
    ]);

    const found = JSON.parse(json.stdout) as Record<string, number>;
    expect(found).toMatchObject({ rows: 4, weight: 5, nParameters: 9, impossibleRows: 0 });
    expect(found["meanLogDensity"]).toBeCloseTo(mean, 12); // two orders of summing five terms
    expect(found["bic"]).toBeCloseTo(-10 * mean + 9 * Math.log(5), 9);
    expect(text.stdout).toContain(`mean log-density    ${mean.toFixed(6)}`);
    expect(text.stderr).toContain("note: 1 row of");
    expect(each.stdout.split("\n")).toHaveLength(6);
    expect(each.stdout).toMatch(/^id,log_density\nx,-/);
  });

  it("counts rows that the model cannot explain at all instead of giving NaN", async () => {
    const { stdout } = await mixtura(["score", folder.path("model.json"), "--json"], { input: "a,b\n1,2\n1e200,1e200\n" });

    expect(JSON.parse(stdout)).toMatchObject({ rows: 2, impossibleRows: 1, meanLogDensity: null });
    expect(stdout).not.toContain("NaN");
  });
});

describe("mixtura sample", () => {
  it("draws what the library draws from the same seed, in every format", async () => {
    const { X, labels } = model.sample(20, { randomState: 7 });
    const args = ["sample", folder.path("model.json"), "-n", "20", "--seed", "7", "--labels"];

    const [asCSV, asNDJSON, asJSON] = await Promise.all([
      mixtura(args),
      mixtura([...args, "--format", "ndjson"]),
      mixtura([...args, "--format", "json"]),
    ]);

    const drawn = await readNDJSON(asNDJSON.stdout, { keep: ["label"] });
    expect(drawn.X.data).toEqual(X.data);
    expect(drawn.kept![0]!.cells).toEqual([...labels].map(String));
    expect(JSON.parse(asJSON.stdout)).toEqual(
      asNDJSON.stdout
        .trim()
        .split("\n")
        .map((line): unknown => JSON.parse(line)),
    );
    expect(asCSV.stdout.split("\n")[0]).toBe("a,b,label");
  });

  it("draws many rows in blocks, the first as if they were all, and prints the seed that it chose", async () => {
    const many = await mixtura(["sample", folder.path("model.json"), "-n", "65540", "--seed", "3"]);
    const few = await mixtura(["sample", folder.path("model.json"), "-n", "3"]);

    const lines = many.stdout.trim().split("\n");
    expect(lines).toHaveLength(65_541);
    expect(new Set(lines).size).toBe(65_541);
    expect(few.stderr).toMatch(/^note: --seed \d+ draws the same rows again\.$/m);
  });

  it("leaves nothing half-written when it is interrupted", async () => {
    const drawn = folder.path("interrupted");
    const started = (): boolean => existsSync(drawn) && readdirSync(drawn).some((name) => name.endsWith(".part"));

    const { code, stderr } = await mixturaProcess(
      ["sample", folder.path("model.json"), "-n", "1000000000", "--output", `${drawn}/rows.csv`],
      {
        interruptWhen: started,
      },
    );

    expect({ code, stderr }).toEqual({ code: 130, stderr: "interrupted\n" });
    expect(readdirSync(drawn)).toEqual([]);
  });

  it.each([["0"], ["1.5"], ["-3"], ["x"]])("refuses to draw %s rows", async (count) => {
    const { code, stderr } = await mixtura(["sample", folder.path("model.json"), "-n", count]);

    expect({ code, stderr: stderr.trim() }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Expected a whole number from 1") as string,
    });
  });
});
