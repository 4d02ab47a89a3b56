import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GaussianMixture } from "@mixtura/mixture";
import { MixtureDetector } from "@mixtura/outliers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const run = (...args: readonly string[]): ReturnType<typeof mixtura> => mixtura(args, { cwd: folder.path(".") });
const judge = (...args: readonly string[]): ReturnType<typeof mixtura> => run("detect", "--model", "detector.json", ...args);
const read = (name: string): string => readFileSync(folder.path(name), "utf8");

/** A model of readings at 20 degrees and 1 bar, and a detector that calls what is farther than five deviations off an anomaly. */
beforeAll(async () => {
  const mixture = GaussianMixture.fromParameters({
    weights: [1],
    means: [[20, 1]],
    covariances: [[0.09, 0.0004]],
    covarianceType: "diag",
    featureNames: ["temperature", "pressure"],
  });
  const nameless = GaussianMixture.fromParameters({
    weights: [1],
    means: [[20, 1]],
    covariances: [[0.09, 0.0004]],
    covarianceType: "diag",
  });
  const events = GaussianMixture.fromParameters({
    weights: [1],
    means: [[20, 500]],
    covariances: [[100, 90_000]],
    covarianceType: "diag",
    featureNames: ["responseTime", "bytes"],
  });
  const detector = await new MixtureDetector({ mixture, threshold: { logDensity: -10 } }).fit([[20, 1]]);
  const service = await new MixtureDetector({ mixture: events, threshold: { logDensity: -30 } }).fit([[20, 500]]);
  const files = {
    "mixture.json": JSON.stringify(mixture),
    "nameless.json": JSON.stringify(nameless),
    "detector.json": JSON.stringify(detector),
    "service.json": JSON.stringify(service),
    "odd.csv": "id,temperature,pressure\na,20.1,1.01\nb,cold,1.00\nc,99,1.02\nd,20.0\n",
    "commas.csv": "temperature;pressure\n20,1;1,01\n19,8;1,00\n",
    "rows.json": '[{"temperature":20.1,"pressure":1.01},7,{"temperature":null,"pressure":1}]',
    "none.json": "[]",
    "none.ndjson": "",
    "nameless.csv": "20.1,1.01\nx,1\n20.2,1\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(folder.path(name), text);
  for (const name of ["one-bad-cell.csv", "header-only.csv", "log-with-banner.ndjson"])
    copyFileSync(join(root, "test/cases", name), folder.path(name));
});

describe("a nightly job survives a bad cell (#17)", () => {
  it("detect --model judges the other rows, names the two, and ends with code 4", async () => {
    const { code, stdout } = await judge("one-bad-cell.csv", "--output", "judged.csv");

    expect(code).toBe(4);
    expect(stdout).toContain("one-bad-cell.csv: 3 rows × 2 features");
    expect(stdout).toContain('Not judged: 2 rows that could not be read\n  row 3 (line 4), column "temperature" is missing (found "")\n');
    expect(stdout).toContain('  row 4 (line 5), column "pressure" is missing (found "n.a.")\n');
    const lines = read("judged.csv").trimEnd().split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[3]).toBe(',1.02,,,"not judged: column ""temperature"" is missing (found """")"');
    expect(lines.filter((line) => /,[01],$/.test(line))).toHaveLength(3);
  });

  it("as JSON and NDJSON", async () => {
    const { stdout } = await judge("one-bad-cell.csv", "--json", "--output", "judged.ndjson");

    const { data, notJudged } = JSON.parse(stdout) as { data: object; notJudged: object[] };
    expect(data).toMatchObject({ rows: 3, notJudgedRows: 2 });
    expect(notJudged[1]).toEqual({ row: 4, line: 5, reason: 'column "pressure" is missing (found "n.a.")' });
    const rows = read("judged.ndjson")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(rows).toHaveLength(5);
    expect(rows[3]).toEqual({
      temperature: 20.4,
      pressure: "n.a.",
      score: null,
      outlier: null,
      reason: 'not judged: column "pressure" is missing (found "n.a.")',
    });
  });

  it("an anomaly among the others: code 5", async () => {
    const { code, stdout, stderr } = await judge("odd.csv", "--each");

    expect(code).toBe(5);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(",").slice(0, 1).concat(line.split(",").slice(4, 5))),
    ).toEqual([
      ["id", "outlier"],
      ["a", "0"],
      ["b", ""],
      ["c", "1"],
      ["d", ""],
    ]);
    expect(stderr).toContain('warning: odd.csv: row 2 (line 3, id b), column "temperature" is not a number (found "cold"); not judged.');
    expect(stderr).toContain("warning: odd.csv: row 4 (line 5, id d) has 2 fields, the header has 3; not judged.");
  });

  it("only the outliers are written where only they are asked for", async () => {
    const { code, stdout } = await judge("odd.csv", "--each", "--only-outliers");

    expect({ code, lines: stdout.trimEnd().split("\n").length }).toEqual({ code: 5, lines: 2 });
  });

  it("a report of the others says which are missing", async () => {
    const { code } = await judge("odd.csv", "--report", "page.html");

    expect(code).toBe(5);
    expect(read("page.html")).toContain("2 rows could not be read, and were not judged: row 2 (line 3)");
  });

  it("rows of another file, by a fit of now", async () => {
    writeFileSync(
      folder.path("train.csv"),
      `temperature,pressure\n${Array.from({ length: 60 }, (_, i) => `${20 + (i % 7) / 10},${1 + (i % 5) / 100}`).join("\n")}\n`,
    );

    const { code, stdout } = await run("detect", "one-bad-cell.csv", "--train", "train.csv", "--fpr", "0.05", "--json");

    expect([4, 5]).toContain(code);
    expect((JSON.parse(stdout) as { data: object }).data).toMatchObject({ rows: 3, notJudgedRows: 2 });
  });

  it("a density with a threshold that is found among the rows", async () => {
    const { code, stdout } = await run(
      "detect",
      "one-bad-cell.csv",
      "--model",
      "mixture.json",
      "--contamination",
      "0.4",
      "--json",
      "--output",
      "fraction.csv",
    );

    expect(code).toBe(5);
    expect((JSON.parse(stdout) as { data: object }).data).toMatchObject({ rows: 3, notJudgedRows: 2 });
    expect(read("fraction.csv").trimEnd().split("\n")).toHaveLength(6);
  });

  it("predict has a line for each row, and its reasons if they are asked for", async () => {
    const { code, stdout, stderr } = await run("predict", "mixture.json", "odd.csv", "--keep", "id", "--with", "labels,reasons");

    expect(code).toBe(4);
    expect(stdout).toBe(
      'id,label,reason\na,0,\nb,,"not judged: column ""temperature"" is not a number (found ""cold"")"\nc,0,\nd,,"not judged: has 2 fields, the header has 3"\n',
    );
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
  });

  it("predict reads JSON with an item that is no row, and columns without names", async () => {
    const [json, plain] = [
      await run("predict", "mixture.json", "rows.json", "--json", "--with", "labels"),
      await run("predict", "nameless.json", "nameless.csv", "--with", "labels", "--json"),
    ];

    expect(json).toMatchObject({ code: 4, stdout: '{"label":0}\n{"label":null}\n{"label":null}\n' });
    expect(json.stderr).toContain(
      'warning: rows.json: row 2 is 7; not judged.\nwarning: rows.json: row 3, column "temperature" is missing',
    );
    expect(plain).toMatchObject({ code: 4, stdout: '{"label":0}\n{"label":null}\n{"label":0}\n' });
  });

  it("score leaves them out of its figures, and keeps their lines with --each", async () => {
    const [whole, each] = [
      await run("score", "mixture.json", "one-bad-cell.csv", "--json"),
      await run("score", "mixture.json", "one-bad-cell.csv", "--each", "--json"),
    ];

    expect(whole.code).toBe(4);
    expect(JSON.parse(whole.stdout)).toMatchObject({ rows: 3, notJudged: 2 });
    expect(
      each.stdout
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { log_density: unknown }).log_density === null),
    ).toEqual([false, false, true, true, false]);
  });

  it.each([
    ["detect", "--model", "detector.json"],
    ["predict", "mixture.json"],
    ["score", "mixture.json"],
  ])("%s %s … --strict stops at the first of them", async (...command) => {
    const { code, stdout, stderr } = await run(...command, "one-bad-cell.csv", "--strict");

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error\[not-finite\]: one-bad-cell\.csv: row 3 \(line 4\), column "temperature" is missing/);
  });

  it("where no row is good, what may help is said", async () => {
    const { code, stderr } = await run("predict", "mixture.json", "commas.csv", "--decimal", ".");

    expect(code).toBe(4);
    expect(stderr).toContain("No row could be read.");
  });

  it("of many, ten are named and the rest counted", async () => {
    writeFileSync(folder.path("many.csv"), `temperature,pressure\n20,1\n${"x,1\n".repeat(25)}`);

    const { stderr } = await run("predict", "mixture.json", "many.csv");

    expect(stderr.match(/; not judged/g)).toHaveLength(11);
    expect(stderr).toContain("warning: many.csv: 15 more rows could not be read; not judged.");
  });
});

