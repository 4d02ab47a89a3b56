import { existsSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { single, writeDetectionFiles } from "./detection-files.ts";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
beforeAll(() => writeDetectionFiles(folder.path));
afterAll(folder.remove);

const here = { cwd: folder.path(".") };

describe("what cannot be detected is said in one line", () => {
  it.each<[what: string, args: readonly string[], code: number, message: RegExp]>([
    [
      "an unknown estimator",
      ["readings.csv", "--estimator", "MixtureDetectr"],
      2,
      /^error\[usage\]: there is no estimator "MixtureDetectr"\. Did you mean MixtureDetector\?/,
    ],
    ["an estimator that detects nothing", ["readings.csv", "--estimator", "KMeans"], 2, /^error\[usage\]: KMeans is not a detector/],
    [
      "a density that was not to be cleaned",
      ["readings.csv", "--estimator", "GaussianMixture"],
      2,
      /MixtureDetector judges.*--clean --estimator GaussianMixture/,
    ],
    ["a threshold out of range", ["readings.csv", "--contamination", "0.7"], 2, /--contamination.*number above 0 and at most 0\.5/],
    ["no contamination", ["readings.csv", "--contamination", "0"], 2, /number above 0 and at most 0\.5/],
    ["the rest of a χ² fraction", ["readings.csv", "--chi-square", "0.05"], 2, /number at least 0\.5 and below 1\. Did you mean 0\.95\?/],
    ["the rest of Hardin and Rocke's", ["readings.csv", "--hardin-rocke", "0.01"], 2, /Did you mean 0\.99\?/],
    ["a rate of nothing", ["readings.csv", "--fpr", "0"], 2, /--fpr/],
    [
      "two thresholds",
      ["readings.csv", "--contamination", "0.1", "--gap", "0.1"],
      2,
      /--contamination and --gap are different threshold rules/,
    ],
    [
      "a threshold that the detector does not know",
      ["readings.csv", "--estimator", "ECOD", "--chi-square", "0.99"],
      2,
      /--chi-square is not defined for ECOD\. It takes --contamination\./,
    ],
    [
      "a threshold that the scores have no meaning for",
      ["readings.csv", "--drop", "id,label", ...single, "--hardin-rocke", "0.9"],
      2,
      /--hardin-rocke is not defined for MixtureDetector\. It takes /,
    ],
    ["a rate among rows that are not clean", ["readings.csv", "--drop", "id,label", ...single, "--fpr", "0.1"], 2, /--fpr.*--novelty/],
    [
      "a fraction of clean rows",
      ["clean.csv", "--novelty", "--save", "x.json", "--drop", "id,label", ...single, "--contamination", "0.1"],
      2,
      /--contamination.*leave novelty out|--novelty says/,
    ],
    [
      "a rate that needs more rows",
      ["new.csv", "--train", "clean.csv", "--drop", "id,label", ...single, "--fpr", "0.0001"],
      1,
      /^error\[too-few-rows\].*9,?999/,
    ],
    ["nothing to find among clean rows", ["clean.csv", "--novelty"], 2, /--novelty declares the rows clean.*--save/],
    [
      "a column that is not there",
      ["readings.csv", "--columns", "pressur"],
      2,
      /^error\[invalid-option\].*"pressur".*Did you mean "pressure"/,
    ],
    ["a label column that is not there", ["readings.csv", "--label-column", "kind"], 2, /^error\[invalid-option\].*"kind"/],
    [
      "labels without an anomaly",
      ["readings.csv", "--drop", "id", ...single, "--label-column", "label", "--outlier-label", "yes"],
      2,
      /no row is labelled "yes"; found 0, 1/,
    ],
    [
      "labels that are all anomalies",
      ["clean.csv", "--drop", "id", ...single, "--label-column", "label", "--outlier-label", "0"],
      2,
      /every row is labelled "0"/,
    ],
    ["text in a feature", ["readings.csv", "--columns", "id"], 1, /^error\[not-finite\].*"id"/],
    ["a model that is not there", ["new.csv", "--model", "nowhere.json"], 1, /^error\[read-error\]: nowhere\.json/],
    ["a model cut short", ["new.csv", "--model", "cut.json"], 1, /^error\[invalid-model\]: cut\.json/],
    ["a model that says nothing of rows", ["new.csv", "--model", "kmeans.json"], 1, /^error\[not-supported\]: kmeans\.json.*KMeans/],
    [
      "a density without a threshold",
      ["new.csv", "--model", "mixture.json"],
      2,
      /^error\[usage\]: mixture\.json is a GaussianMixture, a density without a threshold/,
    ],
    [
      "another threshold for a detector",
      ["new.csv", "--model", "detector.json", "--contamination", "0.1"],
      2,
      /detector\.json is a detector with its own threshold: leave out --contamination/,
    ],
    ["a model and an estimator", ["new.csv", "--model", "detector.json", "--estimator", "ECOD"], 2, /--model.*--estimator/],
    ["data without the model's features", ["other.csv", "--model", "detector.json"], 1, /^error\[feature-mismatch\].*"level"/],
    ["an empty file", ["empty.csv"], 1, /^error\[read-error\]: empty\.csv: the table is empty/],
    ["a header alone, where that is an error", ["head.csv", "--model", "detector.json", "--strict"], 1, /^error\[read-error\]: head\.csv/],
    ["a file that is not there", ["nowhere.csv"], 1, /^error\[read-error\]: nowhere\.csv/],
    ["an output that is the input", ["readings.csv", "--output", "readings.csv"], 1, /^error\[write-error\]/],
    ["only outliers of nothing", ["readings.csv", "--only-outliers"], 2, /--only-outliers needs rows to write/],
    ["rounds of nothing", ["readings.csv", "--rounds", "2"], 2, /--rounds is for --clean/],
    [
      "cleaning of clean rows",
      ["new.csv", "--train", "clean.csv", "--clean", "--drop", "id,label", "--fpr", "0.1", ...single],
      2,
      /rule|--clean/,
    ],
    ["no anomalies to list", ["readings.csv", "--top", "0"], 2, /Expected an integer ≥ 1/],
  ])("%s", async (_, args, code, message) => {
    const ended = await mixtura(["detect", ...args], here);

    expect(ended.stderr.trim()).toMatch(message);
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: "" });
  });
});

