import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadData } from "@mixtura/fixtures";
import { isBuilt, commandLine as program, whenBuilt } from "@mixtura/fixtures/built";
import { GaussianMixture, loadModel, plugins } from "mixtura";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../src/export/command-line.ts";
import { downloadName } from "../src/export/download-name.ts";
import { scikitLearn } from "../src/export/scikit-learn.ts";
import type { Subject } from "../src/export/subject.ts";
import { typeScript } from "../src/export/typescript.ts";
import { catalogue } from "../src/model/catalogue.ts";
import { readAddress } from "../src/state/address.ts";
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

/** Whether there is a shell to paste commands into. */
const hasShell = existsSync("/bin/bash");
const inShell = (title: string): string => (hasShell ? title : `${title} (skipped: no /bin/bash)`);

/** Pastes a text into a shell, where `mixtura` is the program as it was built; the first command decides. */
function paste(text: string): void {
  const program = `mixtura() { '${process.execPath}' '${cli}' "$@" || exit $?; }`;
  const { status, stderr } = spawnSync("/bin/bash", ["--norc", "-c", `${program}\n${text}`], { cwd: folder, encoding: "utf8" });
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

  it.skipIf(!hasShell)(inShell("on the command line"), async () => {
    const shown = await new GaussianMixture(options as never).fit(loadData("faithful").rows);

    paste(commandLine(subject("GaussianMixture", options)));

    expect(GaussianMixture.load(readFileSync(join(folder, "model.json"), "utf8")).means.data).toEqual(shown.means.data);
  });

  it.skipIf(!hasShell).each([
    ["EllipticEnvelope", { threshold: { contamination: 0.05 } }],
    ["EllipticEnvelope", { novelty: true, threshold: { chiSquare: 0.99 }, covariance: "empirical" }],
    ["MixtureDetector", { threshold: { logDensity: -6 }, nComponents: [1, 2], covarianceType: ["full", "diag"], acceleration: "none" }],
    ["ECOD", { contamination: 0.07, tails: "feature" }],
    ["RefitOnInliers", { rule: { gap: 0.2 }, rounds: 3 }],
  ])(inShell("on the command line, for %s %o (#16)"), async (type, given) => {
    const plugin = plugins.find((candidate) => candidate.type === type)!;
    const shown = await plugin
      .create({ ...given, ...("randomState" in plugin.options ? { randomState: 7 } : {}) })
      .fit(loadData("faithful").rows);

    paste(commandLine(subject(type, given)));

    const saved = loadModel(readFileSync(join(folder, "detector.json"), "utf8"));
    expect(saved.type).toBe(type);
    expect((saved as unknown as { threshold: number }).threshold).toBe((shown as unknown as { threshold: number }).threshold);
  });

  it.skipIf(!hasShell).each(["GaussianMixture", "ECOD"])(
    inShell("of a file and a column that are called like a flag: %s (#16)"),
    (type) => {
      const name = "--plugin=x.mjs";
      writeFileSync(
        join(folder, "x.mjs"),
        `import { writeFileSync } from "node:fs"; writeFileSync("pwned", ""); export const plugins = [];`,
      );
      writeFileSync(join(folder, name), readFileSync(join(folder, "faithful.csv"), "utf8").replace("eruptions", name));
      const { state } = subject(type, {});

      paste(commandLine({ state: { ...state, data: { kind: "file", name } }, seed: 7, names: [name, "waiting"] }));

      expect(existsSync(join(folder, "pwned"))).toBe(false);
    },
  );

  it.each(plugins.map(({ type }) => type))("%s: as a complete program", (type) => {
    const text = typeScript(subject(type, {}));
    expect(text).toContain(`import { ${type} } from "mixtura";`);
    expect(text).toMatch(new RegExp(`await new ${type}\\(.*\\)\\.fit\\(X\\)`));
  });
});

