import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { single, writeDetectionFiles } from "./detection-files.ts";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const run = (...args: readonly string[]): ReturnType<typeof mixtura> => mixtura(args, { cwd: folder.path(".") });
const read = (name: string): string => readFileSync(folder.path(name), "utf8");
const fit = ["fit", "--n-components", "1", "--covariance-type", "full", "--seed", "1"] as const;

/** In the files the last rows are odd: those of readings.csv are called s197 to s199, and those of new.csv s48 and s49. */
beforeAll(async () => {
  await writeDetectionFiles(folder.path);
  const [head, ...rows] = read("readings.csv").trimEnd().split("\n");
  const renamed = (name: string, cell: (row: number) => string): string =>
    `${head!.replace("id", name)}\n${rows.map((row, index) => row.replace(/^[^,]*/, cell(index))).join("\n")}\n`;
  writeFileSync(
    folder.path("sensors.csv"),
    renamed("sensor", (row) => `t${row}`),
  );
  writeFileSync(
    folder.path("repeated.csv"),
    renamed("id", (row) => `r${row % 7}`),
  );
  writeFileSync(
    folder.path("counted.csv"),
    renamed("order_id", (row) => String(5000 + row)),
  );
  writeFileSync(
    folder.path("events.ndjson"),
    '{"id":"e1","pressure":40,"level":7}\n{"id":"e2","pressure":97,"level":7}\n{"id":"e3","pressure":"?","level":7}\n',
  );
});

describe("rows are named by their identifier (#17)", () => {
  it("detect, with --id: in the summary, as JSON, on the page and in the files", async () => {
    const [text, json] = [
      await run("detect", "sensors.csv", "--id", "sensor", "--drop", "label", ...single, "--report", "page.html", "--output", "judged.csv"),
      await run("detect", "sensors.csv", "--id", "sensor", "--drop", "label", ...single, "--json"),
    ];

    expect(text.stdout).toMatch(/\n {2}sensor +score +why\n {2}t199 +-[\d.]+ +pressure: expected/);
    expect(text.stdout).toContain("200 rows × 2 features (pressure, level)");
    expect((JSON.parse(json.stdout) as { worst: object[] }).worst[0]).toMatchObject({ row: 200, id: "t199" });
    expect(read("page.html")).toContain("<b>sensor t199</b>");
    expect(read("page.html")).toContain("Rows are named by the column sensor.");
    expect(read("page.html")).toContain("--id sensor");
    expect(read("judged.csv").split("\n")[0]).toBe("sensor,pressure,level,label,score,outlier,reason");
  });

  it("detect, where a dropped column is an identifier", async () => {
    const { stdout } = await run("detect", "readings.csv", "--drop", "id,label", ...single);

    expect(stdout).toMatch(/\n {2}id +score +why\n {2}s199 /);
  });

  it("detect and fit, where a column that is left out holds another text in each row", async () => {
    const [detected, fitted] = [
      await run("detect", "sensors.csv", "--drop", "label", ...single),
      await run(...fit, "sensors.csv", "--drop", "label"),
    ];

    expect(detected.stdout).toMatch(/\n {2}sensor +score +why\n {2}t199 /);
    expect(fitted.stdout).toMatch(/\n {2}sensor +log-density .*\n {2}t199 /);
  });

  it.each([
    ["repeated.csv", "id,label"],
    ["repeated.csv", "label"],
    ["sensors.csv", "sensor,label"],
  ])("detect, where %s has none by that name, is read with numbers", async (data, drop) => {
    const { stdout } = await run("detect", data, "--drop", drop, ...single);

    expect(stdout).toMatch(/\n {2}row +score +why\n {2}200 /);
  });

  it("a counter that is left out and called an identifier", async () => {
    const { stdout } = await run(...fit, "counted.csv", "--drop", "label");

    expect(stdout).toMatch(/\n {2}order_id +log-density .*\n {2}5199 /);
    expect(stdout).toContain("Rows are named by the column order_id.");
  });

  it("fit: in the summary, as JSON and on the page, whose command has the flag", async () => {
    const named = [...fit, "sensors.csv", "--id", "sensor", "--label-column", "label"];
    const [text, json] = [await run(...named, "--report", "fit.html"), await run(...named, "--json")];

    expect(text.stdout).toMatch(/\n {2}sensor +log-density .*\n {2}t199 /);
    expect((JSON.parse(json.stdout) as { unusualRows: object[] }).unusualRows[0]).toMatchObject({ index: 199, id: "t199" });
    expect(read("fit.html")).toContain("The most unusual row is sensor t199:");
    expect(read("fit.html")).toContain("--id sensor");
    expect(JSON.parse(json.stdout)).toMatchObject({ agreement: { column: "label" } });
  });

  it("report of a saved model", async () => {
    await run("report", "mixture.json", "sensors.csv", "--id", "sensor", "--output", "model.html");

    expect(read("model.html")).toContain("The most unusual row is sensor t199:");
  });

  it("detect --model: rows as they come, and rows that cannot be read", async () => {
    writeFileSync(folder.path("broken.csv"), "id,pressure,level\na,40,7\nb,97,7\nc,x,7\n");

    const [text, json] = [
      await run("detect", "broken.csv", "--model", "detector.json", "--id", "id"),
      await run("detect", "broken.csv", "--model", "detector.json", "--id", "id", "--json"),
    ];

    expect(text.stdout).toMatch(/\n {2}id +score +why\n {2}b /);
    expect(text.stdout).toContain('row 3 (line 4, id c), column "pressure" is not a number');
    expect(JSON.parse(json.stdout)).toMatchObject({ worst: [{ row: 2, id: "b" }], notJudged: [{ row: 3, line: 4, id: "c" }] });
  });

  it("detect --train: the training rows may lack the column", async () => {
    writeFileSync(folder.path("nameless.csv"), read("clean.csv").replaceAll(/^[^,]*,/gm, ""));

    const { stdout } = await run("detect", "new.csv", "--train", "nameless.csv", "--id", "id", "--label-column", "label", "--fpr", "0.01");

    expect(stdout).toMatch(/\n {2}id +score +p-value +why\n {2}s4[89] /);
  });

  it("events", async () => {
    const { code, stdout, stderr } = await mixtura(["detect", "--model", "detector.json", "--id", "id", "--json"], {
      cwd: folder.path("."),
      input: read("events.ndjson"),
    });

    expect({ code, stderr }).toEqual({ code: 5, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ worst: [{ row: 2, id: "e2" }], notJudged: [{ row: 3, id: "e3" }] });
  });

  it("predict and score --each write the column", async () => {
    const [labels, densities] = [
      await run("predict", "mixture.json", "broken.csv", "--id", "id"),
      await run("score", "mixture.json", "broken.csv", "--each", "--id", "id", "--json"),
    ];

    expect(labels.stdout).toBe("id,label\na,0\nb,0\nc,\n");
    expect(labels.stderr).toContain("row 3 (line 4, id c)");
    expect(densities.stdout.split("\n")[2]).toBe('{"id":"c","log_density":null}');
  });

  it("a column that is not there is said so", async () => {
    const { code, stderr } = await run(...fit, "sensors.csv", "--id", "sensro", "--drop", "label");

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error\[invalid-option\]: sensors\.csv: --id asks for column "sensro", which is not there\. Did you mean "sensor"\?/,
    );
  });
});
