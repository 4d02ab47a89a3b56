import { writeFileSync } from "node:fs";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const model = GaussianMixture.fromParameters({
  weights: [1],
  means: [[0, 0]],
  covariances: [
    [
      [1, 0],
      [0, 1],
    ],
  ],
});

beforeAll(() => {
  writeFileSync(folder.path("model.json"), JSON.stringify(model));
  writeFileSync(folder.path("data.csv"), "a,b\n1,2\n");
  writeFileSync(folder.path("cut.json"), JSON.stringify(model).slice(0, 100));
  writeFileSync(folder.path("future.json"), JSON.stringify({ ...model.toJSON(), version: 99 }));
  writeFileSync(folder.path("foreign.json"), `{"weights":[1]}`);
  writeFileSync(folder.path("named.json"), JSON.stringify({ ...model.toJSON(), features: { count: 2, names: ["a", "b"] } }));
});

const fit = ["fit", "--n-components", "1,2"];

describe("what cannot be done is said in one line, without a stack", () => {
  it.each<[what: string, args: readonly string[], input: string, code: number, message: RegExp]>([
    [
      "text in a numeric column",
      fit,
      "a,b\n1,2\n3,4\n5,x\n",
      1,
      /^error\[not-finite\]: standard input: row 3 \(line 4\), column "b" is not a number \(found "x"\)\. .* pass --na x\. .* pass --drop b\.$/,
    ],
    [
      "nothing but text",
      fit,
      "species,island\nA,B\n",
      1,
      /^error\[read-error\]: standard input: no column holds numbers: "species", "island" are text\.$/,
    ],
    [
      "columns called like options (#17)",
      fit,
      "name,tol,b\nx,1,2\n1,2,3\n2,3,4\n",
      1,
      /column "name" is not a number \(found "x"\)\. .* pass --na x\. To do without column "name", pass --drop name\.$/,
    ],
    [
      "another column called like an option",
      [...fit, "--drop", "nInit"],
      "missing,regCovar\n1,2\n",
      2,
      /^error\[invalid-option\].*--drop asks for column "nInit", which is not there/,
    ],
    [
      "a value like advice",
      [...fit, "--columns", "keep"],
      'keep,header\n"missing: drop",2\n',
      1,
      /column "keep" is not a number \(found "missing: drop"\)/,
    ],
    ["a delimiter that is none", [...fit, "--delimiter", ";"], "a,b,c\n1,2,3\n", 1, /If rows are several fields, pass --delimiter ","\.$/],
    ["a tab where there is none", [...fit, "--delimiter", ","], "a\tb\n1\t2\n", 1, /If rows are several fields, pass --delimiter tab\.$/],
    ["a missing value", [...fit, "--missing", "error"], "a\n1\nNA\n", 1, /^error\[not-finite\]: .*row 2.* is missing.*--missing drop/],
    ["an infinite value", fit, "a\n1\ninf\n", 1, /^error\[not-finite\]: .*row 2.* is not finite/],
    ["ragged rows", fit, "a,b\n1,2\n3\n", 1, /^error\[read-error\]: .*row 2 \(line 3\) has 1 field, the header has 2/],
    ["no data", fit, "", 1, /^error\[read-error\]: standard input: the table is empty/],
    ["a header without rows", fit, "a,b\n", 1, /^error\[read-error\]: .*no row of data/],
    [
      "fewer rows than components",
      ["fit", "--n-components", "5", "--covariance-type", "full"],
      "a\n1\n2\n",
      1,
      /^error\[too-few-rows\]: .*2 rows cannot be shared among --n-components = 5/,
    ],
    [
      "only degenerate candidates",
      ["fit", "--n-components", "2:3", "--covariance-type", "full"],
      "a,b\n1,2\n3,4\n5,6\n",
      1,
      /^error\[no-sound-candidate\]: .*Try smaller --n-components/,
    ],
    ["a file that is not there", ["fit", "nowhere.csv"], "", 1, /^error\[read-error\]: nowhere\.csv: there is no such file/],
    ["a folder in place of a file", ["fit", "."], "", 1, /^error\[read-error\]: \.: this is a folder, not a table/],
    ["a folder in place of rows", ["predict", "model.json", "."], "", 1, /^error\[read-error\]: \.: this is a folder, not a table/],
    ["a column that is not there", [...fit, "--columns", "c"], "a,b\n1,2\n", 2, /^error\[invalid-option\]: .*"c"/],
    ["an output that is a folder", [...fit, "--output", "."], "a\n1\n", 1, /^error\[write-error\]: \.: this is a folder/],
    ["a model that is not there", ["predict", "nowhere.json"], "1,2\n", 1, /^error\[read-error\]: nowhere\.json: there is no such file/],
    ["a model cut short", ["predict", "cut.json"], "1,2\n", 1, /^error\[invalid-model\]: cut\.json: /],
    ["a model of the future", ["predict", "future.json"], "1,2\n", 1, /^error\[unsupported-version\]: future\.json: .*99/],
    [
      "data in place of a model",
      ["predict", "data.csv", "model.json"],
      "",
      1,
      /^error\[invalid-model\]: data\.csv: .*named after the model/,
    ],
    ["JSON that is no model", ["predict", "foreign.json"], "1,2\n", 1, /^error\[invalid-model\]: foreign\.json: /],
    [
      "data too wide for the model",
      ["predict", "model.json"],
      "1,2,3\n",
      1,
      /^error\[feature-mismatch\]: .*has 2 features, the data 3 columns/,
    ],
    [
      "data without the model's columns",
      ["predict", "named.json"],
      "a,c\n1,2\n",
      1,
      /^error\[feature-mismatch\]: .*needs the column "b", .*It has a, c/,
    ],
    [
      "a plugin that is not there",
      ["predict", "model.json", "--plugin", "./none.js"],
      "1,2\n",
      1,
      /^error\[plugin\]: plugin "\.\/none\.js"/,
    ],
  ])("%s", async (_, args, input, code, message) => {
    const ended = await mixtura(args, { input, cwd: folder.path(".") });

    expect(ended.stderr.trim()).toMatch(message);
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: "" });
  });
});

describe("a command line that cannot be understood ends with code 2 and a suggestion", () => {
  it.each<[args: readonly string[], message: RegExp]>([
    [["ftt"], /unknown command 'ftt' \(Did you mean fit\?\)/],
    [["fit", "--nComponents", "3"], /unknown option '--nComponents' \(Did you mean --n-components\?\)/],
    [["fit", "--n-components", "0"], /Expected integers ≥ 1, such as 3, 1:9 or 1,2,5/],
    [["fit", "--covariance-type", "round"], /Expected full, tied, diag, tied-diag or spherical/],
    [["fit", "--seed", "1.5"], /Expected integer from 0 to 4294967295/],
    [["predict"], /missing required argument 'model'/],
    [["predict", "m.json", "--with", "scores"], /list of labels, responsibilities, log-density, reasons, found "scores"/],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await mixtura(args);

    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});
