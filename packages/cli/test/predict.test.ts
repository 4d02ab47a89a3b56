import { spawnSync } from "node:child_process";
import { existsSync, realpathSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCSVFile } from "@mixtura/io/node";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mixtura, mixturaProcess, root, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
const modelPath = folder.path("model.json");
const data = join(root, "data/penguins.csv");
afterAll(folder.remove);

beforeAll(async () => {
  const { X } = await readCSVFile(data, { drop: ["label"] });
  const model = await new GaussianMixture({ nComponents: 3, covarianceType: "tied", randomState: 7 }).fit(X);
  writeFileSync(modelPath, JSON.stringify(model));
});

describe("mixtura predict", () => {
  it("writes the model's own labels, responsibilities and log-densities next to kept columns", async () => {
    const output = folder.path("scored.csv");

    const { code, stdout } = await mixtura([
      "predict",
      modelPath,
      data,
      "--with",
      "labels,responsibilities,log-density",
      "--keep",
      "label",
      "--output",
      output,
    ]);

    const { X } = await readCSVFile(data, { drop: ["label"] });
    const model = GaussianMixture.load(readFileSync(modelPath, "utf8"));
    const scored = await readCSVFile(output, { drop: ["label"] });
    const proba = await model.predictProba(X);
    const densities = await model.scoreSamples(X);
    const labels = await model.predict(X);
    const expected = Array.from(labels, (label, row) => [label, ...proba.data.subarray(row * 3, row * 3 + 3), densities[row]!]).flat();
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(scored.X.featureNames).toEqual(["predicted_label", "responsibility_0", "responsibility_1", "responsibility_2", "log_density"]);
    expect(scored.X.data).toEqual(Float64Array.from(expected)); // numbers are written so that the same bits are read back
    expect(readdirSync(folder.path(".")).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("finds features by name, wherever they stand", async () => {
    const { X } = await readCSVFile(data, { columns: ["body_mass_g", "bill_depth_mm", "flipper_length_mm", "bill_length_mm"] });
    const shuffled = [
      X.featureNames!.join(","),
      ...Array.from({ length: X.rows }, (_, row) => X.data.subarray(row * 4, row * 4 + 4).join(",")),
    ].join("\n");

    const [ordered, other] = [await mixtura(["predict", modelPath, data]), await mixtura(["predict", modelPath], { input: shuffled })];

    expect(other.stdout).toBe(ordered.stdout);
  });

  it("takes columns without names in the model's order", async () => {
    const lines = readFileSync(data, "utf8").trim().split("\n").slice(1);
    const input = lines.map((line) => line.split(",").slice(0, 4).join(",")).join("\n");

    const [named, plain] = [await mixtura(["predict", modelPath, data]), await mixtura(["predict", modelPath, "-"], { input })];

    expect(plain.stdout).toBe(named.stdout);
  });

  it("gives the same labels for a file of many blocks as row by row", async () => {
    const lines = readFileSync(data, "utf8").trim().split("\n");
    const big = folder.path("big.csv");
    const copies = 400; // 136,800 rows, more than two blocks
    writeFileSync(big, `${lines[0]}\n${Array.from({ length: copies }, () => lines.slice(1).join("\n")).join("\n")}\n`);

    const [once, many] = [await mixtura(["predict", modelPath, data]), await mixtura(["predict", modelPath, big])];

    const [head, ...labels] = once.stdout.trim().split("\n");
    expect(many.stdout).toBe(`${head}\n${`${labels.join("\n")}\n`.repeat(copies)}`);
  });

  it("writes one JSON object per row with --json", async () => {
    const { stdout } = await mixtura(["predict", modelPath, data, "--json", "--with", "labels,log-density"]);

    const rows = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { label: number; log_density: number });
    expect(rows).toHaveLength(342);
    expect(Object.keys(rows[0]!)).toEqual(["label", "log_density"]);
  });

  it("skips rows with missing values on request, and says how many", async () => {
    const input = "bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\n39,18,181,3750\nNA,18,181,3750\n";

    const { stdout, stderr } = await mixtura(["predict", modelPath, "--missing", "drop"], { input });

    expect(stdout.trim().split("\n")).toHaveLength(2);
    expect(stderr).toBe("note: 1 row of standard input left out for a missing value.\n");
  });

  it.skipIf(process.platform === "win32")("ends without complaint when its reader has seen enough", () => {
    const main = join(root, "packages/cli/dist/main.js");

    const { stdout, stderr, status } = spawnSync(
      "bash",
      ["-o", "pipefail", "-c", `"${process.execPath}" "${main}" predict "${modelPath}" "${data}" --keep all | head -n 2`],
      { encoding: "utf8" },
    );

    expect({ lines: stdout.trim().split("\n").length, stderr, status }).toEqual({ lines: 2, stderr: "", status: 0 });
  });

  it("leaves nothing half-written when it is interrupted, even while it waits for input", async () => {
    const results = folder.path("interrupted");
    const started = (): boolean => existsSync(results) && readdirSync(results).some((name) => name.endsWith(".part"));
    const [head, ...rows] = readFileSync(data, "utf8").trim().split("\n");
    const input = [head, ...Array.from({ length: 50 }, () => rows.join("\n"))].join("\n"); // more than a reader looks at before it begins
    const options = { input, keepOpen: true, interruptWhen: started };

    const { code, stderr } = await mixturaProcess(["predict", modelPath, "-", "--output", `${results}/labels.csv`], options);

    expect({ code, stderr }).toEqual({ code: 130, stderr: "interrupted\n" });
    expect(readdirSync(results)).toEqual([]);
  });

  // Where a system does not say whose a folder is, --plugin alone counts (plugins.test.ts).
  it.skipIf(process.geteuid === undefined)("reads models of plugins that --plugin names or the nearest package.json lists", async () => {
    const plugin = `export const plugins = [{ contractVersion: 1, type: "Parity", summary: "", options: {}, capabilities: ["clustering"], create() {},
      revive: () => ({ type: "Parity", featureCount: 1, trace: {}, toJSON: () => ({}), predict: async (X) => X.data.map((x) => x % 2) }) }];`;
    writeFileSync(folder.path("parity.js"), plugin);
    writeFileSync(folder.path("parity.json"), `{"format":"mixtura-model","version":1,"type":"Parity"}`);
    writeFileSync(folder.path("package.json"), `{"type":"module"}`);
    const options = { cwd: folder.path("."), input: "3\n4\n" };

    const without = await mixtura(["predict", "parity.json"], options);
    const named = await mixtura(["predict", "parity.json", "--plugin", "./parity.js"], options);
    writeFileSync(folder.path("package.json"), `{"type":"module","mixtura":{"plugins":["./parity.js"]}}`);
    const listed = await mixtura(["predict", "parity.json"], options);
    const loading = `note: loading the plugin "./parity.js", which ${realpathSync(folder.path("package.json"))} lists.\n`;
    const unable = await mixtura(["predict", "parity.json", "--with", "log-density"], options);

    expect(without.stderr).toContain("error[unknown-model-type]: parity.json: ");
    expect([named.stdout, listed.stdout]).toEqual(["label\n1\n0\n", "label\n1\n0\n"]);
    expect([named.stderr, listed.stderr]).toEqual(["", loading]);
    expect(unable.stderr).toBe(`${loading}error[not-supported]: A Parity model gives labels, not log-density. Change --with.\n`);
  });
});
