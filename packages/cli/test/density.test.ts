import { readFileSync, writeFileSync } from "node:fs";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { condition, probability } from "@mixtura/mixture/density";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const correlated = (d: number): number[][] =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_unused, j) => (i === j ? 1 : 0.5)));
const model = GaussianMixture.fromParameters({
  weights: [0.4, 0.6],
  means: [
    [0, 0],
    [4, 3],
  ],
  covariances: [correlated(2), correlated(2)],
  featureNames: ["length", "a,b"],
});
const wide = GaussianMixture.fromParameters({ weights: [1], means: [[0, 0, 0, 0, 0]], covariances: [correlated(5)] });

beforeAll(async () => {
  writeFileSync(folder.path("model.json"), JSON.stringify(model));
  writeFileSync(folder.path("wide.json"), JSON.stringify(wide));
  writeFileSync(folder.path("k.json"), JSON.stringify(await new KMeans({ nClusters: 1, randomState: 1 }).fit([[0], [1]])));
});

const run = (...args: string[]) => mixtura(args, { cwd: folder.path(".") });

describe("mixtura probability", () => {
  it("prints the box, its probability and how far it can be trusted", async () => {
    const { stdout, stderr, code } = await run("probability", "model.json", "--lower", "length=1", "--upper", 'length=3,"a,b=2.5"');

    const { probability: right } = await probability(model, { lower: { length: 1 }, upper: { length: 3, "a,b": 2.5 } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^ {2}length {2}≥ 1 {4}≤ 3$/m);
    expect(stdout).toContain(String(Number(right.toPrecision(10))));
    expect(stdout).toMatch(/error +± 1\.\de-14 {2}quadrature/);
  });

  it("gives the library's answer as JSON, the same for the same seed; features without names are x1, x2, …", async () => {
    const args = [
      "probability",
      "wide.json",
      "--lower",
      "x1=-1,x2=-1,x4=-inf",
      "--lower",
      "x3=-1,x5=-1",
      "--tolerance",
      "1e-4",
      "--seed",
      "3",
      "--json",
    ];
    const [one, two] = await Promise.all([run(...args), run(...args)]);

    const right = await probability(wide, { lower: [-1, -1, -1, -Infinity, -1] }, { tolerance: 1e-4, randomState: 3 });
    expect(JSON.parse(one.stdout)).toEqual({
      model: "wide.json",
      box: ["x1", "x2", "x3", "x5"].map((feature) => ({ feature, lower: -1 })),
      ...right,
    });
    expect(two.stdout).toBe(one.stdout);
  });

  it.each<[args: string[], code: number, message: RegExp]>([
    [["model.json"], 2, /^error\[invalid-option\]: No box: add --lower, --upper or both/],
    [["model.json", "--lower", "lenght=1"], 1, /^error\[feature-mismatch\]: .*"lenght"\. Did you mean "length"\?/],
    [["wide.json", "--lower", "x6=1"], 1, /^error\[feature-mismatch\]: .*x1, x2, x3, x4, x5/],
    [
      ["model.json", "--lower", "length=2", "--upper", "length=1"],
      2,
      /^error\[invalid-option\]: .*"lower" of length is 2, above "upper", 1/,
    ],
    [["model.json", "--lower", "length"], 2, /^error\[usage\]: .*such as length=1\.5,depth=-2/],
    [["model.json", "--lower", "length=1,length=2"], 2, /^error\[usage\]: .*"length" is given twice/],
    [["k.json", "--lower", "x1=1"], 1, /^error\[not-supported\]: A KMeans model has no box probabilities/],
  ])("refuses %j", async (args, code, message) => {
    const ended = await run("probability", ...args);

    expect(ended.stderr).toMatch(message);
    expect({ code: ended.code, stdout: ended.stdout, lines: ended.stderr.trim().split("\n").length }).toEqual({
      code,
      stdout: "",
      lines: 1,
    });
  });
});

describe("mixtura condition", () => {
  it("tells what is left and saves it as a model", async () => {
    const { stdout, code } = await run("condition", "model.json", "--given", "length=2", "--output", "left.json");

    const right = condition(model, { length: 2 });
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(folder.path("left.json"), "utf8"))).toEqual(right.toJSON());
    expect(stdout).toMatch(/^model\.json, given length = 2\n\n {2}label {2}weight +a,b\n/);
    expect(stdout).toMatch(/^ +1 +60% +2\.000 ± 0\.866$/m);
  });

  it("keeps the names of features under which they were shown", async () => {
    const { stdout } = await run("condition", "wide.json", "--given", "x1=1,x3=1", "--json");

    const left = GaussianMixture.load(stdout);
    expect(left.featureNames).toEqual(["x2", "x4", "x5"]);
    expect(left.means.data).toEqual(condition(wide, { 0: 1, 2: 1 }).means.data);
  });

  it.each<[args: string[], code: number, message: RegExp]>([
    [["model.json"], 2, /^error\[invalid-option\]: No known feature: add --given/],
    [["model.json", "--given", 'length=2,"a,b=1"'], 2, /^error\[invalid-option\]: .*found all given/],
    [["model.json", "--given", "depth=2"], 1, /^error\[feature-mismatch\]: .*no feature "depth"/],
    [["model.json", "--given", "length=inf"], 2, /^error\[invalid-option\]: .*finite number/],
    [["model.json", "--given", "length=2", "--output", "model.json"], 1, /^error\[write-error\]/],
    [["k.json", "--given", "x1=1"], 1, /^error\[not-supported\]: A KMeans model cannot be conditioned/],
  ])("refuses %j", async (args, code, message) => {
    const ended = await run("condition", ...args);

    expect(ended.stderr).toMatch(message);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: "" });
  });
});