describe("a nightly job survives a night without rows (#17)", () => {
  it.each<[args: readonly string[], out: RegExp]>([
    [["detect", "header-only.csv", "--model", "detector.json"], /0 rows × 2 features.*\n[^]*None of 0 rows stands apart/],
    [["detect", "header-only.csv", "--model", "detector.json", "--each"], /^temperature,pressure,score,outlier,reason\n$/],
    [
      ["detect", "header-only.csv", "--model", "detector.json", "--each", "--explain", "--keep", "pressure"],
      /^pressure,score,outlier,reason,contribution_/,
    ],
    [["detect", "none.ndjson", "--model", "detector.json", "--each", "--json"], /^$/],
    [["detect", "none.ndjson", "--model", "detector.json"], /None of 0 rows stands apart/],
    [["detect", "none.json", "--model", "detector.json"], /None of 0 rows stands apart/],
    [["predict", "mixture.json", "header-only.csv", "--with", "labels,responsibilities"], /^label,responsibility_0\n$/],
    [["predict", "mixture.json", "none.json"], /^label\n$/],
    [["score", "mixture.json", "header-only.csv"], /0 rows, so there is nothing to score/],
    [["score", "mixture.json", "header-only.csv", "--json"], /"rows": 0/],
  ])("%j", async (args, out) => {
    const { code, stdout, stderr } = await run(...args);

    expect(stdout).toMatch(out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("writes the file that was asked for, and no page about nothing", async () => {
    const { code, stderr } = await judge("header-only.csv", "--output", "none.csv", "--report", "none.html");

    expect(code).toBe(0);
    expect(read("none.csv")).toBe("temperature,pressure,score,outlier,reason\n");
    expect(existsSync(folder.path("none.html"))).toBe(false);
    expect(stderr).toBe("note: header-only.csv has no rows to show, so none.html is not written.\n");
  });

  it("known labels of no row are no reason to fail", async () => {
    writeFileSync(folder.path("labelled.csv"), "temperature,pressure,label\n");

    expect(await judge("labelled.csv", "--label-column", "label")).toMatchObject({ code: 0 });
  });
});

describe("events among lines that are none (#17)", () => {
  const watch = (input: string, ...args: readonly string[]): ReturnType<typeof mixtura> =>
    mixtura(["detect", "--model", "service.json", "--each", ...args], { cwd: folder.path("."), input });

  it("six verdicts, and the banner is reported", async () => {
    const { code, stdout, stderr } = await watch(read("log-with-banner.ndjson"), "--json");

    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { outlier: boolean | null });
    expect(lines.filter(({ outlier }) => outlier !== null)).toHaveLength(6);
    expect(lines[3]).toEqual({
      text: "Server listening on :8080",
      score: null,
      outlier: null,
      reason: expect.stringMatching(/^not judged: is not JSON \(/),
    });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^warning: standard input: row 4 \(line 4\) is not JSON \(.*\); not judged\.\n$/);
  });

  it("as CSV, too", async () => {
    const { code, stdout } = await watch(read("log-with-banner.ndjson"), "--keep", "msg");

    expect(code).toBe(4);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(",")[2]),
    ).toEqual(["outlier", "0", "0", "0", "", "0", "0", "0"]);
  });

  it.each<[what: string, line: string, expected: object]>([
    ["a list", "[1,2]", { text: "[1,2]", reason: "not judged: is [1, 2]" }],
    ["a field that is a text", '{"responseTime":"12","bytes":3,"id":"u"}', { id: "u", responseTime: "12" }],
    [
      "a field that is not there",
      '{"bytes":3,"score":1}',
      { bytes: 3, score: 1, detected_score: null, reason: 'not judged: field "responseTime" is missing' },
    ],
    ["half a line at the end", '{"responseTime":1', { text: '{"responseTime":1' }],
  ])("%s", async (_, line, expected) => {
    const { code, stdout } = await watch(`{"responseTime":20,"bytes":500}\n${line}`, "--json");

    const [first, second] = stdout
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text) as object);
    expect(first).toMatchObject({ outlier: false });
    expect(second).toMatchObject({ outlier: null, ...expected });
    expect(code).toBe(4);
  });

  it("with --strict the verdicts before it are written", async () => {
    const { code, stdout, stderr } = await watch(read("log-with-banner.ndjson"), "--json", "--strict");

    expect(code).toBe(1);
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
    expect(stderr).toMatch(/^error\[read-error\]: standard input: row 4 is not JSON/);
  });
});
