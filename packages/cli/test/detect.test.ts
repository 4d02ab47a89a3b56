import { readFileSync, writeFileSync } from "node:fs";
import { loadModel, toMatrix } from "@mixtura/core";
import { FittedDetector, plugins } from "@mixtura/outliers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { single, writeDetectionFiles } from "./detection-files.ts";
import { mixtura, mixturaProcess, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
beforeAll(() => writeDetectionFiles(folder.path));
afterAll(folder.remove);

const here = { cwd: folder.path(".") };

describe("mixtura detect", () => {
  it("fits and judges the same rows, lists the worst with reasons, and ends with code 3", async () => {
    const { code, stdout, stderr } = await mixtura(
      ["detect", "readings.csv", "--drop", "id,label", ...single, "--contamination", "0.02"],
      here,
    );

    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(stdout).toContain("readings.csv: 200 rows × 2 features (pressure, level)");
    expect(stdout).toContain("4 of 200 rows score lowest, by --contamination 0.02"); // the 0.02 quantile of 200 scores lies between the fourth and the fifth
    expect(stdout).toMatch(/\n +s199 +-[\d.]+ +pressure: expected [\d.]+ ± [\d.]+, saw 296\n/);
    expect(stdout).toContain("the lowest 2% of the training rows");
    expect(stdout).toContain("The detector was not saved; --save detector.json keeps it.");
  });

  it("ends with code 0 where nothing is found", async () => {
    const { code, stdout } = await mixtura(["detect", "clean.csv", "--drop", "id,label", ...single, "--gap", "0.1"], here);

    expect(stdout).toContain("None of 400 rows stands apart, by --gap 0.1");
    expect(code).toBe(0);
  });

  it("writes the rows with score, outlier and reason: CSV as it came, JSON with numbers and booleans", async () => {
    const args = ["detect", "readings.csv", "--drop", "id,label", ...single, "--contamination", "0.02", "--output"];
    await mixtura([...args, folder.path("judged.csv")], here);
    await mixtura([...args, folder.path("judged.ndjson")], here);

    const [head, ...lines] = readFileSync(folder.path("judged.csv"), "utf8").trim().split("\n");
    const input = readFileSync(folder.path("readings.csv"), "utf8").trim().split("\n");
    expect(head).toBe("id,pressure,level,label,score,outlier,reason");
    expect(lines).toHaveLength(200);
    expect(lines[5]!.startsWith(`${input[6]!},-`)).toBe(true);
    expect(lines[5]!.endsWith(",0,")).toBe(true);
    expect(lines[199]).toMatch(/,1,"pressure: expected /);
    const records = readFileSync(folder.path("judged.ndjson"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records[5]).toMatchObject({ id: "s5", label: "0", outlier: false, reason: null });
    expect(records[5]!["pressure"]).toBe(Number(input[6]!.split(",")[1]));
    expect(records.filter(({ outlier }) => outlier === true)).toHaveLength(4);
  });

  it("keeps the columns that are asked for, and only the anomalies", async () => {
    const output = folder.path("odd.csv");
    await mixtura(
      ["detect", "readings.csv", "--drop", "label", "--keep", "id", ...single, "--score", "-30", "--only-outliers", "--output", output],
      here,
    );

    const [head, ...lines] = readFileSync(output, "utf8").trim().split("\n");
    expect(head).toBe("id,score,outlier,reason");
    expect(lines.map((line) => line.split(",")[0])).toEqual(["s197", "s198", "s199"]);
  });

  it("writes what every feature of every row adds with --explain", async () => {
    const output = folder.path("explained.csv");
    await mixtura(
      ["detect", "new.csv", "--drop", "label", "--keep", "id", "--model", "detector.json", "--explain", "corr-max", "--output", output],
      here,
    );

    const [head, first] = readFileSync(output, "utf8").trim().split("\n");
    expect(head).toBe("id,score,outlier,reason,contribution_pressure,contribution_level,expected_pressure,expected_level");
    expect(first!.split(",").slice(-2)).toEqual(["40", "7"]); // uncorrelated: what is expected of a feature is its mean
  });

  it("compares the scores with a column that knows the anomalies", async () => {
    const { stdout } = await mixtura(
      ["detect", "readings.csv", "--drop", "id", "--label-column", "label", ...single, "--contamination", "0.02"],
      here,
    );
    const { stdout: json } = await mixtura(
      ["detect", "readings.csv", "--drop", "id", "--label-column", "label", "--outlier-label", "0", ...single, "--json"],
      here,
    );

    expect(stdout).toContain("200 rows × 2 features");
    expect(stdout).toContain("Column label knows 3 anomalies (“1”), 3 of them among those found.");
    expect(stdout).toContain("ROC AUC 1.000");
    expect((JSON.parse(json) as { known: { rocAuc: number } }).known.rocAuc).toBe(0);
  });

  it("fits on clean rows of another file, keeps the rate of false alarms, and gives p-values", async () => {
    const args = ["detect", "new.csv", "--drop", "id", "--train", "clean.csv", "--label-column", "label", ...single, "--fpr", "0.02"];
    const { code, stdout } = await mixtura([...args, "--save", "saved.json", "--json"], here);

    const result = JSON.parse(stdout) as { detector: { trainingRows: number; novelty: boolean }; worst: { row: number; pValue: number }[] };
    expect(code).toBe(3);
    expect(result.detector).toMatchObject({ trainingRows: 400, novelty: true, rule: { fpr: 0.02 } });
    expect(result.worst.slice(0, 2).map(({ row }) => row)).toEqual([50, 49]);
    expect(result.worst[0]!.pValue).toBe(1 / 201); // half of the 400 rows calibrate
    const model = loadModel(readFileSync(folder.path("saved.json"), "utf8"), { plugins });
    expect(model).toBeInstanceOf(FittedDetector);
  });

  it("takes rows of --train as contaminated where --contamination says so", async () => {
    const { stdout } = await mixtura(
      ["detect", "new.csv", "--drop", "id,label", "--train", "readings.csv", ...single, "--contamination", "0.01", "--json"],
      here,
    );

    expect((JSON.parse(stdout) as { detector: object }).detector).toMatchObject({ novelty: false, rule: { contamination: 0.01 } });
  });

  it("keeps a detector of clean rows by --novelty and --save, and finds nothing among them", async () => {
    const { code, stdout } = await mixtura(
      ["detect", "clean.csv", "--drop", "id,label", ...single, "--novelty", "--fpr", "0.01", "--save", "novelty.json"],
      here,
    );

    expect(code).toBe(0);
    expect(stdout).toContain("clean.csv: 400 clean rows × 2 features (pressure, level)");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "of clean rows at most 1% do on average (--fpr 0.01), calibrated on 200 clean rows that the fit did not see.",
    );
    expect(stdout).toContain("Detector saved to novelty.json");
  });

  it("judges rows by a saved detector as they come, and by features found by name", async () => {
    const input = `{"level":7,"kind":{"of":"a"},"pressure":41}\n\n{"level":7.5,"kind":"b","pressure":97}`;
    const { code, stdout, stderr } = await mixtura(["detect", "--model", "detector.json", "--each", "--json"], { ...here, input });

    const model = loadModel(readFileSync(folder.path("detector.json"), "utf8"), { plugins }) as FittedDetector;
    const scores = await model.scoreSamples(
      toMatrix(
        [
          [41, 7],
          [97, 7.5],
        ],
        { caller: "test" },
      ),
    );
    const [usual, odd] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(usual).toEqual({ level: 7, kind: { of: "a" }, pressure: 41, score: scores[0], outlier: false, reason: null });
    expect(odd).toMatchObject({ kind: "b", score: scores[1], outlier: true, reason: "pressure: expected 40.0 ± 3.0, saw 97.0" });
  });

  it("writes an event as soon as it is judged, before the next one comes", async () => {
    const input = Array.from({ length: 3 }, (_, row) => `{"pressure":${40 + row},"level":7}\n`).join("");
    const seen: string[] = [];
    const { stdout, code } = await mixturaProcess(["detect", "--model", "detector.json", "--each", "--json"], {
      ...here,
      input,
      keepOpen: true,
      onOutput: (text) => void seen.push(text),
      interruptWhen: () => seen.join("").split("\n").length > 1,
    });

    expect(stdout.split("\n").length).toBeGreaterThan(1);
    expect(code).toBe(130);
  });

  it("judges by a density that was fitted before, with a threshold for it", async () => {
    const fixed = await mixtura(["detect", "new.csv", "--model", "mixture.json", "--log-density", "-9", "--json"], here);
    const fraction = await mixtura(["detect", "new.csv", "--model", "mixture.json", "--contamination", "0.04", "--json"], here);

    const count = (stdout: string): number => (JSON.parse(stdout) as { anomalies: { count: number } }).anomalies.count;
    expect(count(fixed.stdout)).toBe(2);
    expect(count(fraction.stdout)).toBe(2);
  });

  it("fits again without the most extreme rows with --clean, and says what that changed", async () => {
    const clean = ["--clean", "--estimator", "GaussianMixture", "--contamination", "0.02"];
    const { stdout } = await mixtura(["detect", "readings.csv", "--drop", "id,label", ...clean, "--save", "cleaned.json"], here);
    const once = await mixtura(["detect", "readings.csv", "--drop", "id,label", ...clean, "--rounds", "1", "--json"], here);

    expect(stdout).toMatch(/4 rows were removed in \d rounds? of fitting and removing, until nothing changed\./);
    expect(stdout).toMatch(/pressure 43\.\d+ ± [\d.]+ → (39|40)\.\d+ ± [23]\.\d+/);
    expect((JSON.parse(once.stdout) as { cleaning: { removedRows: number[] } }).cleaning.removedRows).toEqual(
      expect.arrayContaining([197, 198, 199]),
    );
    expect(loadModel(readFileSync(folder.path("cleaned.json"), "utf8"), { plugins }).type).toBe("RefitOnInliers");
  });

  it("writes a report with scores, reasons, pictures and the command that writes it again", async () => {
    const args = ["detect", "readings.csv", "--drop", "id", "--label-column", "label", ...single, "--contamination", "0.02"];
    const { stdout } = await mixtura([...args, "--report", "new/report.html"], here);

    const page = readFileSync(folder.path("new/report.html"), "utf8");
    expect(stdout).toMatch(/Report written to new\/report\.html \([\d.]+ kB\)/);
    expect(page).toContain("4 of 200 rows of readings.csv score lowest, by --contamination 0.02.");
    expect(page).toMatch(/pressure: expected [\d.]+ ± [\d.]+, saw 296/);
    expect(page).toContain("Scores and threshold");
    expect(page).toContain(
      "mixtura detect readings.csv --estimator MixtureDetector --contamination 0.02 --n-components 1 --covariance-type full --random-state 7 --label-column label --drop id --report new/report.html",
    );
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it("reports on rows that a saved detector judges", async () => {
    await mixtura(["detect", "new.csv", "--model", "detector.json", "--report", "saved.html"], here);

    const page = readFileSync(folder.path("saved.html"), "utf8");
    expect(page).toContain("2 of 50 rows of new.csv stand apart, by --log-density -9.");
    expect(page).toContain("It was fitted before, and read from detector.json.");
  });

  it("numbers rows as in the file, also where some were left out", async () => {
    const input = "pressure,level\nNA,7\n40,7\n,\n97,7\n";
    const fitted = await mixtura(["detect", "--missing", "drop", ...single, "--score", "-9", "--json"], {
      ...here,
      input: `${input}${"41,7.1\n39,6.8\n40,7.2\n".repeat(4)}`,
    });
    const { stdout } = await mixtura(["detect", "--model", "detector.json", "--missing", "drop"], { ...here, input });

    expect(fitted.code).toBeOneOf([0, 3]);
    expect(stdout).toMatch(/\n +4 +-[\d.]+ +pressure/);
    expect(stdout).toContain("Left out: 2 rows with a missing value; row numbers are those of the file.");
  });

  it("takes any detector, ECOD and those of --plugin, and shows their options in the help", async () => {
    const plugin = `export const plugins = [{ contractVersion: 1, type: "High", summary: "", capabilities: ["outlier"],
      options: { limit: { range: { kind: "number" }, default: 50, description: "The highest value that is normal." } },
      create: ({ limit = 50 }) => ({ type: "High", options: { limit }, fit: async () => model(limit) }), revive: ({ limit }) => model(limit) }];
      const model = (limit) => ({ type: "High", featureCount: 1, trace: { diagnostics: [], seed: 0, elapsedMilliseconds: 1, converged: true, iterations: 1 },
        toJSON: () => ({ format: "mixtura-model", version: 1, type: "High", limit }), withBackend() { return this; },
        predict: async (X) => X.data.map((x) => (x > limit ? -1 : 1)) });`;
    writeFileSync(folder.path("high.mjs"), plugin);
    const input = "pressure\n10\n60\n90\n";

    const ecod = await mixtura(
      ["detect", "readings.csv", "--drop", "id,label", "--estimator", "ecod", "--contamination", "0.02", "--tails", "feature"],
      here,
    );
    const foreign = await mixtura(["detect", "--plugin", "./high.mjs", "--estimator", "High", "--limit", "80"], { ...here, input });
    const help = await mixtura(["detect", "--plugin", "./high.mjs", "--estimator", "High", "--help"], here);

    expect(ecod.stdout).toMatch(/level 4\.611 adds 5\.3 of 7\.82; pressure 44\.312 adds 2\.53 of 7\.82/);
    expect(foreign.stdout).toContain("1 of 3 rows stands apart");
    expect(foreign.stdout).toContain("High says of each row whether it is an anomaly, and gives no scores.");
    expect(help.stdout).toMatch(/Options of High:\n +--limit <number> +The highest value that is normal/);
    expect(help.stdout).toContain("Exit code 3: anomalies were found; 0: none.");
  });
});
