import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@mixtura/core/authoring";
import { GaussianMixture } from "@mixtura/mixture";
import { MixtureDetector } from "@mixtura/outliers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const run = (...args: readonly string[]): ReturnType<typeof mixtura> => mixtura(args, { cwd: folder.path(".") });

/** Amounts about 55, minutes about 40, a balance about 0. */
function table(rows: number, seed: number, change: (amount: number, minutes: number, balance: number) => readonly number[]): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: rows }, () =>
    change(Math.exp(4 + 0.5 * random.normal()), 40 + 4 * random.normal(), random.normal())
      .map((value) => value.toFixed(3))
      .join(","),
  );
  return `amount,minutes,balance\n${lines.join("\n")}\n`;
}

const files = {
  "train.csv": table(300, 1, (...values) => values),
  "same.csv": table(200, 2, (...values) => values),
  "cents.csv": table(40, 3, (amount, ...rest) => [100 * amount, ...rest]),
  "hours.csv": table(40, 4, (amount, minutes, balance) => [amount, minutes / 60, balance]),
  "kilo.csv": table(40, 5, (amount, minutes, balance) => [amount / 1000, minutes, balance]),
  "shifted.csv": table(40, 6, (amount, minutes, balance) => [amount, minutes + 30, balance]),
  "negative.csv": table(40, 7, (amount, minutes, balance) => [-amount, minutes, balance]),
  "burst.csv": table(40, 8, (amount, minutes, balance) => [amount > 60 ? 100 * amount : amount, minutes, balance]),
  "two.csv": table(2, 9, (amount, ...rest) => [100 * amount, ...rest]),
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(folder.path(name), text);
  for (const name of ["unit.csv", "unit-model.json"]) copyFileSync(join(root, "test/cases", name), folder.path(name));
  await run("fit", "train.csv", "--n-components", "1", "--covariance-type", "full", "--output", "model.json");
  await run("detect", "train.csv", "--novelty", "--fpr", "0.01", "--seed", "1", "--save", "envelope.json");
  await run("detect", "train.csv", "--estimator", "ECOD", "--save", "ecod.json");
}, 60_000);

describe("columns that left the range of the training rows in most rows (#17)", () => {
  it("amounts in cents where an old model learned euros, which keeps no ranges", async () => {
    const { code, stdout, stderr } = await run("predict", "unit-model.json", "unit.csv");

    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(4);
    expect(stderr).toBe(
      "warning: unit.csv: amount: 100 times larger: another unit? (Its median is 5500, that of the training rows 58.63.)\n",
    );
  });

  it.each([
    ["predict", "model.json"],
    ["score", "model.json"],
    ["detect", "--each", "--model", "envelope.json"],
    ["detect", "--each", "--model", "ecod.json"],
  ])("%s %s %s %s", async (...command) => {
    const { stderr } = await run(...command, "cents.csv");

    expect(stderr).toMatch(
      /^warning: cents\.csv: amount: 100 times larger: another unit\? \(Its median is \d+(\.\d)?, that of the training rows 5\d\.\d+\.\)\n$/,
    );
  });

  it.each([
    ["hours.csv", /^warning: hours\.csv: minutes: 6\d times smaller: another unit\? \(.*\)\n$/],
    ["kilo.csv", /^warning: kilo\.csv: amount: 1000 times smaller: another unit\? \(.*\)\n$/],
    [
      "shifted.csv",
      /^warning: shifted\.csv: minutes: \d+% of the rows are outside .* to .*, where all training rows were: another unit, or other rows\? \(.*\)\n$/,
    ],
    ["negative.csv", /^warning: negative\.csv: amount: 100% of the rows are outside .*\n$/],
  ])("%s", async (data, message) => {
    expect((await run("predict", "model.json", data)).stderr).toMatch(message);
  });

  it.each(["same.csv", "train.csv", "burst.csv", "two.csv"])("nothing is said of %s", async (data) => {
    expect((await run("predict", "model.json", data)).stderr).toBe("");
    expect((await run("score", "model.json", data)).stderr).toBe("");
    expect((await run("detect", data, "--model", "envelope.json", "--json")).stdout).not.toContain("warnings");
  });

  it("stands in the summary, in JSON and in the report of a detection", async () => {
    const [text, json] = [
      await run("detect", "cents.csv", "--model", "envelope.json", "--report", "page.html"),
      await run("detect", "cents.csv", "--model", "model.json", "--contamination", "0.1", "--json"),
    ];

    expect(text.stdout).toContain("Warning: amount: 100 times larger: another unit?");
    expect(readFileSync(folder.path("page.html"), "utf8")).toContain("amount: 100 times larger: another unit?");
    expect((JSON.parse(json.stdout) as { warnings: object[] }).warnings).toEqual([
      { column: "amount", message: expect.stringContaining("100 times larger") },
    ]);
  });

  it("a detector that was made of one row is judged by the mixture inside it", async () => {
    const mixture = GaussianMixture.load(readFileSync(folder.path("model.json"), "utf8"));
    const detector = await new MixtureDetector({ mixture, threshold: { logDensity: -30 } }).fit([[55, 40, 0]]);
    writeFileSync(folder.path("made.json"), JSON.stringify(detector));

    expect((await run("detect", "same.csv", "--model", "made.json", "--each")).stderr).toBe("");
    expect((await run("detect", "cents.csv", "--model", "made.json", "--each")).stderr).toContain("amount: 100 times larger");
  });

  it("rows that are judged by a fit on other rows, too", async () => {
    const { stdout } = await run("detect", "cents.csv", "--train", "train.csv", "--fpr", "0.05");

    expect(stdout).toContain("Warning: amount: 100 times larger");
  });

  it.each(["model.json", "envelope.json", "ecod.json"])("%s keeps what its columns ranged over", (name) => {
    const { provenance } = JSON.parse(readFileSync(folder.path(name), "utf8")) as {
      provenance: { columnRanges: Record<string, number[]> };
    };
    const rows = files["train.csv"]
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const column = (j: number): number[] => rows.map((row) => row[j]!).toSorted((a, b) => a - b);

    // The greatest value is the least plus the range, each rounded.
    for (const j of [0, 1, 2]) {
      expect(provenance.columnRanges["minimum"]![j]).toBe(column(j)[0]);
      expect(provenance.columnRanges["maximum"]![j]).toBeCloseTo(column(j).at(-1)!, 9);
      expect(provenance.columnRanges["median"]![j]).toBeCloseTo((column(j)[149]! + column(j)[150]!) / 2, 9);
    }
  });
});