describe("an option that no declaration has is in no code (#16)", () => {
  it.each([
    ["o.threshold", '{"contamination 0.1; touch pwned #":0.1}', "EllipticEnvelope"],
    ["o.regCovar", '{"relative:1e-6}}).fit(X);process.pwned();({a:{b":1}', "GaussianMixture"],
    ["o.threshold", '{"contamination\\nimport os; os.system(\\"pwned\\")\\n":0.1}', "EllipticEnvelope"],
    ["o.regCovar", '"relative:1; pwned"', "GaussianMixture"],
    ["o.pwned", "1", "GaussianMixture"],
  ])("%s=%s", (key, value, type) => {
    const { state } = readAddress(`#model=${type}&${key}=${encodeURIComponent(value)}`, catalogue);
    const hidden = { [key.slice(2)]: JSON.parse(value) as unknown };
    for (const write of [typeScript, commandLine, scikitLearn]) {
      expect(write({ state, seed: 7, names })).not.toContain("pwned");
      // The same from a state that no address made.
      const text = write(subject(type, hidden));
      expect(text.replace(/^.*\bpwned: left out.*$/m, "")).not.toContain("pwned");
      expect(text).toContain(`${key.slice(2)}: left out, since ${type} does not take it so.`);
    }
  });
});

describe("what is declared is written by the rules of the language (#16)", () => {
  const nasty = "it's \u001b[201~ \u202e \u2028 \"a\\\n$(x)`";
  const file = (name: string, columns: readonly string[]): Subject => ({
    seed: 7,
    state: {
      ...defaultState,
      data: { kind: "file", name },
      model: { type: "GaussianMixture", options: { meansInit: { 'a"b': 1, c: [2] } } },
    },
    names: columns,
  });

  it("in TypeScript", () => {
    const text = typeScript(file(nasty, [nasty]));
    const literal = '"it\'s \\u001b[201~ \\u202e \\u2028 \\"a\\\\\\n$(x)`"';
    expect(text).toContain(`readCSVFile(${literal}, { columns: [${literal}] })`);
    expect(text).toContain('new GaussianMixture({ meansInit: { "a\\"b": 1, c: [2] }, randomState: 7 })');
  });

  it("in Python, where characters beyond U+FFFF are one", () => {
    const text = scikitLearn(file("\u{e0001}\ud83d\ude00.csv", [nasty]));
    expect(text).toContain('pd.read_csv("\\U000e0001\ud83d\ude00.csv")');
    expect(text).toContain('[["it\'s \\u001b[201~ \\u202e \\u2028 \\"a\\\\\\n$(x)`"]]');
    expect(text).toContain("# means_init: GaussianMixture does not take it so.");
  });

  it("in a shell, without control characters, which a terminal acts upon", () => {
    const text = commandLine(file("größe 1.csv", ["a,b", nasty]));
    expect(text).toContain("-- 'größe 1.csv'\n");
    expect(text).toContain("# meansInit: left out, since only code can give it.");
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u2028]/);
  });

  it("a name that no command line can hold is left out, and said", () => {
    const text = commandLine(file("rows.csv", ["a\0b"]));
    expect(text).not.toContain("--columns");
    expect(text).toContain("# The columns are not chosen here: the name of one holds what no command line can.");
  });

  it("a file that not every reader takes is saved from the page first", () => {
    const given = { ...subject("GaussianMixture", {}), isPlain: false, download: "events.csv" };
    for (const write of [typeScript, commandLine, scikitLearn]) {
      expect(write(given)).toMatch(/(#|\/\/) The rows as shown: “Rows \(CSV\)” on the same page\.\n/);
      expect(write(given)).toContain("events.csv");
      expect(write(given)).not.toContain("faithful");
    }
  });

  it("downloads are named by words alone", () => {
    expect(["--plugin=x.csv", "größe (1).csv", "..\\..\\a.b.csv", ".csv", "…", undefined].map(downloadName)).toEqual([
      "plugin-x",
      "größe-1",
      "a-b",
      "mixtura",
      "mixtura",
      "mixtura",
    ]);
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
    expect(scikitLearn(subject("KMeans", { init: [[1, -2.5]] }))).toContain("KMeans(init=[[1, -2.5]], random_state=7)");
  });

  it("says where Python has nothing like it", () => {
    expect(scikitLearn(subject("MRCD", {}))).toBe("# scikit-learn has no MRCD.\n");
  });
});
