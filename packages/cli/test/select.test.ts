import { readFileSync } from "node:fs";
import { GaussianMixture } from "@mixtura/mixture";
import { afterAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const quick = ["--n-components", "1:3", "--covariance-type", "full,tied", "--seed", "7"];

describe("mixtura select", () => {
  it("lists every candidate with all criteria, the winner first, and writes the winner, the table and the report", async () => {
    const [output, table, report] = [folder.path("model.json"), folder.path("new/candidates.csv"), folder.path("choice.html")];

    const files = ["--output", output, "--table", table, "--report", report];
    const { code, stdout, stderr } = await mixtura(["select", "data/faithful.csv", ...quick, ...files]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Candidates by BIC (criteria: lower is better)");
    expect(stdout).toMatch(/K +covariance +parameters +log L +BIC +AIC +AICc +ICL +seconds\n +\* +3 +tied +11 +-1126\.3 +2314\.3/);
    expect(stdout).toContain("Chosen: 3 components, tied covariance");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "This is the largest K tried, so there may be more groups. Try more: --n-components 1:6.",
    );
    expect(GaussianMixture.load(readFileSync(output, "utf8")).nComponents).toBe(3);
    const [head, ...lines] = readFileSync(table, "utf8").trim().split("\n");
    expect(head).toMatch(
      /^estimator,nComponents,covarianceType,nParameters,logLikelihood,bic,aic,aicc,icl,converged,degenerate,start,seconds,error,reason$/,
    );
    expect(lines).toHaveLength(6);
    expect(readFileSync(report, "utf8")).toContain("mixtura select data/faithful.csv");
  });

  it("compares by held-out likelihood, with its standard error, and prints JSON", async () => {
    const { stdout } = await mixtura([
      "select",
      "data/faithful.csv",
      ...quick,
      "--criterion",
      "cv",
      "--folds",
      "5",
      "--rule",
      "one-standard-error",
      "--json",
    ]);

    const result = JSON.parse(stdout) as {
      rule: string;
      candidates: { cv: number; cvStandardError: number }[];
      winner: { nComponents: number };
    };
    expect(result.rule).toBe("one-standard-error");
    expect(result.candidates).toHaveLength(6);
    expect(result.candidates.every(({ cv, cvStandardError }) => cv > 2000 && cvStandardError > 0)).toBe(true);
    expect(result.winner.nComponents).toBeGreaterThan(1);
  });

  it("lists a candidate that failed with its reason", async () => {
    const { stdout } = await mixtura(["select", "-", "--n-components", "1,9", "--covariance-type", "diag"], { input: "a\n1\n2\n4\n8\n" });

    expect(stdout).toMatch(/9 +diag +failed/);
    expect(stdout).toContain("failed: K = 9 diag: 4 rows cannot be shared among --n-components = 9.");
  });

  it("goes on from the state that it kept", async () => {
    const state = folder.path("sweep.json");
    const args = ["select", "data/faithful.csv", "--covariance-type", "tied", "--state", state, "--json"];
    const seconds = (stdout: string): number[] =>
      (JSON.parse(stdout) as { candidates: { seconds: number }[] }).candidates.map((row) => row.seconds);

    const first = await mixtura([...args, "--n-components", "1:2", "--seed", "7"]);
    const second = await mixtura([...args, "--n-components", "1:3"]);

    expect(seconds(second.stdout).slice(0, 2)).toEqual(seconds(first.stdout));
    expect((JSON.parse(second.stdout) as { seed: number }).seed).toBe(7);
  });

  it("asks whether other samples would show the same groups, in the table, in JSON and in the report", async () => {
    const report = folder.path("steady.html");
    const args = ["select", "data/faithful.csv", "--n-components", "1:3", "--covariance-type", "tied", "--seed", "7"];

    const [table, json] = [
      await mixtura([...args, "--stability", "4", "--report", report]),
      await mixtura([...args, "--stability", "4", "--json"]),
    ];

    expect({ code: table.code, stderr: table.stderr }).toEqual({ code: 0, stderr: "" });
    expect(table.stdout).toContain("Stability of the groups, tied covariance (adjusted Rand index)");
    expect(table.stdout).toMatch(/\* +3 +0\.\d{3} +0\.\d{3} +4 +\d+%/);
    expect(readFileSync(report, "utf8")).toMatch(/<section id="stability">[^]*--stability 4/);
    const { stability } = JSON.parse(json.stdout) as { stability: { nComponents: number; scores: number[] }[] };
    expect(stability.map(({ nComponents, scores }) => [nComponents, scores.length])).toEqual([
      [2, 4],
      [3, 4],
    ]);
  });

  it.each([
    ["too few samples of stability", ["--stability", "1"], 2],
    ["a rule that the criterion has no use for", ["--rule", "one-standard-error"], 2],
    ["a criterion that there is not", ["--criterion", "hqc"], 2],
    ["another selection's state", ["--state", "data/faithful.csv"], 1],
  ])("refuses %s", async (_, flags, expected) => {
    const { code, stderr } = await mixtura(["select", "data/faithful.csv", ...flags]);

    expect(code).toBe(expected);
    expect(stderr).toMatch(/^error\[/);
  });
});