describe("the outputs of one detection: all of them are written, or none and the command says why (#17)", () => {
  const outputs = { "--save": "all-saved.json", "--report": "all-report.html", "--output": "all-judged.csv" };
  const subsets = [["--save"], ["--report"], ["--output"], ["--save", "--report"], ["--save", "--output"], ["--report", "--output"], ["--save", "--report", "--output"]] as const; // prettier-ignore
  const ways: Readonly<Record<string, readonly string[]>> = {
    "the rows themselves": ["readings.csv", "--drop", "id,label", ...single],
    "clean rows of another file": ["new.csv", "--drop", "id,label", "--train", "clean.csv", ...single],
    "clean rows, with a rate": ["new.csv", "--drop", "id,label", "--train", "clean.csv", "--fpr", "0.01", ...single],
    "a saved detector": ["new.csv", "--model", "detector.json"],
    "a saved detector, row by row": ["new.csv", "--model", "detector.json", "--each"],
    "the rows themselves, row by row": ["readings.csv", "--drop", "id,label", ...single, "--each"],
    "clean rows alone": ["clean.csv", "--drop", "id,label", "--novelty", ...single],
    "clean rows alone, with a rate": ["clean.csv", "--drop", "id,label", "--novelty", "--fpr", "0.01", ...single],
    "clean rows alone, row by row": ["clean.csv", "--drop", "id,label", "--novelty", "--each", ...single],
  };
  const cases = Object.entries(ways).flatMap(([way, args]) => subsets.map((subset) => [way, subset, args] as const));

  it.each(cases)("%s, with %j", async (_, subset, args) => {
    const files = Object.values(outputs).map((name) => folder.path(name));
    for (const file of files) rmSync(file, { force: true });

    const { code, stderr } = await mixtura(["detect", ...args, ...subset.flatMap((flag) => [flag, outputs[flag]])], here);

    const written = subset.filter((flag) => existsSync(folder.path(outputs[flag])));
    expect({ stderr, written }).toEqual(code === 2 ? { stderr: expect.stringMatching(/^error\[usage\]: /) as string, written: [] } : { stderr: expect.any(String) as string, written: subset }); // prettier-ignore
    expect([0, 2, 3]).toContain(code);
    expect(files.filter((file) => existsSync(file))).toHaveLength(written.length);
  });
});
