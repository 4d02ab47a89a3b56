import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, describe, expect, it } from "vitest";
import { mixtura, mixturaProcess, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const quick = ["--n-components", "1:3", "--covariance-type", "full,tied", "--seed", "7"];

describe("mixtura fit", () => {
  it("prints what was chosen, from what, and saves a model that loads", async () => {
    const output = folder.path("new/folder/model.json");

    const { code, stdout, stderr } = await mixtura(["fit", "data/faithful.csv", ...quick, "--n-init", "5", "--output", output]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("data/faithful.csv: 272 rows × 2 features (eruptions, waiting)");
    expect(stdout).toMatch(/K +full +tied\n +1 +2607\.6 +2607\.6\n +2 +2322\.2 +2325\.2\n +3 +[\d.]+ +2314\.3\*/);
    expect(stdout).toContain("Chosen: 3 components, tied covariance");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "This is the largest K tried, so there may be more groups. Try more: --n-components 1:6.",
    );
    expect(stdout).toContain(`predict ${output} data/faithful.csv`);
    expect(GaussianMixture.load(readFileSync(output, "utf8")).nComponents).toBe(3);
    expect(readdirSync(dirname(output))).toEqual(["model.json"]);
  });

  it("fits what was asked for where nothing is left to choose", async () => {
    const { stdout } = await mixtura(["fit", "data/faithful.csv", "--n-components", "2", "--covariance-type", "full", "--seed", "7"]);

    expect(stdout).toContain("Fitted: 2 components, full covariance");
    expect(stdout).not.toContain("Chosen");
  });

  it("says what was left out: columns, and rows with missing values", async () => {
    const input = "a,b,name\n1,2,x\n2,NA,y\n3,1,z\n4,6,x\n5,1,x\n";

    const { stdout } = await mixtura(
      ["fit", "-", "--drop", "name", "--missing", "drop", "--n-components", "1", "--covariance-type", "diag"],
      { input },
    );

    expect(stdout).toContain(
      "standard input: 4 rows × 2 features (a, b)\nLeft out: column name.\nLeft out: 1 row with a missing value (line 3)",
    );
  });

  it("prints everything as JSON, the model included", async () => {
    const { stdout } = await mixtura(["fit", "data/penguins.csv", "--drop", "label", ...quick, "--json"]);

    const result = JSON.parse(stdout) as {
      candidates: unknown[];
      best: { nComponents: number; sizes: number[] };
      model: unknown;
      unusualRows: unknown[];
    };
    expect(result.candidates).toHaveLength(6);
    expect(result.best.sizes.reduce((sum, size) => sum + size, 0)).toBe(342);
    expect(result.unusualRows).toHaveLength(5);
    expect(GaussianMixture.load(result.model).nComponents).toBe(result.best.nComponents);
  });

  it("gives the same numbers from a file, from standard input and on another backend", async () => {
    const input = readFileSync(new URL("../../../data/faithful.csv", import.meta.url), "utf8");
    const args = ["--n-components", "2", "--covariance-type", "tied", "--random-state", "7", "--json"];

    const runs = [
      await mixtura(["fit", "data/faithful.csv", ...args]),
      await mixtura(["fit", ...args], { input }),
      await mixtura(["fit", "data/faithful.csv", ...args, "--backend", "ml-matrix"]),
    ];

    const [file, piped, other] = runs.map(({ stdout }) => (JSON.parse(stdout) as { best: { bic: number } }).best.bic);
    expect(piped).toBe(file);
    // Two ways of summing 272 rows in float64: they differ in the last digits only, and EM stops at the same map.
    expect(other).toBeCloseTo(file!, 6);
  });

  it.each([60, 80, 120])("keeps every line within %i columns, save for the command to copy", async (width) => {
    const names = Array.from({ length: 13 }, (_, j) => `a_rather_long_feature_name_${j}`);
    const rows = Array.from({ length: 40 }, (_, i) => names.map((_, j) => ((i * 7919 + j * 104_729) % 1000) / 7 + (i % 2) * 300).join(","));

    const { stdout } = await mixtura(["fit", ...quick, "--covariance-type", "diag"], {
      input: `${names.join(",")}\n${rows.join("\n")}\n`,
      env: { COLUMNS: String(width) },
    });

    expect(stdout).toContain("13 features");
    expect(stdout.split("\n").filter((line) => Array.from(line).length > width)).toEqual([]);
  });

  it("lists candidates with too few rows as failed and says why", async () => {
    const { code, stdout } = await mixtura(["fit", "--n-components", "1,9", "--covariance-type", "diag"], {
      input: "x\n1\n2.2\n3.1\n4.7\n6.2\n",
    });

    expect(code).toBe(0);
    expect(stdout).toContain("failed for K = 9: 5 rows cannot be shared among --n-components = 9.");
  });

  it("leaves no file behind when it is interrupted, and says so with code 130", async () => {
    const output = folder.path("interrupted/model.json");
    const data = folder.path("long.csv");
    const makePipe = "mkfifo";
    execFileSync(makePipe, [data]);
    const rows = Array.from({ length: 20_000 }, (_, i) => `${(i * 7919) % 1009},${(i * 104_729) % 997},${i % 13}`);
    let taken = false; // a pipe's writer waits until its reader has taken the rows, so the work has begun
    const written = writeFile(data, rows.join("\n")).then(() => (taken = true));

    const { code, stdout, stderr } = await mixturaProcess(["fit", data, "--tol", "0", "--max-iter", "100000", "--output", output], {
      interruptWhen: () => taken,
    });

    await written;
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: "", stderr: "interrupted\n" });
    expect(existsSync(dirname(output)) ? readdirSync(dirname(output)) : []).toEqual([]);
  });
});
