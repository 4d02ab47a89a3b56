// Columns that measure nothing are left out, said, and remembered by the model (#17).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, describe, expect, it } from "vitest";
import { mixtura, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);
const file = (name: string, text: string): string => {
  writeFileSync(folder.path(name), text);
  return folder.path(name);
};
const caseOf = (name: string): string => join(root, "test", "cases", name);
const quick = ["--covariance-type", "full,diag", "--seed", "1"];
const head = (text: string): string => text.slice(0, text.indexOf("\n\n")).replaceAll(/\n +/g, " ");

const waves = (index: number): string =>
  `${Math.round(1e4 * Math.sin(index * 7.3)) / 1e4},${Math.round(1e4 * Math.cos(index * 3.1)) / 1e4}`;
const rows = (header: string, row: (index: number) => string, count = 60): string =>
  [header, ...Array.from({ length: count }, (_, index) => row(index))].join("\n");

describe("columns that are left out", () => {
  it("an index without a name is left out, and the groups are those without it", async () => {
    const { stdout } = await mixtura(["fit", caseOf("row-number.csv"), ...quick]);

    expect(head(stdout)).toMatch(
      /272 rows × 2 features \(eruptions, waiting\)\nLeft out: column column1, which counts the rows\. --keep-counters keeps it\.$/,
    );
    expect(stdout).toContain("Chosen: 2 components");
  });

  it("an identifier that counts is left out of customers.csv, and the three groups are found", async () => {
    const { stdout } = await mixtura(["fit", caseOf("customers.csv"), ...quick, "--label-column", "label", "--n-components", "1:5"]);

    expect(head(stdout)).toContain("4 features (age, orders, revenue, newsletter)\nLeft out: column customer_id, which counts the rows.");
    expect(stdout).toContain("Chosen: 3 components");
    expect(stdout).toContain("adjusted Rand index 1.000");
  });

  it("galaxies.csv, one sorted column of different whole numbers, is fitted as ever", async () => {
    const { stdout } = await mixtura(["fit", "test/data/galaxies.csv", "--n-components", "3", "--covariance-type", "full", "--seed", "1"]);

    expect(head(stdout)).toMatch(/82 rows × 1 feature \(velocity\)$/);
  });

  it.each([
    ["an index with gaps", rows(",x,y", (i) => `${i + (i > 9 ? 4 : 0)},${waves(i)}`), "column1, which counts the rows"],
    ["a counter from 1000 in the middle", rows("x,id,y", (i) => waves(i).replace(",", `,${1000 + i},`)), "id, which counts the rows"],
    ["seconds since 1970", rows("at,x,y", (i) => `${1_764_518_400 + 300 * i},${waves(i)}`), "at, which is a clock"],
  ])("left out: %s", async (_, text, words) => {
    const { stdout } = await mixtura(["select", "-", "--n-components", "1", ...quick], { input: text });

    expect(head(stdout)).toContain(`60 rows × 2 features\nLeft out: column ${words}.`);
  });

  it.each([
    ["sorted by a measurement", rows("x,y", (i) => `${i * i},${Math.sin(i)}`), []],
    ["every second number", rows("x,y", (i) => `${2 * i},${Math.sin(i)}`), []],
    ["another column without a name that climbs", rows("x,", (i) => `${Math.sin(i)},${3 * i}`), []],
    ["a counter that is to be kept", rows("id,y", (i) => `${i},${Math.sin(i)}`), ["--keep-counters"]],
    ["a clock that is to be kept", rows("at,y", (i) => `${1_764_518_400 + 300 * i},${Math.sin(i)}`), ["--keep-timestamps"]],
    ["a counter that --columns names", rows("id,y,z", (i) => `${i},${waves(i)}`), ["--columns", "id,y"]],
  ])("kept: %s", async (_, text, flags) => {
    const { stdout } = await mixtura(["fit", "-", "--n-components", "1", ...quick, ...flags], { input: text });

    expect(stdout).toContain("60 rows × 2 features");
    expect(stdout).not.toMatch(/which (counts|is a clock)/);
  });

  it.each([
    ["with names", rows("id,x,y", (i) => `${i},${waves(i)}`), rows("x,y", waves)],
    ["without names", rows("", (i) => `${i + 1},${waves(i)}`).trim(), rows("", waves).trim()],
  ])("a saved model takes tables with and without the column: %s", async (_, withColumn, without) => {
    const model = folder.path("model.json");
    await mixtura(["fit", file("train.csv", withColumn), "--n-components", "2", ...quick, "--output", model]);
    const results = [];
    for (const table of [withColumn, without]) {
      const path = file("new.csv", table);
      const predicted = await mixtura(["predict", model, path, "--with", "log-density"]);
      const scored = await mixtura(["score", model, path, "--json"]);
      const judged = await mixtura(["detect", path, "--model", model, "--log-density", "-1"]);
      const reported = await mixtura(["report", model, path, "--output", folder.path("page.html")]);
      expect([predicted, scored, judged, reported].map(({ stderr }) => stderr).join("")).toBe("");
      results.push([predicted.stdout, scored.stdout, judged.stdout]);
    }

    expect(results[1]).toEqual(results[0]);
    expect(GaussianMixture.load(readFileSync(model, "utf8")).provenance?.leftOutColumns).toEqual([
      { column: withColumn.startsWith("id") ? "id" : "1", reason: "it counts the rows" },
    ]);
  });

  it("a service's log after a restart has no alarm: its process number was constant, its clock is a clock", async () => {
    const model = folder.path("service.json");
    const flags = ["--drop", "hostname,msg"];

    const fitted = await mixtura(["detect", caseOf("pino-train.ndjson"), ...flags, "--novelty", "--seed", "1", "--save", model]);
    const judged = await mixtura(["detect", caseOf("pino-after-restart.ndjson"), "--model", model]);

    expect(head(fitted.stdout)).toContain("Left out: columns level and pid, which are constant. --constants strict keeps them.");
    expect(head(fitted.stdout)).toContain("Left out: column time, which is a clock. --keep-timestamps keeps it.");
    expect(judged).toMatchObject({ code: 0 });
    expect(head(judged.stdout)).toContain("20 rows × 3 features (status, responseTime, bytes)");
  });

  it("--constants strict judges them", async () => {
    const [train, other] = [
      file(
        "steady.csv",
        rows("pid,x,y", (i) => `657,${waves(i)}`, 200),
      ),
      file(
        "other.csv",
        rows("pid,x,y", (i) => `991,${waves(i)}`, 5),
      ),
    ];

    const leftOut = await mixtura(["detect", other, "--train", train, "--estimator", "MixtureDetector"]);
    const strict = await mixtura(["detect", other, "--train", train, "--estimator", "MixtureDetector", "--constants", "strict"]);

    expect(leftOut.stdout).toContain("5 rows × 2 features (x, y)");
    expect(strict.stdout).toContain("5 rows × 3 features (pid, x, y)");
    expect(strict.code).toBe(3);
  });

  it("a column that follows from others is kept, and named in the first lines with the flag that leaves it out", async () => {
    const { stdout } = await mixtura(["fit", caseOf("total.csv"), ...quick, "--drop", "label", "--n-components", "1:3"]);

    expect(head(stdout)).toContain(
      '3 features (north, south, total)\nLeft out: column label.\n"total" = "north" + "south" in every row, up to rounding: "total" adds nothing; --drop label,total leaves it out.',
    );
    const followed = await mixtura(["fit", caseOf("total.csv"), ...quick, "--drop", "label,total", "--n-components", "2"]);
    expect(followed).toMatchObject({ code: 0 });
  });

  it("every command that fits says it in its first lines, and JSON lists it", async () => {
    const table = file(
      "counted.csv",
      rows("id,x,y", (i) => `${i},${waves(i)}`),
    );
    const sentence = "Left out: column id, which counts the rows. --keep-counters keeps it.";
    const commands = [
      ["fit", table, "--n-components", "1", ...quick],
      ["select", table, "--n-components", "1", ...quick],
      ["report", table, "--n-components", "1", ...quick, "--output", folder.path("page.html")],
      ["detect", table],
    ];

    for (const args of commands) expect(head((await mixtura(args)).stdout)).toContain(sentence);
    const fitted = JSON.parse((await mixtura([...commands[0]!, "--json"])).stdout) as { data: object };
    const detected = JSON.parse((await mixtura([...commands[3]!, "--json"])).stdout) as { data: object };
    for (const { data } of [fitted, detected])
      expect(data).toMatchObject({ leftOutColumns: [{ column: "id", reason: "it counts the rows" }] });
    const described = await mixtura(["describe", folder.path("model.json")]);
    expect(described.stdout).toContain("left out");
  });

  it("written rows keep every column, the left out ones too", async () => {
    const { stdout } = await mixtura(["detect", "-", "--each", "--json", "--estimator", "EllipticEnvelope", "--seed", "1"], {
      input: rows("id,x,y", (i) => `${i},${waves(i)}`),
    });

    expect(JSON.parse(stdout.split("\n")[0]!)).toMatchObject({ x: 0, y: 1, outlier: false });
    expect(Object.keys(JSON.parse(stdout.split("\n")[0]!) as object)).toContain("id");
  });
});
