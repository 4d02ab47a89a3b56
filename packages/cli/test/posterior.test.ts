import { readFileSync } from "node:fs";
import { BayesianGaussianMixture } from "@mixtura/mixture";
import { afterAll, describe, expect, it } from "vitest";
import { mixtura, temporaryFolder } from "./mixtura.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const posterior = ["--estimator", "BayesianGaussianMixture"];
const [model, page] = [folder.path("model.json"), folder.path("page.html")];

describe("mixtura with --estimator BayesianGaussianMixture", () => {
  it("fits one posterior with at most the given number of components, describes those that hold rows, and prints the command that repeats it", async () => {
    const fit = ["fit", "data/faithful.csv", ...posterior, "--n-components", "12", "--moves", "true", "--seed", "1"];

    const { code, stdout, stderr } = await mixtura([...fit, "--output", model, "--report", page]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Fitted: up to 12 components, full covariance");
    expect(stdout).toMatch(/label +weight +expected +rows +eruptions +waiting\n +0 +36% +7\.1% +97 .*\n +1 +64% +92\.3% +175/);
    expect(stdout).not.toMatch(/^ +2 +/m);
    expect(BayesianGaussianMixture.load(readFileSync(model, "utf8")).effectiveComponents()).toBe(2);
    const command = /mixtura fit ([^<]*) --output/.exec(readFileSync(page, "utf8"))![1]!;
    expect(command).toContain("--estimator BayesianGaussianMixture --n-components 12 --random-state 1 --moves true");
  });

  it("knows the saved model in every other command", async () => {
    const answers = await Promise.all([
      mixtura(["describe", model]),
      mixtura(["score", model, "data/faithful.csv"]),
      mixtura(["predict", model, "data/faithful.csv"]),
      mixtura(["sample", model, "-n", "3", "--seed", "1"]),
      mixtura(["probability", model, "--lower", "eruptions=3"]),
      mixtura(["condition", model, "--given", "eruptions=4"]),
      mixtura(["report", model, "data/faithful.csv", "--output", page]),
    ]);

    expect(answers.map(({ code, stderr }) => ({ code, stderr }))).toEqual(answers.map(() => ({ code: 0, stderr: "" })));
    const [describe, score, predict, , probability] = answers.map(({ stdout }) => stdout);
    expect(describe).toContain("The posterior of up to 12 components");
    expect(score).toContain("mean log-density     -4.17");
    expect(predict!.trim().split("\n")).toHaveLength(273);
    expect(probability).toContain("64.4% of rows");
  });

  it("chooses among several by cross-validation, and prints JSON of posteriors", async () => {
    const { stdout } = await mixtura([
      "fit",
      "data/faithful.csv",
      ...posterior,
      "--n-components",
      "1,3",
      "--covariance-type",
      "tied",
      "--folds",
      "3",
      "--seed",
      "1",
      "--json",
    ]);

    const { criterion, candidates, best } = JSON.parse(stdout) as {
      criterion: string;
      candidates: { cv: number }[];
      best: { nComponents: number; lowerBound: number; priorWeights: number[]; bic?: number };
    };
    expect(criterion).toBe("cv");
    expect(candidates.every(({ cv }) => cv > 2000)).toBe(true);
    expect(best).toMatchObject({ nComponents: 3, lowerBound: expect.any(Number) });
    // Sticks are broken in the order of mass; components are numbered by their means.
    expect(best.priorWeights.toSorted((a, b) => b - a)[0]).toBeCloseTo(0.75, 12);
    expect(best.bic).toBeUndefined();
  });

  it.each([
    [["fit", "--moves", "true"], "--moves is a flag of posteriors: add --estimator BayesianGaussianMixture"],
    [["fit", ...posterior, "--criterion", "bic"], "A posterior has no BIC"],
    [["select", ...posterior, "--stability", "5"], "--stability needs mixtures fitted by maximum likelihood"],
    [["fit", ...posterior, "--prior-convention", "scikit-learn", "--moves", "true"], 'Use priorConvention "conjugate"'],
    [["fit", ...posterior, "--degrees-of-freedom-prior", "1"], "must exceed the number of features minus one"],
  ])("refuses %j", async ([command, ...flags], reason) => {
    const { code, stderr } = await mixtura([command!, "data/faithful.csv", ...flags]);

    expect(code).not.toBe(0);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(reason);
  });
});
