import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadData } from "@mixtura/fixtures";
import { isBuilt, commandLine as program, whenBuilt } from "@mixtura/fixtures/built";
import { EllipticEnvelope, GaussianMixture, plugins } from "mixtura";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../src/export/command-line.ts";
import { scikitLearn } from "../src/export/scikit-learn.ts";
import type { Subject } from "../src/export/subject.ts";
import { typeScript } from "../src/export/typescript.ts";
import { defaultState } from "../src/state/state.ts";

// Beside the packages, so that the program finds them by name; what lies in dist/ is not kept.
const folder = join(import.meta.dirname, "..", "dist", "export-test");
const cli = join(import.meta.dirname, "..", "..", "..", program.file);
const names = ["eruptions", "waiting"];
const subject = (type: string, options: Record<string, unknown>): Subject => ({
  state: { ...defaultState, data: { kind: "file", name: "faithful.csv" }, model: { type, options } },
  seed: 7,
  names,
});

/** Runs the first command of a text. */
function run(text: string): void {
  const [command = ""] = text.replaceAll("\\\n", " ").split("\n");
  const [name, ...words] = command.split(/\s+/).map((word) => word.replaceAll("'", ""));
  expect(name).toBe("mixtura");
  const { status, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: "utf8" });
  // 3: anomalies were found.
  expect([0, 3], stderr).toContain(status);
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(import.meta.dirname, "..", "..", "..", "test", "data", "faithful.csv"), join(folder, "faithful.csv"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!isBuilt(program))(whenBuilt("copied code gives the model that is shown", program), () => {
  const options = { nComponents: 2, covarianceType: "tied", regCovar: { relative: 1e-5 }, randomState: 7 };

  it("as TypeScript, run by Node", async () => {
    const shown = await new GaussianMixture(options as never).fit(loadData("faithful").rows);
    writeFileSync(join(folder, "program.ts"), typeScript(subject("GaussianMixture", options)));

    const printed = execFileSync(process.execPath, ["program.ts"], { cwd: folder, encoding: "utf8" });

    expect(GaussianMixture.load(printed).means.data).toEqual(shown.means.data);
  });

  it("on the command line", async () => {
    const shown = await new GaussianMixture(options as never).fit(loadData("faithful").rows);

    run(commandLine(subject("GaussianMixture", options)));

    expect(GaussianMixture.load(readFileSync(join(folder, "model.json"), "utf8")).means.data).toEqual(shown.means.data);
  });

  it("on the command line, for a detector", async () => {
    const threshold = { contamination: 0.05 };
    const shown = await new EllipticEnvelope({ threshold }).fit(loadData("faithful").rows);

    run(commandLine(subject("EllipticEnvelope", { threshold })));

    expect(EllipticEnvelope.load(readFileSync(join(folder, "detector.json"), "utf8")).threshold).toBe(shown.threshold);
  });

  it.each(plugins.map(({ type }) => type))("%s: as a complete program", (type) => {
    const text = typeScript(subject(type, {}));
    expect(text).toContain(`import { ${type} } from "mixtura";`);
    expect(text).toMatch(new RegExp(`await new ${type}\\(.*\\)\\.fit\\(X\\)`));
  });
});

describe("copied Python", () => {
  it("has scikit-learn's names and leaves out what it does not know, with a word", () => {
    const text = scikitLearn(
      subject("BayesianGaussianMixture", { nComponents: 8, weightConcentrationPrior: 0.1, moves: true, regCovar: { relative: 1e-6 } }),
    );
    expect(text).toContain("from sklearn.mixture import BayesianGaussianMixture");
    expect(text).toContain("n_components=8");
    expect(text).toContain("weight_concentration_prior=0.1");
    expect(text).toContain("# moves: BayesianGaussianMixture has no such option.");
    expect(text).toContain("# reg_covar: a fraction of each feature's spread");
  });

  it("says where Python has nothing like it", () => {
    expect(scikitLearn(subject("MRCD", {}))).toBe("# scikit-learn has no MRCD.\n");
  });
});
